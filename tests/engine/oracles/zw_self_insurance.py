"""ZW self-insurance by hand in Decimal: wage up to the highest premium wage; nothing is recovered."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import a_month, person, takes_part, wage

SCHEMES: list[dict[str, object]] = [
    {"premium_rate": "0.4", "sv_wage_cap": "79409", "end_age": "67"},
    {"wage_concept": "stated_wage", "premium_rate": "0.55", "sv_wage_cap": "50000.06", "end_age": "65"},
]


def facts(draw: random.Random) -> dict[str, object]:
    return person(draw)


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms, asks_wia=False):
        return {}
    insured = min(wage(facts, terms), Decimal(terms["sv_wage_cap"]))
    return {"insured_wage": a_month(insured), "employee_share": Decimal("0.00")}
