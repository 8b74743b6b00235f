"""What the oracles of pensions share: from the salary to the base, and the employee's part; by hand, in Decimal."""

import random
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

Facts = dict[str, Any]
Terms = dict[str, Any]

FIGURES: Terms = {"franchise": "19172", "pensionable_salary_cap": "137800", "end_age": "68"}
"""What most schemes here have in common."""
CENT = Decimal("0.01")
PERIODS = {"month": 12, "four_weeks": 13, "week": 52}
SALARIES = (Decimal(1_666_67), Decimal(2_000_04), Decimal(3_264_50), Decimal(11_483_33), Decimal(0))
PART_TIME = (1_000_000, 500_000, 250_000, 833_333, 416_667, 666_667, 900_000, 1_200_000, 10_000)


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def percent(terms: Terms, name: str, default: str = "0") -> Decimal:
    return Decimal(str(terms.get(name, default))) / 100


def euros(terms: Terms, name: str) -> Decimal:
    return Decimal(str(terms[name]))


def by_age(table: dict[int, str], years: int) -> Decimal:
    """The entry of the highest age that is reached."""
    return Decimal(table[max(age for age in table if age <= years)]) / 100


def months_of_age(facts: Facts) -> int:
    """Age in months at the end of the third wage period of 2026, the month of birth counted as reached."""
    born: date = facts["birth_on"]
    month = 1 if facts["wage_period_kind"] == "week" else 3  # the third week is in January
    return (2026 - born.year) * 12 + month - born.month


def takes_part(facts: Facts, terms: Terms) -> bool:
    """In service, from the entry age until the end age."""
    age = months_of_age(facts)
    entry, end = int(str(terms.get("entry_age", "18"))), int(str(terms["end_age"]))
    return bool(facts["is_employed"]) and entry * 12 <= age < end * 12


def birthday(draw: random.Random, youngest: int) -> date:
    """Never in March: four-weekly period 3 starts in February, and nothing changes within a wage period here."""
    return date(
        2026 - draw.randrange(youngest, 71), draw.choice([1, 2, *range(4, 13)]), draw.randrange(1, 29)
    )


def draw_person(draw: random.Random) -> Facts:
    """Somebody of 15 to 70, in service more often than not, with a salary in one of its forms."""
    kind = draw.choice(["full_time", "part_time", "hourly"])
    salary = int(draw.choice(SALARIES)) if draw.random() < 0.3 else draw.randrange(60_000, 1_400_000, 7)
    if kind == "hourly":
        salary = draw.randrange(1_200, 9_000, 5)
    return {
        "birth_on": birthday(draw, 15),
        "is_employed": draw.random() < 0.95,
        "employed_since": date(draw.choice([2015, 2025, 2026]), 1, 1),
        "salary_kind": kind,
        "salary_amount": salary,
        "part_time_factor": draw.choice(PART_TIME),
        "full_time_hours_per_week": draw.choice([3_600, 3_800, 4_000, 3_750]),
        "wage_period_kind": draw.choice(["month", "month", "four_weeks", "week"]),
    }


def part_time(facts: Facts) -> Decimal:
    return Decimal(facts["part_time_factor"]) / 1_000_000


def periods(facts: Facts) -> int:
    return PERIODS[facts["wage_period_kind"]]


def full_time_wage(facts: Facts, terms: Terms) -> Decimal:
    """The full-time salary of a year with holiday allowance."""
    amount = Decimal(facts["salary_amount"]) / 100
    if facts["salary_kind"] == "full_time":
        salary = amount * periods(facts)
    elif facts["salary_kind"] == "part_time":
        salary = cents(amount * periods(facts) / part_time(facts))
    else:
        salary = cents(amount * Decimal(facts["full_time_hours_per_week"]) / 100 * 52)
    return cents(min(salary, Decimal(1_000_000)) * (1 + percent(terms, "holiday_allowance_rate", "8")))


def actual_salary(facts: Facts, terms: Terms) -> Decimal:
    """The pensionable salary for the hours worked."""
    capped = min(full_time_wage(facts, terms), euros(terms, "pensionable_salary_cap"))
    return cents(capped * part_time(facts))


def pension_base(facts: Facts, terms: Terms) -> Decimal:
    """The pension base, in the order of the scheme, with its minimum and its rounding."""
    wage, part = full_time_wage(facts, terms), part_time(facts)
    cap, franchise = euros(terms, "pensionable_salary_cap"), euros(terms, "franchise")
    order = terms.get("base_order", "full_time_first")
    if order == "full_time_first":
        above = (min(wage, cap) - franchise) * part
    else:
        less = franchise * part if order == "actual_with_scaled_franchise" else franchise
        above = min(cents(wage * part), cap) - less
    found = cents(max(above, Decimal(0)))
    if "minimum_base" in terms:
        found = max(found, euros(terms, "minimum_base"))
    if "minimum_base_rate" in terms:
        found = max(found, cents(actual_salary(facts, terms) * percent(terms, "minimum_base_rate")))
    if terms.get("base_rounding") == "whole_down":
        found = found.quantize(Decimal(1), ROUND_DOWN)
    return found.quantize(CENT)


def employee_part(facts: Facts, terms: Terms, base: Decimal, whole: Decimal) -> Decimal:
    """The employee's part of a year by its form, at most the whole."""
    form = terms.get("employee_form", "share_of_base")
    if form == "share_of_contribution":
        found = whole * percent(terms, "employee_share")
    elif form == "per_tranche":
        found, below = Decimal(0), Decimal(0)
        for tranche in terms["employee_tranches"]:
            upper = Decimal(str(tranche.get("up_to", base)))
            found += max(min(base, upper) - below, Decimal(0)) * Decimal(str(tranche["percent"])) / 100
            below = upper
    elif form == "fixed":
        found = euros(terms, "employee_amount") * part_time(facts)
    elif form == "remainder":
        found = max(whole - base * percent(terms, "employer_rate"), Decimal(0))
    else:
        found = base * percent(terms, "employee_rate")
    if "employee_cap" in terms:
        found = min(found, euros(terms, "employee_cap"))
    return min(found, whole)


def shared(facts: Facts, whole: Decimal, own: Decimal) -> dict[str, Decimal]:
    """A year's contribution and the employee's part as amounts of the wage period."""
    paid, of_employee = cents(whole / periods(facts)), cents(own / periods(facts))
    return {
        "contribution": paid,
        "employee_contribution": of_employee,
        "employer_contribution": paid - of_employee,
    }
