"""Pension over the year so far by hand: three equal wage periods, less the first two of them."""

import random
from decimal import Decimal

from tests.engine.oracles._pension import PERIODS, Facts, Terms, birthday, cents, euros, percent, takes_part

SCHEMES: list[dict[str, object]] = [
    {"end_age": "75", "franchise": "19172", "yearly_cap": "79409", "contribution_rate": "25.2",
     "employee_rate": "8.4"},
    {"end_age": "75", "franchise": "0", "yearly_cap": "57232.50", "contribution_rate": "12.5",
     "employee_rate": "15", "holiday_allowance_rate": "8"},
]  # fmt: skip


def facts(draw: random.Random) -> Facts:
    kind = draw.choice(["month", "four_weeks", "week"])
    near = draw.choice([1_917_200, 7_940_900, 5_723_250]) // PERIODS[kind]
    wage = near + draw.randrange(-2, 3) if draw.random() < 0.3 else draw.randrange(1_000_000)
    return {
        "birth_on": birthday(draw, 20),
        "is_employed": draw.random() < 0.95,
        "wage_in_period": wage,
        "wage_period_kind": kind,
    }


def so_far(facts: Facts, terms: Terms, count: int) -> tuple[Decimal, Decimal, Decimal]:
    """Base, contribution and employee's part of the year after so many wage periods."""
    periods = PERIODS[facts["wage_period_kind"]]
    paid = Decimal(facts["wage_in_period"]) / 100 * count
    wage = cents(paid * (1 + percent(terms, "holiday_allowance_rate")))
    cap, franchise = (cents(euros(terms, name) * count / periods) for name in ("yearly_cap", "franchise"))
    base = max(min(wage, cap) - franchise, Decimal(0))
    whole = cents(base * percent(terms, "contribution_rate"))
    return base, whole, min(cents(base * percent(terms, "employee_rate")), whole)


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    now, before = so_far(facts, terms, 3), so_far(facts, terms, 2)
    base, whole, own = (this - that for this, that in zip(now, before, strict=True))
    return {
        "period_base": base,
        "contribution": whole,
        "employee_contribution": own,
        "employer_contribution": whole - own,
    }
