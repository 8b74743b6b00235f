"""WGA self-insurance by hand in Decimal: wage up to the highest premium wage, and what is recovered from net pay."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import a_month, percent, person, takes_part, wage

SCHEMES: list[dict[str, object]] = [
    {"premium_rate": "0.735", "recovered_share": "50", "sv_wage_cap": "79409", "end_age": "67"},
    {
        "wage_concept": "stated_wage",
        "premium_rate": "1.25",
        "recovered_share": "33.33",
        "sv_wage_cap": "50000.06",
        "end_age": "65",
    },
]


def facts(draw: random.Random) -> dict[str, object]:
    return person(draw)


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms, asks_wia=False):
        return {}
    insured = min(wage(facts, terms), Decimal(terms["sv_wage_cap"]))
    own = insured * percent(terms, "premium_rate") * percent(terms, "recovered_share")
    return {"insured_wage": a_month(insured), "employee_share": a_month(own)}
