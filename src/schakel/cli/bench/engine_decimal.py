"""The same amounts as somebody would write them for one employee: in euros, with Decimal, without the engine.

Terms are those of `engine_people.TERMS`; what they leave out (8 % holiday allowance, entry at 18) is written here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

CENT = Decimal("0.01")
RESTS = (
    ("retirement_pension", "contribution", "employee_contribution", "employer_contribution"),
    ("career_average_pension", "contribution", "employee_contribution", "employer_contribution"),
    ("excedent_pension", "contribution", "employee_contribution", "employer_contribution"),
    ("net_pension", "contribution", "employer_contribution", "employee_contribution"),
)
"""What is left of a whole when a part is taken off."""
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
        for name, value, is_spread in (
            *_risks(one, figures, start),
            *_pensions(one, figures, start, age // 12),
        ):
            if is_spread:
                spread[name] = spread.get(name, Decimal(0)) + value * (until - start).days
            else:
                held[name] = value
    months_a_year = 12 * (end - first).days
    found = {**held, **{name: cents(value / months_a_year) for name, value in spread.items()}}
    for of, whole, part, rest in RESTS if found else ():
        found[f"{of}__{rest}"] = found[f"{of}__{whole}"] - found[f"{of}__{part}"]
    return found


def _wage(one: Employee, day: date, *, with_allowance: bool) -> tuple[Decimal, Decimal]:
    """The full-time wage a year with holiday allowance, and the part-time factor."""
    salary, factor = on(one.salary, day), on(one.part_time, day)
    assert salary is not None
    assert factor is not None
    counted = salary * 12 + (cents(one.allowance * 12 / factor) if with_allowance else 0)
    return cents(min(counted, Decimal(1_000_000)) * Decimal("1.08")), factor


def _base(wage: Decimal, most: Decimal, franchise: Decimal, factor: Decimal) -> Decimal:
    return cents(max(min(wage, most) - franchise, Decimal(0)) * factor)


def _pensions(one: Employee, figures: Figures, day: date, age: int) -> Iterator[tuple[str, Decimal, bool]]:
    with_allowance, factor = _wage(one, day, with_allowance=True)
    wage, _ = _wage(one, day, with_allowance=False)
    bases = {
        "retirement_pension": _base(with_allowance, figures.pension_cap, figures.franchise, factor),
        "career_average_pension": _base(wage, figures.pension_cap, figures.franchise, factor),
        "excedent_pension": _base(wage, figures.pension_cap, Decimal(75_864), factor),
    }
    rates = {"excedent_pension": (Decimal("0.125"), Decimal("0.0225"))}
    for of, base in bases.items():
        yield f"{of}__{'excedent_base' if of == 'excedent_pension' else 'pension_base'}", base, False
        whole, own = rates.get(of, (Decimal("0.265"), Decimal("0.0475")))
        yield f"{of}__contribution", base * whole, True
        yield f"{of}__employee_contribution", base * own, True
    yield "career_average_pension__accrual", bases["career_average_pension"] * Decimal("0.01875"), True
    net = _base(wage, wage, figures.pension_cap, factor)
    by_age = Decimal(4 + min(age, 69) // 5) + Decimal("0.25")
    yield "net_pension__net_base", net, False
    yield "net_pension__contribution", net * by_age / 100, True
    yield "net_pension__employer_contribution", min(net * Decimal("0.025"), net * by_age / 100), True


def _risks(one: Employee, figures: Figures, day: date) -> Iterator[tuple[str, Decimal, bool]]:
    wage, factor = _wage(one, day, with_allowance=False)
    risk = cents(min(wage, figures.pension_cap) * factor)
    yield "partner_pension__partner_sum_insured", cents(risk * Decimal("0.375")), False
    yield "partner_pension__partner_premium", risk * Decimal("0.0095"), True
    yield "orphan_pension__orphan_sum_insured", cents(risk * Decimal("0.125")), False
    yield "orphan_pension__orphan_premium", risk * Decimal("0.000625"), True
    actual = cents(wage * factor)
    insured = min(actual, figures.insured_wage_cap)
    yield "wga_gap__insured_wage", insured, True
    yield "wga_gap__employee_share", insured * Decimal("0.003125"), True
    death = cents(min(actual * Decimal("1.25"), Decimal(150_000)))
    disability = cents(min(actual * Decimal("2.5"), Decimal(250_000)))
    yield "accident__sum_insured_death", death, False
    yield "accident__sum_insured_disability", disability, False
    yield "accident__accident_premium", death * Decimal("0.000375") + disability * Decimal("0.000312"), True


def as_mapping(months: Sequence[Mapping[str, Decimal]], names: Sequence[str]) -> list[list[int]]:
    """In cents, a row for each amount; nothing is nought."""
    return [[int(month.get(name, Decimal(0)) * 100) for month in months] for name in names]
