"""Choice budget by hand: March 2026, the same wage and spending in January and February."""

import random
from decimal import ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"budget_rate": "16.37", "fixed_budget": "0"},
    {"budget_rate": "17.064", "fixed_budget": "120"},
    {"budget_rate": "8", "fixed_budget": "250.01"},
]
PER_YEAR = {"month": 12, "four_weeks": 13, "week": 52}


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": draw.choice(["month", "month", "four_weeks", "week"]),
        "is_employed": draw.random() < 0.9,
        "wage_in_period": draw.choice([0, 3_333, 300_000, 312_500, draw.randrange(800_000)]),
        "choice_budget_spent": draw.choice([0, 10_000, 49_110, draw.randrange(100_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    (built_2, spent_2), (built_3, spent_3) = so_far(facts, terms, 2), so_far(facts, terms, 3)
    return {
        "built_up": built_3 - built_2,
        "spent": spent_3 - spent_2,
        "left": built_3 - spent_3,
        "paid_out": Decimal(0),
    }


def so_far(facts: dict[str, object], terms: dict[str, object], count: int) -> tuple[Decimal, Decimal]:
    wage, spent = (Decimal(str(facts[name])) / 100 for name in ("wage_in_period", "choice_budget_spent"))
    periods = PER_YEAR[str(facts["wage_period_kind"])]
    fixed = cents(Decimal(str(terms["fixed_budget"])) * count / periods)
    built = cents(wage * count * Decimal(str(terms["budget_rate"])) / 100 + fixed)
    return built, min(spent * count, built)


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
