"""Net pension by hand: above the fiscal cap, by age, as far as was chosen."""

import random
from decimal import Decimal

from tests.engine.oracles._pension import (
    Facts,
    Terms,
    by_age,
    cents,
    draw_person,
    euros,
    full_time_wage,
    months_of_age,
    part_time,
    percent,
    periods,
    takes_part,
)

SCALE = {15: "2.7", 30: "4.6", 40: "8.1", 50: "10.25", 60: "15.3"}
FIGURES: dict[str, object] = {"pensionable_salary_cap": "60000", "end_age": "68", "contribution_scale": SCALE}
SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "pensionable_salary_cap": "137800"},
    {**FIGURES, "upper_cap": "120000", "employer_rate": "6.25"},
    {**FIGURES, "chosen_shares": {0: "0", 1: "25", 2: "50", 3: "66.67", 4: "100"}, "employer_rate": "2.5"},
]


def facts(draw: random.Random) -> Facts:
    return {**draw_person(draw), "chosen_level": draw.randrange(6)}


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    wage = full_time_wage(facts, terms)
    if "upper_cap" in terms:
        wage = min(wage, euros(terms, "upper_cap"))
    base = cents(max(wage - euros(terms, "pensionable_salary_cap"), Decimal(0)) * part_time(facts))
    year = base * by_age(terms["contribution_scale"], months_of_age(facts) // 12)
    if "chosen_shares" in terms:
        year *= by_age(terms["chosen_shares"], facts["chosen_level"])
    whole = cents(year / periods(facts))
    employer = cents(min(base * percent(terms, "employer_rate"), year) / periods(facts))
    return {
        "net_base": base,
        "contribution": whole,
        "employer_contribution": employer,
        "employee_contribution": whole - employer,
    }
