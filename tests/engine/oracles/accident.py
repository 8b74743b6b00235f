"""Accident by hand in Decimal: sums, the premium in its three forms, and the benefit on disability."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
FINE = Decimal("0.00000001")

SCHEMES: list[dict[str, object]] = [
    {
        "death_multiple": "1.25",
        "disability_multiple": "0.75",
        "death_maximum": "90000",
        "disability_maximum": "80000.01",
        "death_at_most_disability": True,
        "death_rate": "0.375",
        "disability_rate": "0.312",
        "group_discount": "12.5",
        "end_age": "67",
    },
    {
        "sum_form": "fixed",
        "death_sum": "25000",
        "disability_sum": "50000.50",
        "disability_maximum": "500000",
        "premium_form": "per_person",
        "premium_per_person": "17.10",
        "group_discounts": {0: "0", 10: "5", 100: "12.5", 1000: "30"},
        "calculates_benefit": True,
        "event_maximum": "1000000",
        "progressive_table": {0: "0", 1: "1", 26: "28.5", 51: "101", 76: "225"},
        "end_age": "70",
    },
    {
        "wage_concept": "stated_wage",
        "death_multiple": "1",
        "disability_multiple": "2.5",
        "premium_form": "share_of_wage",
        "wage_rates": {0: "0.05", 2: "0.1225", 5: "0.4"},
        "calculates_benefit": True,
        "end_age": "67",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "birth_on": date(2026 - draw.randrange(16, 72), draw.randrange(1, 13), draw.randrange(1, 29)),
        "is_employed": draw.random() < 0.9,
        "salary_kind": "full_time",
        "salary_amount": draw.choice([0, 400_000, 333_333, draw.randrange(100_000, 1_200_000)]),
        "part_time_factor": draw.choice([1_000_000, 500_000, 250_000, 833_333, 416_667]),
        "stated_wage_per_year": draw.choice([5_184_002, draw.randrange(0, 20_000_000)]),
        "employee_class": draw.randrange(8),
        "number_of_employees": draw.choice([0, 9, 10, 99, 100, 999, 1000, 250_000]),
        "accident_disability_percent": draw.choice([0, 1, 25, 26, 50, 51, 75, 76, 100]),
        "persons_in_event": draw.choice([0, 1, 2, 3, 7, 19, 20, 21, 64]),
    }


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _entry(table: Any, key: int) -> Decimal:
    return Decimal(table[max(start for start in table if start <= key)]) / 100


def _wage(facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    part_time = Decimal(facts["part_time_factor"]) / 1_000_000
    if terms.get("wage_concept") == "stated_wage":
        full_time = _cents(Decimal(facts["stated_wage_per_year"]) / 100 / part_time)
        return _cents(min(full_time, Decimal(1_000_000)) * part_time)
    full_time = _cents(min(Decimal(facts["salary_amount"]) / 100 * 12, Decimal(1_000_000)) * Decimal("1.08"))
    return _cents(full_time * part_time)


def _takes_part(facts: dict[str, Any], terms: dict[str, Any]) -> bool:
    age = (2026 - facts["birth_on"].year) * 12 + 3 - facts["birth_on"].month
    return bool(facts["is_employed"]) and 18 * 12 <= age < int(terms["end_age"]) * 12


def _sums(facts: dict[str, Any], terms: dict[str, Any]) -> tuple[Decimal, Decimal]:
    found = []
    for name in ("death", "disability"):
        if terms.get("sum_form") == "fixed":
            amount = Decimal(terms[f"{name}_sum"])
        else:
            amount = _wage(facts, terms) * Decimal(terms[f"{name}_multiple"])
        found.append(_cents(min(amount, Decimal(terms.get(f"{name}_maximum", "5000000")))))
    death, disability = found
    return min(death, disability) if terms.get("death_at_most_disability") else death, disability


def _premium(facts: dict[str, Any], terms: dict[str, Any], death: Decimal, disability: Decimal) -> Decimal:
    form = terms.get("premium_form", "per_mille")
    if form == "per_mille":
        rates = Decimal(terms["death_rate"]), Decimal(terms["disability_rate"])
        year = (death * rates[0] + disability * rates[1]) / 1000
    elif form == "per_person":
        year = Decimal(terms["premium_per_person"])
    else:
        year = _wage(facts, terms) * _entry(terms["wage_rates"], facts["employee_class"])
    discount = Decimal(terms.get("group_discount", "0")) / 100
    if "group_discounts" in terms:
        discount = _entry(terms["group_discounts"], facts["number_of_employees"])
    return _cents((year * (1 - discount)).quantize(FINE, ROUND_HALF_UP) / 12)


def _benefit(facts: dict[str, Any], terms: dict[str, Any], disability: Decimal) -> Decimal:
    percent = facts["accident_disability_percent"]
    share = Decimal(percent) / 100
    if "progressive_table" in terms:
        share = _entry(terms["progressive_table"], percent)
    whole = _cents(disability * share)
    if "event_maximum" not in terms:
        return whole
    return min(whole, _cents(Decimal(terms["event_maximum"]) / max(facts["persons_in_event"], 1)))


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not _takes_part(facts, terms):
        return {}
    death, disability = _sums(facts, terms)
    found = {
        "sum_insured_death": death,
        "sum_insured_disability": disability,
        "accident_premium": _premium(facts, terms, death, disability),
    }
    if terms.get("calculates_benefit"):
        found["benefit_payment"] = _benefit(facts, terms, disability)
    return found
