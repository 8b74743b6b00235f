"""WIA floor by hand in Decimal: premium over the wage up to the limit, and the benefit under 35 %."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import (
    NOTHING,
    a_month,
    entry,
    incapacity,
    limit,
    percent,
    person,
    rounded,
    takes_part,
    wage,
)

SCHEMES: list[dict[str, object]] = [
    {
        "premium_rate": "0.3",
        "employee_rate": "0.15",
        "daily_wage_cap": "304.25",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "wage_concept": "stated_wage",
        "premium_rate": "0.25",
        "employee_rate": "0.125",
        "wage_limit": "58311.06",
        "cover_rate": "100",
        "paid_years": "5",
        "calculates_benefit": True,
        "end_age": "65",
    },
    {
        "premium_rate": "0.4",
        "daily_wage_cap": "304.25",
        "cover_rate": "72.5",
        "loss_table": {0: "0", 15: "20", 25: "30", 35: "40.25"},
        "lowest_incapacity": "25",
        "incapacity_until": "45",
        "calculates_benefit": True,
        "end_age": "67",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return {**person(draw), **incapacity(draw)}


def _is_paid(facts: dict[str, Any], terms: dict[str, Any]) -> bool:
    since: date = facts["incapacitated_since"]
    months = max((2026 - since.year) * 12 + 3 - since.month, 0)
    lowest, until = int(terms.get("lowest_incapacity", 15)), int(terms.get("incapacity_until", 35))
    is_between: bool = lowest <= facts["incapacity_percent"] < until
    return is_between and 24 <= months < 24 + 12 * int(terms.get("paid_years", 10))


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    insured = min(wage(facts, terms), limit(terms))
    at = facts["incapacity_percent"]
    lost = entry(terms["loss_table"], at) if "loss_table" in terms else Decimal(at)
    benefit = rounded(insured * lost / 100) * percent(terms, "cover_rate", "70")
    return {
        "insured_wage": a_month(insured),
        "employee_share": a_month(insured * percent(terms, "employee_rate")),
        "benefit_payment": a_month(benefit if _is_paid(facts, terms) else NOTHING),
    }
