"""Excedent pension by hand: between two limits, flat or by age."""

import random
from decimal import ROUND_DOWN, Decimal

from tests.engine.oracles._pension import (
    Facts,
    Terms,
    by_age,
    cents,
    draw_person,
    employee_part,
    euros,
    full_time_wage,
    months_of_age,
    part_time,
    percent,
    periods,
    takes_part,
)

FIGURES: dict[str, object] = {"pensionable_salary_cap": "137800", "end_age": "68"}
SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "lower_cap": "79409", "contribution_rate": "26.5", "employee_rate": "5"},
    {
        **FIGURES,
        "lower_cap": "51772",
        "contribution_form": "by_age",
        "contribution_scale": {15: "3.9", 25: "5.4", 35: "8", 45: "11.9", 55: "18", 65: "26.8"},
        "employee_form": "share_of_contribution",
        "employee_share": "50",
        "base_rounding": "whole_down",
    },
    {
        **FIGURES,
        "lower_cap": "60000.50",
        "contribution_rate": "22.4",
        "employee_form": "per_tranche",
        "employee_tranches": [{"up_to": "20000", "percent": "4"}, {"percent": "8"}],
    },
    {
        **FIGURES,
        "lower_cap": "40000",
        "contribution_rate": "18.75",
        "employee_form": "remainder",
        "employer_rate": "12.5",
        "employee_cap": "1500",
    },
]


def facts(draw: random.Random) -> Facts:
    return draw_person(draw)


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    above = min(full_time_wage(facts, terms), euros(terms, "pensionable_salary_cap")) - euros(
        terms, "lower_cap"
    )
    base = max(above, Decimal(0)) * part_time(facts)
    if terms.get("base_rounding") == "whole_down":
        base = base.quantize(Decimal(1), ROUND_DOWN)
    base = cents(base)
    if terms.get("contribution_form") == "by_age":
        rate = by_age(terms["contribution_scale"], months_of_age(facts) // 12)
    else:
        rate = percent(terms, "contribution_rate")
    whole = cents(base * rate / periods(facts))
    own = cents(employee_part(facts, terms, base, base * rate) / periods(facts))
    return {
        "excedent_base": base,
        "contribution": whole,
        "employee_contribution": own,
        "employer_contribution": whole - own,
    }
