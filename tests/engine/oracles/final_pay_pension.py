"""Final pay pension by hand: every month of service over the last base, so far and up to the pension age."""

import random
from decimal import Decimal

from tests.engine.oracles._pension import (
    Facts,
    Terms,
    cents,
    draw_person,
    employee_part,
    months_of_age,
    pension_base,
    percent,
    shared,
    takes_part,
)

FIGURES: dict[str, object] = {"franchise": "21694", "pensionable_salary_cap": "137800", "end_age": "70"}
SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "accrual_rate": "1.657", "contribution_rate": "28", "employee_rate": "6"},
    {
        **FIGURES,
        "accrual_rate": "1.5",
        "contribution_rate": "25",
        "pension_age": "67",
        "franchise": "0",
        "employee_form": "share_of_contribution",
        "employee_share": "33.33",
    },
    {
        **FIGURES,
        "accrual_rate": "1.25",
        "contribution_rate": "30",
        "base_rounding": "whole_down",
        "employee_form": "fixed",
        "employee_amount": "750",
    },
]


def facts(draw: random.Random) -> Facts:
    served = draw.choice([0, 1, 2, 6, 120, 480, draw.randrange(600)])
    return {**draw_person(draw), "pension_service_months": served}


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    base = pension_base(facts, terms)
    of_a_year = base * percent(terms, "accrual_rate")
    served = facts["pension_service_months"]
    to_go = max(int(terms.get("pension_age", "68")) * 12 - months_of_age(facts), 0)
    whole = base * percent(terms, "contribution_rate")
    return {
        "pension_base": base,
        "accrued_pension": cents(of_a_year * served / 12),
        "reachable_pension": cents(of_a_year * (served + to_go) / 12),
        **shared(facts, whole, employee_part(facts, terms, base, whole)),
    }
