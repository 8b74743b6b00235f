"""Work-related costs by hand: the free space of the employer, what is left of it, and the levy over the rest."""

import random
from decimal import ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"low_rate": "2", "high_rate": "1.18", "limit": "400000", "levy_rate": "80"},
    {"low_rate": "1.92", "high_rate": "1.18", "limit": "400000", "levy_rate": "80"},
    {"low_rate": "3", "high_rate": "1.2", "limit": "250000.50", "levy_rate": "66.6667"},
]


def facts(draw: random.Random) -> dict[str, object]:
    wages = draw.choice([0, 25_000_000, 40_000_000, 40_000_043, draw.randrange(500_000_000)])
    return {
        "wage_sum_per_year": wages,
        "wkr_used": draw.choice([0, 800_000, wages // 50, wages // 50 + 1, draw.randrange(10_000_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    wages, used = (Decimal(str(facts[name])) / 100 for name in ("wage_sum_per_year", "wkr_used"))
    low, high, levy = (Decimal(str(terms[name])) / 100 for name in ("low_rate", "high_rate", "levy_rate"))
    limit = Decimal(str(terms["limit"]))
    space = cents(min(wages, limit) * low + max(wages - limit, Decimal(0)) * high)
    above = max(used - space, Decimal(0))
    return {
        "free_space": space,
        "used": used,
        "above": above,
        "left": max(space - used, Decimal(0)),
        "final_levy": cents(above * levy),
    }


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
