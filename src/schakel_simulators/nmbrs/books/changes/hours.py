"""Hours: another schedule from a day on, with the contract, and the salary when it is paid as it stands."""

from dataclasses import replace
from datetime import date, datetime

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.careers import schedule_of
from schakel_simulators.nmbrs.books.changes.entered import (
    Entered,
    refuse_out_of_service,
    refuse_too_far_back,
    salary_on,
)
from schakel_simulators.nmbrs.books.changes.pay import cents
from schakel_simulators.nmbrs.books.changes.settling import settle
from schakel_simulators.nmbrs.books.model import Contract, Employee, Salary, SalaryType
from schakel_simulators.nmbrs.books.reading import latest
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.books.wage_codes import half_up

MOST_HOURS = 6000


def change_hours(books: Books, employee_id: int, *, from_on: date, hours: int) -> Entered:
    """Hours per week (hundredths) from a day on.

    A full-time salary (type 1) is multiplied by the part-time percentage, so only the schedule changes. A
    salary that is paid as it stands (type 2) gets a line of its own in proportion. An hourly wage stays.
    """
    if not 0 < hours <= MOST_HOURS:
        raise RefusedError(
            "Uren per week zijn meer dan 0 en hoogstens 60.",
            "Hours a week are more than 0 and at most 60.",
            field="hours",
            allowed=["0.01..60.00"],
        )
    with books.changing() as at:
        employee = books.employee(employee_id)
        company = books.company(employee.company_id)
        refuse_out_of_service(employee, from_on)
        refuse_too_far_back(company, from_on)
        before = latest(employee.schedules, from_on)
        old_hours = sum(before.hours[:7]) if before is not None else company.full_time_hours
        schedule = schedule_of(books.ids, company, hours, from_on, at)
        salary = salary_on(employee, from_on)
        salaries = employee.salaries
        if salary.type is SalaryType.GROSS_PART_TIME:
            value = half_up(salary.value * hours, old_hours)
            salaries = (*salaries, Salary(books.ids.next("salary"), value, salary.type, from_on, at))
        company, runs = settle(books, company, employee_id, from_on, at)
        changed = replace(
            employee,
            schedules=(*employee.schedules, schedule),
            salaries=salaries,
            contracts=(*employee.contracts, *_new_version(employee, hours, from_on, at)),
        )
        books.keep(employees=[changed], companies=[company])
        told = {"old": cents(old_hours), "new": cents(hours), "from": from_on.isoformat()}
        return Entered("hours", at, company.id, employee_id, runs, told)


def _new_version(employee: Employee, hours: int, on: date, at: datetime) -> list[Contract]:
    """The running contract with other hours, under its own id: the vendor shows one row per version."""
    running = [one for one in employee.contracts if one.end_on is None or one.end_on >= on]
    return [replace(running[-1], hours_per_week=hours, created_at=at)] if running else []
