"""Retirement pension by hand: flat, by age, by regime with compensation, and over the salary."""

import random
from datetime import date
from decimal import Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    actual_salary,
    by_age,
    draw_person,
    employee_part,
    months_of_age,
    pension_base,
    percent,
    shared,
    takes_part,
)

SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "contribution_rate": "26.5", "employee_rate": "5"},
    {
        **FIGURES,
        "contribution_form": "by_age",
        "contribution_scale": {15: "4.1", 20: "4.7", 30: "6.9", 40: "10.2", 50: "15.4", 60: "23.6"},
        "employee_form": "share_of_contribution",
        "employee_share": "33.33",
        "base_order": "actual_with_scaled_franchise",
        "base_rounding": "whole_down",
        "entry_age": "21",
    },
    {
        **FIGURES,
        "contribution_form": "respected",
        "contribution_rate": "24",
        "contribution_scale": {18: "9.5", 35: "14.4", 45: "22.1"},
        "respected_before": "2026-01-01",
        "compensation_scale": {0: "0", 45: "2.5", 55: "4"},
        "employee_form": "per_tranche",
        "employee_tranches": [{"up_to": "20000", "percent": "4"}, {"percent": "8"}],
        "minimum_base": "600",
        "minimum_base_rate": "12.5",
    },
    {
        **FIGURES,
        "contribution_rate": "12.5",
        "contribution_basis": "pensionable_salary",
        "base_order": "actual_with_full_franchise",
        "employee_form": "remainder",
        "employer_rate": "8",
        "employee_cap": "2500",
        "holiday_allowance_rate": "8.33",
    },
    {**FIGURES, "contribution_rate": "20", "employee_form": "fixed", "employee_amount": "600"},
]


def facts(draw: random.Random) -> Facts:
    return draw_person(draw)


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    base = pension_base(facts, terms)
    over = actual_salary(facts, terms) if "contribution_basis" in terms else base
    whole = over * rate(facts, terms)
    return {"pension_base": base, **shared(facts, whole, employee_part(facts, terms, over, whole))}


def rate(facts: Facts, terms: Terms) -> Decimal:
    years = months_of_age(facts) // 12
    form = terms.get("contribution_form", "flat")
    keeps = form == "by_age"
    if form == "respected":
        keeps = facts["employed_since"] < date.fromisoformat(terms["respected_before"])
    found = by_age(terms["contribution_scale"], years) if keeps else percent(terms, "contribution_rate")
    return found + (by_age(terms["compensation_scale"], years) if "compensation_scale" in terms else 0)
