"""Premium waiver by hand: classes, the base of before, a scale that moves on or stays, each one's part."""

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    by_age,
    cents,
    draw_person,
    employee_part,
    euros,
    months_of_age,
    part_time,
    percent,
    periods,
    takes_part,
)

SIX = {0: "0", 35: "40", 45: "50", 55: "60", 65: "72.5", 80: "100"}
SCALE = {15: "5.3", 30: "7.7", 40: "9.3", 50: "15.4", 60: "23.6"}
SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "waiver_table": SIX, "contribution_rate": "26.5", "employee_rate": "5"},
    {
        **FIGURES,
        "waiver_table": {0: "0", 35: "28", 45: "35", 55: "42", 65: "50.75", 80: "75"},
        "contribution_form": "by_age",
        "contribution_scale": SCALE,
        "progression": "stays_at_first_day",
        "indexation_rate": "2.75",
        "employee_form": "share_of_contribution",
        "employee_share": "33.33",
    },
    {
        **FIGURES,
        "waiver_table": {0: "0", 35: "40", 45: "50", 65: "100"},
        "waits_months": "12",
        "contribution_form": "by_age",
        "contribution_scale": SCALE,
        "employee_form": "fixed",
        "employee_amount": "600",
        "waives_accrual": True,
        "accrual_rate": "1.875",
    },
]


def facts(draw: random.Random) -> Facts:
    return {
        **draw_person(draw),
        "incapacity_percent": draw.choice(
            [0, 34, 35, 44, 45, 54, 55, 64, 65, 79, 80, 100, draw.randrange(101)]
        ),
        "incapacitated_since": date(draw.choice([2021, 2022, 2023, 2025]), draw.randrange(4, 13), 1),
        "wage_before_incapacity": draw.choice([0, 1_917_200, 5_184_000, draw.randrange(20_000_000)]),
    }


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms) or not has_waited(facts, int(str(terms.get("waits_months", "24")))):
        return {}
    wage = cents(Decimal(facts["wage_before_incapacity"]) / 100 * (1 + percent(terms, "indexation_rate")))
    above = min(wage, euros(terms, "pensionable_salary_cap")) - euros(terms, "franchise")
    base = cents(max(above, Decimal(0)) * part_time(facts))
    year = base * rate(facts, terms)
    share = by_age(terms["waiver_table"], facts["incapacity_percent"])
    own = employee_part(facts, terms, base, year).quantize(Decimal("0.00000001"), ROUND_HALF_UP)
    each = periods(facts)
    whole, waived = cents(year / each), cents(year * share / each)
    left, own_waived = cents(own * (1 - share) / each), cents(own * share / each)
    found = {
        "contribution": whole,
        "waived": waived,
        "still_paid": whole - waived,
        "employee_contribution": left,
        "employer_contribution": whole - waived - left,
        "employee_waived": own_waived,
        "employer_waived": waived - own_waived,
    }
    if terms.get("waives_accrual"):
        found["waived_accrual"] = cents(base * percent(terms, "accrual_rate") * share / each)
    return found


def has_waited(facts: Facts, months: int) -> bool:
    """Ill since a first of a month that is far from the end of any waiting time here, save in 2025."""
    since: date = facts["incapacitated_since"]
    month = 1 if facts["wage_period_kind"] == "week" else 3
    return (2026 - since.year) * 12 + month - since.month >= months


def rate(facts: Facts, terms: Terms) -> Decimal:
    if terms.get("contribution_form") != "by_age":
        return percent(terms, "contribution_rate")
    months = months_of_age(facts)
    if terms.get("progression") == "stays_at_first_day":
        born, since = facts["birth_on"], facts["incapacitated_since"]
        months = max((since.year - born.year) * 12 + since.month - born.month, 18 * 12)
    return by_age(terms["contribution_scale"], months // 12)
