"""What holds in a pay period: the *current* answers of the vendor, read from the histories in the books.

*Current* means the company's current period, never today. Of rows that start on one day the newest
`created_at` holds. `known_at` reads as the books stood at that moment.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from schakel_simulators.nmbrs.books.model import (
    Address,
    Contract,
    Employee,
    EmployeeType,
    Employment,
    FixedComponent,
    InsuranceSettings,
    Salary,
    Schedule,
    VariableComponent,
)
from schakel_simulators.nmbrs.books.periods import PayPeriod


class _Dated(Protocol):
    @property
    def start_on(self) -> date: ...
    @property
    def created_at(self) -> datetime: ...


_Row = TypeVar("_Row", bound=_Dated)


def latest(rows: Iterable[_Row], on: date, known_at: datetime | None = None) -> _Row | None:
    """The row that holds on a day: of those that have started the latest start, then the newest entry."""
    started = [row for row in rows if row.start_on <= on and (known_at is None or row.created_at <= known_at)]
    return max(started, key=lambda row: (row.start_on, row.created_at), default=None)


def employee_type(employee: Employee, period: PayPeriod) -> EmployeeType:
    """Of which list the employee is: a leaver stays active until the period of leaving is closed."""
    if any(one.end_on is None or one.end_on >= period.start_on for one in employee.employments):
        if all(one.start_on > period.end_on for one in employee.employments):
            return EmployeeType.NEW_HIRE
        return EmployeeType.PAYROLL
    return EmployeeType.FORMER_PAYROLL


def employment_in(employee: Employee, period: PayPeriod) -> Employment | None:
    """The latest service interval that touches the period."""
    touching = [one for one in employee.employments if _touches(one.start_on, one.end_on, period)]
    return max(touching, key=lambda one: one.start_on, default=None)


def salary_in(employee: Employee, period: PayPeriod, known_at: datetime | None = None) -> Salary | None:
    """The salary at the end of the period."""
    return latest(employee.salaries, period.end_on, known_at)


def schedule_in(employee: Employee, period: PayPeriod, known_at: datetime | None = None) -> Schedule | None:
    """The schedule at the end of the period."""
    return latest(employee.schedules, period.end_on, known_at)


def schedules_until(employee: Employee, period: PayPeriod) -> tuple[Schedule, ...]:
    """`Schedule_GetList`: every schedule that had started by the end of the period, oldest first."""
    started = [one for one in employee.schedules if one.start_on <= period.end_on]
    return tuple(sorted(started, key=lambda one: (one.start_on, one.created_at)))


def addresses_in(employee: Employee, period: PayPeriod) -> tuple[Address, ...]:
    """One address per type, the default one first."""
    kinds = {one.type for one in employee.addresses}
    found = (
        latest([one for one in employee.addresses if one.type == kind], period.end_on)
        for kind in sorted(kinds)
    )
    return tuple(sorted((one for one in found if one is not None), key=lambda one: not one.is_default))


def contracts_in(employee: Employee, period: PayPeriod) -> tuple[Contract, ...]:
    """The contracts of the period: of each id the version that holds, when it touches the period."""
    versions: dict[int, Contract] = {}
    for one in sorted(employee.contracts, key=lambda row: (row.start_on, row.created_at)):
        if one.start_on <= period.end_on:
            versions[one.id] = one
    return tuple(one for one in versions.values() if _touches(one.start_on, one.end_on, period))


def insurance_in(employee: Employee, period: PayPeriod) -> InsuranceSettings | None:
    """The social-insurance settings of the period."""
    started = [one for one in employee.insurance if (one.start_year, one.start_period) <= period.place]
    return max(started, key=lambda one: (one.start_year, one.start_period, one.created_at), default=None)


def fixed_in(
    employee: Employee, period: PayPeriod, known_at: datetime | None = None
) -> tuple[FixedComponent, ...]:
    """The repeating wage components of the period, one per code: the latest start, then the newest entry."""
    holding: dict[int, FixedComponent] = {}
    for one in sorted(employee.fixed_components, key=lambda row: (row.start_on, row.created_at)):
        known = known_at is None or one.created_at <= known_at
        if known and one.start_on <= period.end_on:
            holding[one.code] = one
    return tuple(one for one in holding.values() if _touches(one.start_on, one.end_on, period))


def variable_in(
    employee: Employee, period: PayPeriod, known_at: datetime | None = None
) -> tuple[VariableComponent, ...]:
    """The wage components of this one period, one per code, the newest entry."""
    holding: dict[int, VariableComponent] = {}
    for one in sorted(employee.variable_components, key=lambda row: row.created_at):
        known = known_at is None or one.created_at <= known_at
        if known and (one.year, one.period) == period.place:
            holding[one.code] = one
    return tuple(holding.values())


def _touches(start_on: date, end_on: date | None, period: PayPeriod) -> bool:
    return start_on <= period.end_on and (end_on is None or end_on >= period.start_on)
