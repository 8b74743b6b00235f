"""Sickness absence by hand in Decimal: the insured wage with charges, and the days that are paid after the own risk."""

import random
from decimal import Decimal
from typing import Any

from tests.engine.oracles._income import NOTHING, a_month, euros, percent, person, rounded, takes_part, wage

YEAR = Decimal(261)

SCHEMES: list[dict[str, object]] = [
    {
        "premium_rate": "3.2",
        "own_risk_days": "10",
        "employer_charges": "20",
        "calculates_benefit": True,
        "end_age": "67",
    },
    {
        "premium_rate": "2.5",
        "employee_rate": "0.125",
        "own_risk_days": "130",
        "employer_charges": "17.5",
        "cover_first_year": "90",
        "cover_second_year": "72.25",
        "highest_wage_per_person": "60000.06",
        "deducts_state_benefit": False,
        "calculates_benefit": True,
        "end_age": "67",
    },
    {"wage_concept": "stated_wage", "premium_rate": "1.5", "employee_rate": "0.5", "end_age": "65"},
]


def facts(draw: random.Random) -> dict[str, object]:
    return {
        **person(draw),
        "absence_days": draw.choice([0, 50, 500, 1_050, 2_200, draw.randrange(0, 2_300)]),
        "absence_days_before": draw.choice([0, 500, 1_000, 12_950, 25_000, 26_100, 51_000, 52_200]),
        "absence_percent": draw.choice([0, 25, 50, 75, 100, draw.randrange(0, 101)]),
        "state_benefit_amount": draw.choice([0, 0, 150_000, draw.randrange(0, 400_000)]),
    }


def _paid(start: Decimal, end: Decimal, own_risk: Decimal, first: Decimal, last: Decimal) -> Decimal:
    """Days between two days of an absence that fall in a year of it, after the own risk."""
    return max(min(end, last) - max(start, own_risk, first), NOTHING)


def _benefit(facts: dict[str, Any], terms: dict[str, Any], counted: Decimal, charges: Decimal) -> Decimal:
    start = Decimal(facts["absence_days_before"]) / 100
    end, own_risk = start + Decimal(facts["absence_days"]) / 100, Decimal(terms["own_risk_days"])
    days = _paid(start, end, own_risk, NOTHING, YEAR) * percent(terms, "cover_first_year", "100")
    days += _paid(start, end, own_risk, YEAR, 2 * YEAR) * percent(terms, "cover_second_year", "70")
    whole = rounded(rounded(counted / YEAR) * days) * facts["absence_percent"] / 100 * charges
    if terms.get("deducts_state_benefit", True):
        whole -= euros(facts, "state_benefit_amount")
    return rounded(max(whole, NOTHING))


def amounts(facts: dict[str, Any], terms: dict[str, Any]) -> dict[str, Decimal]:
    if not takes_part(facts, terms, asks_wia=False):
        return {}
    counted = min(wage(facts, terms), Decimal(terms.get("highest_wage_per_person", 10**9)))
    charges = 1 + percent(terms, "employer_charges")
    insured = rounded(counted * percent(terms, "cover_first_year", "100") * charges)
    found = {
        "insured_wage": a_month(insured),
        "employee_share": a_month(insured * percent(terms, "employee_rate")),
    }
    if terms.get("calculates_benefit"):
        found["benefit_payment"] = _benefit(facts, terms, counted, charges)
    return found
