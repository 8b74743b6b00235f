"""Anw gap by hand in Decimal: the sum by level, share or choice, and the premium by age, ages or flat."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
AGES = {0: "0.8", 30: "1.25", 40: "2.1", 50: "4.375", 60: "9.999"}

SCHEMES: list[dict[str, object]] = [
    {
        "levels": {0: "0", 1: "7500", 2: "14298.50", 3: "19331"},
        "rates_by_age": AGES,
        "tariff_on_1_january": True,
        "can_be_waived": True,
        "end_age": "67",
    },
    {
        "level_form": "share_of_anw",
        "anw_shares": {0: "0", 1: "50", 2: "75", 3: "100"},
        "anw_amount": "19331.01",
        "tariff": "both_ages",
        "rates_by_ages": {
            "0/0": "0.8",
            "40/0": "1.5",
            "40/40": "2.125",
            "41/0": "1.6",
            "41/45": "2.25",
            "55/50": "6.5",
        },
        "end_age": "67",
    },
    {
        "level_form": "chosen",
        "highest_amount": "16415",
        "capital_form": "declining",
        "tariff": "flat",
        "flat_rate": "1.375",
        "partner_end_age": "66",
        "end_age": "68",
    },
    {
        "levels": {0: "0", 1: "9000"},
        "tariff": "partner_age",
        "rates_by_age": AGES,
        "end_age": "67",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "is_employed": draw.random() < 0.95,
        "birth_on": _birthday(draw, 17, 70),
        "has_partner": draw.random() < 0.9,
        "partner_birth_on": _birthday(draw, 18, 70),
        "has_waived": draw.random() < 0.1,
        "chosen_level": draw.randrange(5),
        "chosen_amount": draw.choice([0, 1_641_500, 1_641_499, 1_200_006, draw.randrange(2_500_000)]),
    }


def _birthday(draw: random.Random, youngest: int, oldest: int) -> date:
    return date(2026 - draw.randrange(youngest, oldest), draw.randrange(1, 13), draw.choice([1, 2, 15, 28]))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _entry(table: Any, key: Any) -> Decimal:
    return Decimal(table[max(start for start in table if start <= key)])


def _months(born: date) -> int:
    return (2026 - born.year) * 12 + 3 - born.month


def _on_1_january(born: date) -> int:
    return 2026 - born.year - ((born.month, born.day) > (1, 1))


def _sum(facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    form = terms.get("level_form", "levels")
    if form == "levels":
        amount = _entry(terms["levels"], facts["chosen_level"])
    elif form == "share_of_anw":
        amount = Decimal(terms["anw_amount"]) * _entry(terms["anw_shares"], facts["chosen_level"]) / 100
    else:
        amount = Decimal(facts["chosen_amount"]) / 100
    if "highest_amount" in terms:
        amount = min(amount, Decimal(terms["highest_amount"]))
    amount = _cents(amount)
    if terms.get("capital_form") == "declining":
        left = int(terms.get("partner_end_age", "67")) * 12 - _months(facts["partner_birth_on"])
        amount = _cents(amount * left / 12)
    return amount


def _rate(facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    tariff = terms.get("tariff", "own_age")
    if tariff == "flat":
        return Decimal(terms["flat_rate"]) / 1000
    years = [_months(facts[name]) // 12 for name in ("birth_on", "partner_birth_on")]
    if terms.get("tariff_on_1_january"):
        years = [_on_1_january(facts[name]) for name in ("birth_on", "partner_birth_on")]
    if tariff == "both_ages":
        rows = {
            tuple(int(age) for age in key.split("/")): rate for key, rate in terms["rates_by_ages"].items()
        }
        return _entry(rows, tuple(years)) / 1000
    return _entry(terms["rates_by_age"], years[tariff == "partner_age"]) / 1000


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    age = _months(facts["birth_on"])
    takes_part = facts["is_employed"] and 18 * 12 <= age < int(terms["end_age"]) * 12
    if not takes_part or (terms.get("can_be_waived") and facts["has_waived"]) or not facts["has_partner"]:
        return {}
    if _months(facts["partner_birth_on"]) >= int(terms.get("partner_end_age", "67")) * 12:
        return {}
    insured = _sum(facts, terms)
    return {"anw_sum_insured": insured, "anw_premium": _cents(insured * _rate(facts, terms) / 12)}
