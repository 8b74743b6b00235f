"""WGA gap by hand in Decimal: insured wage, what employees pay, a premium by person, and the benefit in its forms."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import (
    NOTHING,
    a_month,
    age_in_months,
    entry,
    euros,
    incapacity,
    percent,
    person,
    rounded,
    takes_part,
    wage,
)

CLASSES = {0: "0", 35: "28", 45: "35", 55: "42", 65: "50.75", 80: "70"}

SCHEMES: list[dict[str, object]] = [
    {
        "premium_rate": "0.62",
        "employee_rate": "0.31",
        "sv_wage_cap": "79409",
        "follow_up_table": CLASSES,
        "minimum_wage_per_hour": "14.71",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "wage_concept": "stated_wage",
        "premium_rate": "0.5",
        "employee_rate": "0.125",
        "sv_wage_cap": "60000.06",
        "form": "extended",
        "cover_rate": "75",
        "calculates_benefit": True,
        "end_age": "65",
    },
    {
        "premium_rate": "0.1",
        "sv_wage_cap": "79409",
        "basic_share": "percentage",
        "cover_rate": "72.5",
        "follow_up_table": CLASSES,
        "minimum_wage_per_month": "2294.40",
        "has_personal_premium": True,
        "premium_by_age": {18: "40", 30: "60.06", 45: "125.50"},
        "employee_part": "33.33",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "premium_rate": "0",
        "employee_rate": "0.0625",
        "sv_wage_cap": "79409",
        "has_personal_premium": True,
        "premium_per_person": "96.18",
        "employee_part": "50",
        "end_age": "67",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {**person(draw), **incapacity(draw)}


def _by_person(facts: dict[str, Any], terms: dict[str, Any]) -> Decimal:
    if "premium_by_age" in terms:
        return entry(terms["premium_by_age"], age_in_months(facts) // 12)
    return Decimal(terms.get("premium_per_person", 0))


def _benefit(facts: dict[str, Any], terms: dict[str, Any], insured: Decimal) -> Decimal:
    at, kind = facts["incapacity_percent"], facts["wia_kind"]
    if at < 35 or kind in {"none", "iva"}:
        return NOTHING
    cover = percent(terms, "cover_rate", "70")
    if terms.get("form") == "extended":
        missing = insured * cover - euros(facts, "wia_benefit_per_year") - euros(facts, "earnings_per_year")
        return rounded(max(missing, NOTHING))
    if kind != "follow_up":
        return NOTHING
    share = entry(CLASSES, at) / 100
    if terms.get("basic_share") == "percentage":
        minimum = rounded(Decimal("2294.40") * 12 * Decimal("1.08"))
        return rounded(max(insured * cover * at / 100 - minimum * share, NOTHING))
    minimum = rounded(Decimal("14.71") * 36 * 52 * Decimal("1.08"))
    return rounded(max(insured - minimum, NOTHING) * share)


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    insured = min(wage(facts, terms), Decimal(terms["sv_wage_cap"]))
    personal = _by_person(facts, terms)
    own = insured * percent(terms, "employee_rate") + personal * percent(terms, "employee_part")
    found = {"insured_wage": a_month(insured), "employee_share": a_month(own)}
    if terms.get("has_personal_premium"):
        found["personal_premium"] = a_month(personal)
    if terms.get("calculates_benefit"):
        found["benefit_payment"] = a_month(_benefit(facts, terms, insured))
    return found
