"""Leave by hand: hours bought and sold in March 2026, the same in January and February."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

SCHEMES: list[dict[str, object]] = [
    {"full_time_hours": "40"},
    {
        "full_time_hours": "36",
        "holiday_allowance_rate": "0",
        "surcharge_rate": "16.37",
        "hourly_wage_rounding": "cent_half_up",
        "most_bought_in_year": "187",
        "most_bought": "80",
    },
    {
        "full_time_hours": "38",
        "hourly_wage_rounding": "cent_down",
        "leave_hours_per_year": "200",
        "most_sold": "24.5",
        "bought_from": "net",
    },
]
PER_YEAR = {"month": 12, "four_weeks": 13}


def facts(draw: random.Random) -> dict[str, object]:
    part_time = draw.choice([1_000_000, 800_000, 500_000])
    return {
        "wage_period_kind": draw.choice(["month", "month", "four_weeks"]),
        "is_employed": draw.random() < 0.95,
        "salary_kind": "full_time",
        "salary_amount": draw.choice([312_000, 300_000, 250_000, draw.randrange(200_000, 900_000)]),
        "part_time_factor": part_time,
        "hours_per_week": 4_000 * part_time // 1_000_000,
        "leave_hours_bought": draw.choice([0, 50, 800, 6_250, draw.randrange(10_000)]),
        "leave_hours_sold": draw.choice([0, 50, 800, 1_300, draw.randrange(4_000)]),
    }


def amounts(facts: dict[str, object], terms: dict[str, object]) -> dict[str, Decimal]:
    if not facts["is_employed"]:
        return {}
    wage = hourly(facts, terms)
    bought, sold = (Decimal(str(facts[name])) / 100 for name in ("leave_hours_bought", "leave_hours_sold"))
    counted = min(bought, number(terms, "most_bought", "2000"))
    if "most_bought_in_year" in terms:
        counted = min(counted, max(number(terms, "most_bought_in_year") - 2 * bought, Decimal(0)))
    may_go = min(sold, number(terms, "most_sold", "2000"))
    if "leave_hours_per_year" in terms:
        part_time = Decimal(str(facts["part_time_factor"])) / 1_000_000
        week = Decimal(str(facts["hours_per_week"])) / 100
        above = max(number(terms, "leave_hours_per_year") * part_time - 4 * week, Decimal(0))
        may_go = min(may_go, max(above - 2 * sold, Decimal(0)))
    price = cents(counted * wage)
    is_net = terms.get("bought_from") == "net"
    return {
        "bought": Decimal(0) if is_net else price,
        "bought_net": price if is_net else Decimal(0),
        "sold": cents(may_go * wage),
    }


def hourly(facts: dict[str, object], terms: dict[str, object]) -> Decimal:
    yearly = Decimal(str(facts["salary_amount"])) / 100 * PER_YEAR[str(facts["wage_period_kind"])]
    yearly = cents(yearly * (100 + number(terms, "holiday_allowance_rate", "8")) / 100)
    exact = (
        yearly * (100 + number(terms, "surcharge_rate", "0")) / 100 / (52 * number(terms, "full_time_hours"))
    )
    word = terms.get("hourly_wage_rounding")
    size = Decimal("0.0001") if word is None else Decimal("0.01")
    return exact.quantize(size, ROUND_DOWN if word == "cent_down" else ROUND_HALF_UP)


def number(terms: dict[str, object], name: str, otherwise: str = "") -> Decimal:
    return Decimal(str(terms.get(name, otherwise)))


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
