"""Home-working allowance by hand: March 2026 (22 working days), the same days in January and February."""

import random
from decimal import ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"amount_per_day": "2.45", "tax_free_amount_per_day": "2.45"},
    {"amount_per_day": "3.15", "tax_free_amount_per_day": "2.45", "most_days": "8.5"},
    {"amount_per_day": "1.97", "tax_free_amount_per_day": "2.45", "most_days_in_year": "20"},
    {
        "amount_per_day": "2.47",
        "tax_free_amount_per_day": "2.45",
        "most_days": "12",
        "most_days_in_year": "30",
        "not_on_travel_days": True,
    },
]
WORKING_DAYS = Decimal(22)


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "is_employed": draw.random() < 0.9,
        "home_working_days": draw.choice([0, 50, 750, 800, 850, 1_000, draw.randrange(2_300)]),
        "commuting_days": draw.choice([0, 1_400, 2_200, 2_250, draw.randrange(2_300)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    stated, travelled = (Decimal(str(facts[name])) / 100 for name in ("home_working_days", "commuting_days"))
    days = stated
    if "most_days" in terms:
        days = min(days, Decimal(str(terms["most_days"])))
    if "most_days_in_year" in terms:
        days = min(days, max(Decimal(str(terms["most_days_in_year"])) - 2 * stated, Decimal(0)))
    if terms.get("not_on_travel_days"):
        days = min(days, max(WORKING_DAYS - travelled, Decimal(0)))
    amount, free = (Decimal(str(terms[name])) for name in ("amount_per_day", "tax_free_amount_per_day"))
    allowance, taxed = cents(days * amount), cents(days * max(amount - free, Decimal(0)))
    return {"allowance": allowance, "taxed": taxed, "untaxed": allowance - taxed}


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
