"""What a payroll run paid, per wage code: `Reports_GetWageCodesByRunCompany_*`.

Nothing is stored: a run's amounts follow from the histories as the books knew them at its `run_at`, so an
approved run never changes and a TWK run shows exactly the difference. The codes and their names are ours: the
vendor's are set per environment. Taxes and premiums are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from schakel_simulators.nmbrs.books.environment import Company, Run, RunKind
from schakel_simulators.nmbrs.books.model import Employee, SalaryType
from schakel_simulators.nmbrs.books.periods import PayPeriod
from schakel_simulators.nmbrs.books.reading import fixed_in, salary_in, schedule_in, variable_in

SALARY = 1000
HOURLY_WAGE = 1100
ALLOWANCE = 2151
HOME_WORKING_DAYS = 2410
WAGE_CODES = {
    SALARY: "Salaris",
    HOURLY_WAGE: "Uurloon",
    ALLOWANCE: "Persoonlijke toeslag",
    2305: "Overwerk",
    HOME_WORKING_DAYS: "Thuiswerkdagen (aantal)",
    5991: "Pensioenpremie werknemer",
}
"""The wage codes of this environment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One wage code and its value in hundredths."""

    code: int
    description: str
    value: int


@dataclass(frozen=True, slots=True)
class Report:
    """What one run paid one employee for one period."""

    employee_id: int
    period: int
    year: int
    run_number: int
    lines: tuple[Line, ...]


def run_reports(
    company: Company, run: Run, employees: Iterable[Employee], code: int | None = None
) -> Iterator[Report]:
    """The reports of a run, by employee and period; with `code` only that wage code."""
    for employee in employees:
        if run.kind is RunKind.TWK and employee.id not in run.employee_ids:
            continue
        for number in range(run.period_start, run.period_end + 1):
            period = PayPeriod(company.kind, run.year, number)
            lines = _lines(company, run, employee, period)
            if code is not None:
                lines = tuple(line for line in lines if line.code == code)
            if lines:
                yield Report(employee.id, number, run.year, run.number, lines)


def _lines(company: Company, run: Run, employee: Employee, period: PayPeriod) -> tuple[Line, ...]:
    values = paid(employee, period, run.run_at)
    if run.kind is RunKind.TWK:
        before = _paid_before(company, run, employee, period)
        codes = sorted(values.keys() | before.keys())
        values = {code: values.get(code, 0) - before.get(code, 0) for code in codes}
    return tuple(
        Line(code, WAGE_CODES.get(code, f"Looncode {code}"), value)
        for code, value in sorted(values.items())
        if value
    )


def _paid_before(company: Company, run: Run, employee: Employee, period: PayPeriod) -> dict[int, int]:
    """What earlier runs paid for the period: what was known when the last of them ran."""
    moments = [
        other.run_at
        for other in company.runs
        if other.run_at < run.run_at
        and other.year == period.year
        and other.period_start <= period.number <= other.period_end
        and (other.kind is RunKind.NORMAL or employee.id in other.employee_ids)
    ]
    return paid(employee, period, max(moments)) if moments else {}


def paid(employee: Employee, period: PayPeriod, known_at: datetime) -> dict[int, int]:
    """What the period pays per wage code, as the books stood at that moment; empty when not in service."""
    days = _days_in_service(employee, period, known_at)
    if not days:
        return {}
    values: dict[int, int] = {}
    salary = salary_in(employee, period, known_at)
    schedule = schedule_in(employee, period, known_at)
    whole = (period.end_on - period.start_on).days + 1
    if salary is not None and schedule is not None:
        if salary.type is SalaryType.GROSS_HOURLY:
            weekly = sum(schedule.hours[:7])
            values[HOURLY_WAGE] = half_up(salary.value * weekly * days, 7 * 100)
        elif salary.type is SalaryType.GROSS_FULL_TIME:
            values[SALARY] = half_up(salary.value * schedule.part_time_percentage * days, 10_000 * whole)
        else:
            values[SALARY] = half_up(salary.value * days, whole)
    for fixed in fixed_in(employee, period, known_at):
        values[fixed.code] = values.get(fixed.code, 0) + fixed.value
    for variable in variable_in(employee, period, known_at):
        values[variable.code] = values.get(variable.code, 0) + variable.value
    return values


def _days_in_service(employee: Employee, period: PayPeriod, known_at: datetime) -> int:
    total = 0
    for one in employee.employments:
        if one.created_at > known_at:
            continue
        start = max(one.start_on, period.start_on)
        known_end = None if one.ended_at is not None and one.ended_at > known_at else one.end_on
        end = period.end_on if known_end is None else min(known_end, period.end_on)
        total += max(0, (end - start).days + 1)
    return min(total, (period.end_on - period.start_on).days + 1)


def half_up(numerator: int, denominator: int) -> int:
    """A quotient to the nearest whole, halves away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))
