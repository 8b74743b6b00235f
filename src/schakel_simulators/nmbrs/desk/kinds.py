"""Kinds of employees, so that a test or the demo finds a fitting person without knowing anybody."""

from collections.abc import Callable, Iterator, Sequence

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import Employee, EmployeeType, SalaryType
from schakel_simulators.nmbrs.books.reading import (
    employee_type,
    employment_in,
    fixed_in,
    salary_in,
    schedule_in,
    variable_in,
)
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.books.wage_codes import HOME_WORKING_DAYS

PENSIONABLE_CAP = 13_780_000
"""Maximum pensionable salary a year in 2025 and 2026 (art. 18ga Wet LB), in cents."""
ENTRY_AGE = 18


def _in_service(employee: Employee, company: Company) -> bool:
    employment = employment_in(employee, company.period)
    return employment is not None and employment.end_on is None


def _is_hourly(employee: Employee, company: Company) -> bool:
    salary = salary_in(employee, company.period)
    return salary is not None and salary.type is SalaryType.GROSS_HOURLY


def _percentage(employee: Employee, company: Company) -> int:
    schedule = schedule_in(employee, company.period)
    return schedule.part_time_percentage if schedule else 0


def _is_above_cap(employee: Employee, company: Company) -> bool:
    """With eight percent of holiday allowance, for full-time work."""
    salary = salary_in(employee, company.period)
    if salary is None or salary.type is not SalaryType.GROSS_FULL_TIME:
        return False
    return salary.value * company.kind.per_year * 108 > PENSIONABLE_CAP * 100


def _is_young(employee: Employee, company: Company) -> bool:
    birth_on, end_on = employee.person.birth_on, company.period.end_on
    before_birthday = (end_on.month, end_on.day) < (birth_on.month, birth_on.day)
    return end_on.year - birth_on.year - before_birthday < ENTRY_AGE


def _works_at_home(employee: Employee, company: Company) -> bool:
    return any(one.code == HOME_WORKING_DAYS for one in variable_in(employee, company.period))


KINDS: dict[str, Callable[[Employee, Company], bool]] = {
    "in_service": _in_service,
    "leaver": lambda one, company: employee_type(one, company.period) is EmployeeType.FORMER_PAYROLL,
    "leaving": lambda one, company: (
        employee_type(one, company.period) is EmployeeType.PAYROLL and not _in_service(one, company)
    ),
    "rehired": lambda one, _: len(one.employments) > 1,
    "full_time": lambda one, company: (
        _in_service(one, company) and not _is_hourly(one, company) and _percentage(one, company) == 10_000
    ),
    "part_time": lambda one, company: (
        _in_service(one, company) and not _is_hourly(one, company) and 0 < _percentage(one, company) < 10_000
    ),
    "hourly": lambda one, company: _in_service(one, company) and _is_hourly(one, company),
    "above_cap": lambda one, company: _in_service(one, company) and _is_above_cap(one, company),
    "young": lambda one, company: _in_service(one, company) and _is_young(one, company),
    "with_partner": lambda one, _: one.partner is not None,
    "single": lambda one, _: one.partner is None,
    "with_children": lambda one, _: bool(one.children),
    "home_working": _works_at_home,
    "with_allowance": lambda one, company: bool(fixed_in(one, company.period)),
}
"""What each kind means in the current period of the employee's company."""


def find(
    books: Books,
    *,
    company_id: int | None,
    search: str = "",
    kinds: Sequence[str] = (),
    excluded: Sequence[str] = (),
) -> Iterator[Employee]:
    """The employees that are of all those kinds and of none of the excluded, in order of id."""
    for kind in (*kinds, *excluded):
        if kind not in KINDS:
            raise RefusedError(
                "Deze soort werknemer bestaat niet.",
                "There is no such kind of employee.",
                field="kind",
                allowed=sorted(KINDS),
            )
    companies = [books.company(company_id)] if company_id is not None else list(books.companies.values())
    words = search.casefold().split()
    for company in companies:
        for one in books.employees_of(company.id):
            if (
                _matches(one, words)
                and all(KINDS[kind](one, company) for kind in kinds)
                and not any(KINDS[kind](one, company) for kind in excluded)
            ):
                yield one


def _matches(employee: Employee, words: Sequence[str]) -> bool:
    if not words:
        return True
    person = employee.person
    text = (
        f"{person.first_name} {person.prefix} {person.last_name} {employee.number} {employee.id}".casefold()
    )
    return all(word in text for word in words)
