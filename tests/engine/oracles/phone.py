"""Phone by hand: nothing when necessary, otherwise its value less what is paid, in the free space or taxed."""

import random
from decimal import ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"when_not_necessary": "free_space"},
    {"when_not_necessary": "taxed"},
    {"when_not_necessary": "taxed", "private_share": "33.25"},
]


def facts(draw: random.Random) -> dict[str, object]:
    value = draw.choice([0, 2_000, draw.randrange(10_000)])
    return {
        "is_employed": draw.random() < 0.9,
        "phone_is_necessary": draw.random() < 0.4,
        "phone_private_use": value,
        "own_payment": draw.choice([0, value, value + 1, max(value - 1, 0), draw.randrange(5_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    value, own = (Decimal(str(facts[name])) / 100 for name in ("phone_private_use", "own_payment"))
    private = value * Decimal(str(terms.get("private_share", "100"))) / 100
    counted = Decimal(0) if facts["phone_is_necessary"] else max(private - own, Decimal(0))
    counted = counted.quantize(Decimal("0.01"), ROUND_HALF_UP)
    is_free_space = terms["when_not_necessary"] == "free_space"
    nothing = Decimal(0)
    return {
        "free_space_used": counted if is_free_space else nothing,
        "taxed": nothing if is_free_space else counted,
    }
