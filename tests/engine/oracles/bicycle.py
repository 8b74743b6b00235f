"""Bicycle by hand: a share of the list price a year, less what is paid, never below nought."""

import random
from decimal import ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"addition_rate": "7"},
    {"addition_rate": "7", "own_payment_counts": "ignored", "part_of_period": "whole_period"},
    {"addition_rate": "6.6667"},
]
PER_YEAR = {"month": 12, "four_weeks": 13, "week": 52}


def facts(draw: random.Random) -> dict[str, object]:
    price = draw.choice([0, 150_600, 120_000, 99_999, draw.randrange(2_000_000)])
    return {
        "wage_period_kind": draw.choice(["month", "month", "four_weeks", "week"]),
        "is_employed": draw.random() < 0.9,
        "bicycle_list_price": price,
        "own_payment": draw.choice([0, 0, 879, draw.randrange(3_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    price, own = Decimal(str(facts["bicycle_list_price"])), Decimal(str(facts["own_payment"])) / 100
    yearly = price / 100 * Decimal(str(terms["addition_rate"])) / 100
    addition = (yearly / PER_YEAR[str(facts["wage_period_kind"])]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if terms.get("own_payment_counts") != "ignored":
        addition = max(addition - own, Decimal(0))
    return {"addition": addition}
