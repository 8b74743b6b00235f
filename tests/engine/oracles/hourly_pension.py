"""Pension over the wage and the hours of the wage period by hand, in each form of the franchise."""

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.engine.oracles._pension import PERIODS, Facts, Terms, birthday, cents, euros, percent, takes_part

SCHEMES: list[dict[str, object]] = [
    {"end_age": "68", "hourly_franchise": "9.24", "hourly_wage_cap": "42.42", "contribution_rate": "23.4",
     "employee_rate": "7.5"},
    {"end_age": "68", "franchise_form": "from_year", "franchise": "19172", "full_time_hours": "36",
     "hourly_franchise_rounding": "four_decimals_half_up", "holiday_allowance_rate": "8",
     "contribution_rate": "28.44", "employee_rate": "9.48", "yearly_cap": "79409"},
    {"end_age": "68", "franchise_form": "without", "holiday_allowance_rate": "8.33", "hourly_wage_cap": "29.88",
     "contribution_rate": "2.5", "employee_rate": "6", "base_rounding": "whole_half_up"},
]  # fmt: skip


def facts(draw: random.Random) -> Facts:
    hours = draw.choice([0, 2_450, 10_000, 16_000, draw.randrange(20_000)])
    near = hours * draw.choice([924, 2_988, 4_242]) // 100
    wage = max(near + draw.randrange(-2, 3), 0) if draw.random() < 0.2 else draw.randrange(900_000)
    return {
        "birth_on": birthday(draw, 16),
        "is_employed": draw.random() < 0.95,
        "wage_in_period": wage,
        "hours_in_period": hours,
        "wage_period_kind": draw.choice(["month", "four_weeks", "week"]),
    }


def franchise(terms: Terms) -> Decimal:
    form = terms.get("franchise_form", "by_hour")
    if form == "without":
        return Decimal(0)
    if form == "by_hour":
        return euros(terms, "hourly_franchise")
    by_hour = euros(terms, "franchise") / (52 * euros(terms, "full_time_hours"))
    return by_hour.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    hours = Decimal(facts["hours_in_period"]) / 100
    wage = cents(Decimal(facts["wage_in_period"]) / 100 * (1 + percent(terms, "holiday_allowance_rate")))
    if "hourly_wage_cap" in terms:
        wage = cents(min(wage, hours * euros(terms, "hourly_wage_cap")))
    if "yearly_cap" in terms:
        wage = min(wage, cents(euros(terms, "yearly_cap") / PERIODS[facts["wage_period_kind"]]))
    base = max(wage - hours * franchise(terms), Decimal(0))
    base = base.quantize(Decimal(1), ROUND_HALF_UP) if "base_rounding" in terms else cents(base)
    whole = cents(base * percent(terms, "contribution_rate"))
    own = min(cents(base * percent(terms, "employee_rate")), whole)
    return {
        "period_base": cents(base),
        "contribution": whole,
        "employee_contribution": own,
        "employer_contribution": whole - own,
    }
