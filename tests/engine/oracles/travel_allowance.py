"""Travel allowance by hand: March 2026, the same days in January and February."""

import random
from decimal import ROUND_HALF_UP, Decimal

LAW: dict[str, object] = {"amount_per_km": "0.25", "tax_free_amount_per_km": "0.25"}
SCHEMES: list[dict[str, object]] = [
    LAW,
    {**LAW, "amount_per_km": "0.3105", "highest_kilometres": "30"},
    {**LAW, "days_form": "fixed_year", "days_per_year": "214", "counts_days_per_week": True},
    {
        **LAW,
        "days_form": "fixed_year",
        "amount_per_km": "0.29",
        "checks_days": True,
        "highest_kilometres": "50",
    },
    {**LAW, "days_form": "fixed_year", "days_per_year": "205.5", "part_of_period": "whole_period"},
]
PER_YEAR = {"month": 12, "four_weeks": 13}


def facts(draw: random.Random) -> dict[str, object]:
    return {
        "wage_period_kind": draw.choice(["month", "month", "four_weeks"]),
        "is_employed": draw.random() < 0.9,
        "commuting_days": draw.choice([0, 50, 600, 800, 1_066, 1_067, 1_150, draw.randrange(2_300)]),
        "commuting_days_per_week": draw.choice([100, 250, 300, 400, 500]),
        "commuting_kilometres": draw.choice([0, 3, 122, 250, 300, 301, 500, draw.randrange(1_500)]),
        "business_kilometres": draw.choice([0, 0, 1, 1_010, draw.randrange(20_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    per_km, free = (Decimal(str(terms[name])) for name in ("amount_per_km", "tax_free_amount_per_km"))
    over = max(per_km - free, Decimal(0))
    one_way = Decimal(str(facts["commuting_kilometres"])) / 10
    counted = min(one_way, Decimal(str(terms.get("highest_kilometres", "1000"))))
    days = Decimal(str(facts["commuting_days"])) / 100
    business = Decimal(str(facts["business_kilometres"])) / 10
    if terms.get("days_form") != "fixed_year":
        commuting, taxed = cents(days * 2 * counted * per_km), cents(days * 2 * counted * over)
    else:
        periods = PER_YEAR[str(facts["wage_period_kind"])]
        commuting = cents(fixed_days(facts, terms) * 2 * counted * per_km / periods)
        taxed = cents(fixed_days(facts, terms) * 2 * counted * over / periods)
        if terms.get("checks_days") and not travels_enough(facts, periods):
            taxed = max(commuting - cents(days * 2 * one_way * free), Decimal(0))
    allowance = commuting + cents(business * per_km)
    taxed = cents(taxed + business * over)
    return {"allowance": allowance, "taxed": taxed, "untaxed": allowance - taxed}


def fixed_days(facts: dict[str, object], terms: dict[str, object]) -> Decimal:
    a_year = Decimal(str(terms.get("days_per_year", "214")))
    if not terms.get("counts_days_per_week"):
        return a_year
    return cents(a_year * Decimal(str(facts["commuting_days_per_week"])) / 100 / 5)


def travels_enough(facts: dict[str, object], periods: int) -> bool:
    a_week = Decimal(str(facts["commuting_days_per_week"])) / 100
    so_far = 3 * Decimal(str(facts["commuting_days"])) / 100
    return so_far >= 128 * a_week / 5 * 3 / periods


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
