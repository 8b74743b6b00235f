"""IVA supplement by hand in Decimal: a fixed share of the wage up to the limit, beside an IVA or any WIA benefit."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import (
    NOTHING,
    a_month,
    incapacity,
    limit,
    percent,
    person,
    takes_part,
    wage,
)

SCHEMES: list[dict[str, object]] = [
    {
        "premium_rate": "0.2",
        "employee_rate": "0.1",
        "daily_wage_cap": "304.25",
        "supplement_rate": "5",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "wage_concept": "stated_wage",
        "premium_rate": "0.35",
        "employee_rate": "0.0625",
        "wage_limit": "70000.18",
        "supplement_rate": "7.25",
        "paid_with": "any_wia",
        "calculates_benefit": True,
        "end_age": "65",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {**person(draw), **incapacity(draw)}


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    insured = min(wage(facts, terms), limit(terms))
    kinds = {"iva"}
    if terms.get("paid_with") == "any_wia":
        kinds |= {"wage_related", "wage_supplement", "follow_up"}
    is_paid = facts["wia_kind"] in kinds and facts["incapacity_percent"] >= 35
    return {
        "insured_wage": a_month(insured),
        "employee_share": a_month(insured * percent(terms, "employee_rate")),
        "benefit_payment": a_month(insured * percent(terms, "supplement_rate") if is_paid else NOTHING),
    }
