"""What a clerk should not enter but a payroll may hold: for tests of whoever reads it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes.access import full_name
from schakel_simulators.nmbrs.books.changes.entered import Entered, salary_on
from schakel_simulators.nmbrs.books.environment import OPERATIONS
from schakel_simulators.nmbrs.books.model import Employment, Salary
from schakel_simulators.nmbrs.books.numbers import BIC, iban_of


def break_salary(books: Books, employee_id: int, *, value: int = -100_000) -> Entered:
    """A salary line below zero from the current period on."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        company = books.company(employee.company_id)
        start_on = company.period.start_on
        kind = salary_on(employee, company.period.end_on).type
        salary = Salary(books.ids.next("salary"), value, kind, start_on, at)
        books.keep(employees=[replace(employee, salaries=(*employee.salaries, salary))])
        return Entered("break_salary", at, company.id, employee_id)


def break_birth_date(books: Books, employee_id: int, *, birth_on: date | None = None) -> Entered:
    """A birth date in the future (a year from now), or any other that is given."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        wrong = birth_on or at.date() + timedelta(days=365)
        person = replace(employee.person, birth_on=wrong)
        books.keep(employees=[replace(employee, person=person)])
        return Entered("break_birth_date", at, employee.company_id, employee_id)


def break_bsn(books: Books, employee_id: int, *, bsn: str | None = None) -> Entered:
    """A BSN that fails the eleven test (the own one with another last digit), or any other text."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        own = employee.person.bsn
        wrong = f"{own[:-1]}{(int(own[-1:] or '0') + 1) % 10}" if bsn is None else bsn
        books.keep(employees=[replace(employee, person=replace(employee.person, bsn=wrong))])
        return Entered("break_bsn", at, employee.company_id, employee_id)


def change_iban(books: Books, employee_id: int, *, iban: str | None = None) -> Entered:
    """Another account for the salary: a valid one, or any text that is given."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        number = books.ids.next("bank_account")
        first, *others = employee.bank_accounts
        moved = replace(first, id=number, number=f"{number:010d}", iban=iban or iban_of(number), bic=BIC)
        books.keep(employees=[replace(employee, bank_accounts=(moved, *others))])
        return Entered("change_iban", at, employee.company_id, employee_id)


def overlap_employments(books: Books, employee_id: int) -> Entered:
    """Two service intervals at once: a second one since the current period, the first goes on."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        start_on = books.company(employee.company_id).period.start_on
        first = employee.employments[0].initial_start_on
        second = Employment(books.ids.next("employment"), at, start_on, None, first)
        books.keep(employees=[replace(employee, employments=(*employee.employments, second))])
        return Entered("overlap_employments", at, employee.company_id, employee_id)


def vanish(
    books: Books, employee_id: int, *, operations: Iterable[str] = (), is_gone: bool = True
) -> Entered:
    """Left out of the answers of those operations (of all when none is named), or back in them."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        named = frozenset(full_name(one) for one in operations) or OPERATIONS
        absent = employee.absent_from | named if is_gone else employee.absent_from - named
        books.keep(employees=[replace(employee, absent_from=absent)])
        return Entered("vanish", at, employee.company_id, employee_id, told={"operations": str(len(absent))})
