"""Business travel by hand in Decimal: what March adds to the premium over the days of January to March."""

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

SCHEMES: list[dict[str, object]] = [
    {
        "europe_rates": {0: "1.85", 1: "2.41"},
        "world_rates": {0: "3.10", 2: "4.20"},
        "module_rate": "12.5",
        "longest_trip": "7.5",
    },
    {"europe_rates": {0: "1.85"}, "world_rates": {0: "3.15"}, "yearly_minimum": "37.50", "module_rate": "0"},
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": "month",
        "is_employed": draw.random() < 0.9,
        "employee_class": draw.randrange(4),
        "travel_days_europe": draw.choice([0, 0, 50, 250, 750, 751, draw.randrange(3_100)]),
        "travel_days_world": draw.choice([0, 0, 50, 350, 749, draw.randrange(3_100)]),
    }


def _entry(table: Any, key: int) -> Decimal:
    return Decimal(table[max(start for start in table if start <= key)])


def _until(facts: dict[str, Any], terms: dict[str, Any], months: int) -> Decimal:
    most = Decimal(terms.get("longest_trip", "366")) * months
    found = Decimal(0)
    for area in ("europe", "world"):
        days = min(Decimal(facts[f"travel_days_{area}"]) / 100 * months, most)
        found += days * _entry(terms[f"{area}_rates"], facts["employee_class"])
    found *= 1 + Decimal(terms["module_rate"]) / 100
    return max(found.quantize(Decimal("0.01"), ROUND_HALF_UP), Decimal(terms.get("yearly_minimum", "0")))


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    return {"travel_premium": _until(facts, terms, 3) - _until(facts, terms, 2)}
