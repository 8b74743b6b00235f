"""The same amounts as somebody would write them for one employee: in euros, with Decimal, without the engine.

Terms are those of `engine_people.TERMS`; what they leave out (8 % holiday allowance, entry at 18) is written here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

CENT = Decimal("0.01")
Steps = Sequence[tuple[date, Decimal | None]]  #: from when, and what; None is: no longer known


@dataclass(frozen=True)
class Employee:
    """What is known of one employee."""

    born: date
    pension_age: int  #: in months
    allowance: Decimal
    salary: Steps
    part_time: Steps
    employed: Steps


@dataclass(frozen=True)
class Figures:
    """The statutory figures of the year, in euros."""

    franchise: Decimal
    pension_cap: Decimal
    insured_wage_cap: Decimal


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def on(steps: Steps, day: date) -> Decimal | None:
    found = None
    for since, value in steps:
        if since <= day:
            found = value
    return found


def year_of_amounts(one: Employee, figures: Figures, year: int) -> list[dict[str, Decimal]]:
    """Every amount of every month of a year; none where the employee does not take part."""
    return [_month(one, figures, date(year, month, 1)) for month in range(1, 13)]


def _month(one: Employee, figures: Figures, first: date) -> dict[str, Decimal]:
    end = (first + timedelta(days=32)).replace(day=1)
    age = (first.year - one.born.year) * 12 + first.month - one.born.month
    days = {first, end}
    for steps in (one.salary, one.part_time, one.employed):
        days.update(since for since, _ in steps if first < since < end)
    held: dict[str, Decimal] = {}
    spread: dict[str, Decimal] = {}
    ordered = sorted(days)
    for start, until in pairwise(ordered):
        if on(one.employed, start) != 1 or not 216 <= age < one.pension_age:
            continue
        for name, value, is_spread in _amounts(one, figures, start):
            if is_spread:
                spread[name] = spread.get(name, Decimal(0)) + value * (until - start).days
            else:
                held[name] = value
    months_a_year = 12 * (end - first).days
    found = {**held, **{name: cents(value / months_a_year) for name, value in spread.items()}}
    if found:
        found["employer_contribution"] = found["contribution"] - found["employee_contribution"]
    return found


def _amounts(one: Employee, figures: Figures, day: date) -> Iterator[tuple[str, Decimal, bool]]:
    salary, factor = on(one.salary, day), on(one.part_time, day)
    assert salary is not None
    assert factor is not None
    allowance = cents(one.allowance * 12 / factor)
    wage = {
        with_it: cents(min(salary * 12 + with_it * allowance, Decimal(1_000_000)) * Decimal("1.08"))
        for with_it in (0, 1)
    }
    base = cents(max(min(wage[1], figures.pension_cap) - figures.franchise, Decimal(0)) * factor)
    yield "pension_base", base, False
    yield "contribution", base * Decimal("0.265"), True
    yield "employee_contribution", base * Decimal("0.0475"), True
    risk = cents(min(wage[0], figures.pension_cap) * factor)
    yield "partner_sum_insured", cents(risk * Decimal("0.375")), False
    yield "partner_premium", risk * Decimal("0.0095"), True
    yield "orphan_sum_insured", cents(risk * Decimal("0.125")), False
    yield "orphan_premium", risk * Decimal("0.000625"), True
    actual = cents(wage[0] * factor)
    insured = min(actual, figures.insured_wage_cap)
    yield "insured_wage", insured, True
    yield "employee_share", insured * Decimal("0.003125"), True
    death = cents(min(actual * Decimal("1.25"), Decimal(150_000)))
    disability = cents(min(actual * Decimal("2.5"), Decimal(250_000)))
    yield "sum_insured_death", death, False
    yield "sum_insured_disability", disability, False
    yield "accident_premium", death * Decimal("0.000375") + disability * Decimal("0.000312"), True


def as_mapping(months: Sequence[Mapping[str, Decimal]], names: Sequence[str]) -> list[list[int]]:
    """In cents, a row for each amount; nothing is nought."""
    return [[int(month.get(name, Decimal(0)) * 100) for month in months] for name in names]
