"""The period clock of a company: closing a period runs it, approves its runs and opens the next."""

from dataclasses import replace
from datetime import datetime

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes.entered import Entered
from schakel_simulators.nmbrs.books.model import Employee, VariableComponent
from schakel_simulators.nmbrs.books.periods import PayPeriod
from schakel_simulators.nmbrs.books.reading import employment_in
from schakel_simulators.nmbrs.books.runs import normal_run, ran_at
from schakel_simulators.nmbrs.books.wage_codes import HOME_WORKING_DAYS


def next_period(books: Books, company_id: int) -> Entered:
    """The current period is run and approved, the next one opens, and the same home-working days are entered."""
    with books.changing() as at:
        company = books.company(company_id)
        closing, opening = company.period, company.period.following()
        run_at = max(at, ran_at(closing))
        number = 1 + sum(run.year == closing.year for run in company.runs)
        run = normal_run(books.ids.next("run"), number, closing, run_at)
        approved = tuple(replace(one, is_locked=True) for one in company.runs)
        copied = [
            _with_same_days(books, employee, closing, opening, run_at)
            for employee in books.employees_of(company_id)
        ]
        books.keep(
            employees=[one for one in copied if one is not None],
            companies=[replace(company, period=opening, runs=(*approved, run))],
            clock=run_at,
        )
        told = {"closed": str(closing), "current": str(opening), "run": str(run.id)}
        return Entered("next_period", run_at, company_id, told=told)


def _with_same_days(
    books: Books, employee: Employee, closing: PayPeriod, opening: PayPeriod, at: datetime
) -> Employee | None:
    days = [
        one
        for one in employee.variable_components
        if one.code == HOME_WORKING_DAYS and (one.year, one.period) == closing.place
    ]
    if not days or employment_in(employee, opening) is None:
        return None
    new = VariableComponent(
        books.ids.next("component"), HOME_WORKING_DAYS, days[-1].value, *opening.place, at
    )
    return replace(employee, variable_components=(*employee.variable_components, new))
