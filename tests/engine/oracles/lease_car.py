"""Lease car by hand: the addition of March 2026 by price, first registration, emission and own payment."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
LAST_DAY = {"month": date(2026, 3, 31), "four_weeks": date(2026, 3, 22)}
PER_YEAR = {"month": 12, "four_weeks": 13}
LAW: dict[str, object] = {
    "standard_rate": "22",
    "rate_before_2017": "25",
    "registration_rates": {0: "0", 2014: "4", 2020: "8", 2021: "12", 2022: "16", 2025: "17", 2026: "18"},
    "registration_limits": {
        0: "1000000", 2019: "50000", 2020: "45000", 2021: "40000", 2022: "35000", 2023: "30000",
    },
    "rate_after": "18",
    "limit_after": "30000",
    "fixed_months": "60",
    "old_car_rate": "35",
    "old_car_months": "192",
}  # fmt: skip
SCHEMES: list[dict[str, object]] = [
    LAW,
    {**LAW, "own_payment_counts": "ignored", "part_of_period": "whole_period"},
    {**LAW, "zero_emission_rate": "10.5", "zero_emission_limit": "27500.50", "fixed_months": "48"},
    {**LAW, "standard_rate": "20.25", "rate_after": "20.5", "old_car_months": "180", "old_car_rate": "33.33"},
]


def facts(draw: random.Random) -> dict[str, object]:
    year = draw.choice([2009, 2010, 2011, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])
    month = draw.randint(1, 2 if year == 2026 else 12)
    day = draw.choice([1, 15, 20, draw.randint(1, 28)])
    price = draw.choice([0, 3_000_000, 2_999_900, 2_750_050, 2_700_300, draw.randrange(12_000_000)])
    return {
        "wage_period_kind": draw.choice(["month", "month", "four_weeks"]),
        "is_employed": draw.random() < 0.95,
        "car_list_price": price,
        "car_registered_on": date(year, month, day),
        "car_is_zero_emission": draw.random() < 0.6,
        "car_is_private": draw.random() < 0.95,
        "own_payment": draw.choice([0, 0, 5_000, draw.randrange(120_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"] or not facts["car_is_private"]:
        return {}
    first, now = facts["car_registered_on"], LAST_DAY[str(facts["wage_period_kind"])]
    assert isinstance(first, date)
    calendar = (now.year - first.year) * 12 + now.month - first.month
    fixed = calendar <= number(terms, "fixed_months")
    before_2017 = first.year < 2017
    clean = bool(facts["car_is_zero_emission"])
    if before_2017 and not clean and fixed:
        return {}
    price = euros(facts["car_list_price"])
    usual = number(terms, "rate_before_2017" if before_2017 else "standard_rate") / 100
    if calendar - (now.day < first.day) >= number(terms, "old_car_months"):
        yearly = price * number(terms, "old_car_rate") / 100
    elif clean:
        low, limit = low_rate(terms, first.year, usual, fixed=fixed)
        yearly = min(price, limit) * low + max(price - limit, Decimal(0)) * usual
    else:
        yearly = price * usual
    addition = cents(yearly / PER_YEAR[str(facts["wage_period_kind"])])
    paid = Decimal(0) if terms.get("own_payment_counts") == "ignored" else euros(facts["own_payment"])
    return {"addition": max(addition - paid, Decimal(0))}


def low_rate(terms: dict[str, object], year: int, usual: Decimal, *, fixed: bool) -> tuple[Decimal, Decimal]:
    """Rate and limit of a zero-emission car."""
    if not fixed:
        discount = max(number(terms, "standard_rate") - number(terms, "rate_after"), Decimal(0)) / 100
        return max(usual - discount, Decimal(0)), number(terms, "limit_after")
    if "zero_emission_rate" in terms:
        return number(terms, "zero_emission_rate") / 100, number(terms, "zero_emission_limit")
    return of_year(terms["registration_rates"], year) / 100, of_year(terms["registration_limits"], year)


def of_year(table: object, year: int) -> Decimal:
    assert isinstance(table, dict)
    return Decimal(str(table[max(one for one in table if one <= year)]))


def number(terms: dict[str, object], name: str) -> Decimal:
    return Decimal(str(terms[name]))


def euros(value: object) -> Decimal:
    return Decimal(str(value)) / 100


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
