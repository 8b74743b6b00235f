"""Career average pension by hand: what is built up, and the average contribution for it."""

import random
from decimal import Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    actual_salary,
    cents,
    draw_person,
    employee_part,
    pension_base,
    percent,
    periods,
    shared,
    takes_part,
)

SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "accrual_rate": "1.875", "contribution_rate": "24", "employee_rate": "8"},
    {
        **FIGURES,
        "accrual_rate": "1.5",
        "contribution_rate": "12.5",
        "contribution_basis": "pensionable_salary",
        "employee_form": "share_of_contribution",
        "employee_share": "50",
        "base_order": "actual_with_scaled_franchise",
    },
    {
        **FIGURES,
        "franchise": "14167",
        "pensionable_salary_cap": "57232",
        "accrual_rate": "1.788",
        "contribution_rate": "25",
        "minimum_base": "2406.20",
        "employee_form": "remainder",
        "employer_rate": "18.39",
    },
]


def facts(draw: random.Random) -> Facts:
    return draw_person(draw)


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    base = pension_base(facts, terms)
    over = actual_salary(facts, terms) if "contribution_basis" in terms else base
    whole = over * percent(terms, "contribution_rate")
    return {
        "pension_base": base,
        "accrual": cents(base * percent(terms, "accrual_rate") / periods(facts)),
        **shared(facts, whole, employee_part(facts, terms, over, whole)),
    }
