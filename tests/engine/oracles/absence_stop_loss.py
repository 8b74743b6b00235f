"""Stop-loss by hand in Decimal: own retention, what is paid above it, and the premium over the wage sum."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import NOTHING, a_month, euros, percent, rounded

SCHEMES: list[dict[str, object]] = [
    {"average_absence": "5.2", "retention_factor": "1.25", "premium_rate": "0.4"},
    {
        "average_absence": "4.75",
        "retention_factor": "0.7",
        "highest_payment": "60000.01",
        "premium_rate": "0.625",
    },
    {"form": "money_excess", "money_excess": "25000", "premium_rate": "0.6"},
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "wage_sum_per_year": draw.choice([0, 100_010, 240_000_000, draw.randrange(0, 900_000_000)]),
        "absence_costs_per_year": draw.choice([0, 2_500_000, 2_500_001, draw.randrange(0, 60_000_000)]),
    }


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    wages = euros(facts, "wage_sum_per_year")
    if terms.get("form") == "money_excess":
        retention = Decimal(terms["money_excess"])
    else:
        expected = rounded(wages * percent(terms, "average_absence"))
        retention = rounded(expected * Decimal(terms["retention_factor"]))
    above = max(euros(facts, "absence_costs_per_year") - retention, NOTHING)
    return {
        "own_retention": retention,
        "payment": min(above, Decimal(terms.get("highest_payment", 10**12))),
        "premium": a_month(wages * percent(terms, "premium_rate")),
    }
