"""Pay: a raise, the correction of an earlier salary line, a wage component."""

from dataclasses import replace
from datetime import date

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes.entered import (
    Entered,
    refuse_out_of_service,
    refuse_too_far_back,
    refuse_unless_positive,
    salary_on,
)
from schakel_simulators.nmbrs.books.changes.settling import settle
from schakel_simulators.nmbrs.books.model import Employee, FixedComponent, Salary, VariableComponent
from schakel_simulators.nmbrs.books.periods import PayPeriod
from schakel_simulators.nmbrs.books.reading import latest
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.books.wage_codes import WAGE_CODES, half_up


def raise_salary(
    books: Books,
    employee_id: int,
    *,
    from_on: date,
    to: int | None = None,
    by_amount: int | None = None,
    by_percent: int | None = None,
) -> Entered:
    """Another salary from a day on, also months back: `to` or `by_amount` in cents, or `by_percent` in hundredths.

    Exactly one of the three is given. The salary keeps its type; of hourly wages the cents are per hour.
    """
    if [to, by_amount, by_percent].count(None) != 2:
        raise RefusedError(
            "Geef precies één van: nieuw bedrag, verhoging in euro, verhoging in procenten.",
            "Give exactly one of: the new amount, a raise in euros, a raise in percent.",
            field="to",
            allowed=["to", "amount", "percent"],
        )
    with books.changing() as at:
        employee = books.employee(employee_id)
        refuse_out_of_service(employee, from_on)
        before = salary_on(employee, from_on)
        if to is not None:
            value = to
        elif by_amount is not None:
            value = before.value + by_amount
        else:
            value = half_up(before.value * (10_000 + (by_percent or 0)), 10_000)
        refuse_unless_positive(value, "to")
        salary = Salary(books.ids.next("salary"), value, before.type, from_on, at)
        return _new_salary(books, employee, "raise", salary, before)


def correct_salary(books: Books, employee_id: int, *, start_on: date, to: int) -> Entered:
    """An earlier salary line corrected: the same first day, another amount, entered later; the newest holds."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        refuse_unless_positive(to, "to")
        lines = [one for one in employee.salaries if one.start_on == start_on]
        before = latest(lines, start_on)
        if before is None:
            raise RefusedError(
                "Op deze datum begint geen salarisregel van deze werknemer.",
                "No salary line of this employee starts on this date.",
                field="start",
                allowed=sorted({one.start_on.isoformat() for one in employee.salaries}),
            )
        salary = Salary(books.ids.next("salary"), to, before.type, start_on, at)
        return _new_salary(books, employee, "correct_salary", salary, before)


def _new_salary(books: Books, employee: Employee, action: str, salary: Salary, before: Salary) -> Entered:
    company = books.company(employee.company_id)
    refuse_too_far_back(company, salary.start_on)
    company, runs = settle(books, company, employee.id, salary.start_on, salary.created_at)
    changed = replace(employee, salaries=(*employee.salaries, salary))
    books.keep(employees=[changed], companies=[company])
    told = {"old": cents(before.value), "new": cents(salary.value), "from": salary.start_on.isoformat()}
    return Entered(action, salary.created_at, company.id, employee.id, runs, told)


def set_component(
    books: Books,
    employee_id: int,
    *,
    code: int,
    value: int,
    from_on: date | None = None,
    is_fixed: bool = True,
) -> Entered:
    """A wage component set to a value in hundredths; zero ends it.

    A fixed one repeats from the period of `from_on` on (the current one when not given). A variable one counts
    for the current period only, as the vendor's *current* call shows no other.
    """
    with books.changing() as at:
        employee = books.employee(employee_id)
        company = books.company(employee.company_id)
        if code not in WAGE_CODES:
            raise RefusedError(
                "Deze looncode bestaat hier niet.",
                "This wage code does not exist here.",
                field="code",
                allowed=[f"{known} {name}" for known, name in WAGE_CODES.items()],
            )
        start_on = from_on or company.period.start_on
        refuse_too_far_back(company, start_on)
        refuse_out_of_service(employee, max(start_on, employee.employments[-1].start_on))
        runs: tuple[int, ...] = ()
        if is_fixed:
            changed = _with_fixed(books, employee, FixedComponent(0, code, value, start_on, None, at))
            company, runs = settle(books, company, employee_id, start_on, at)
        else:
            _refuse_other_period(company.period, start_on)
            changed = _with_variable(
                books, employee, VariableComponent(0, code, value, *company.period.place, at)
            )
        books.keep(employees=[changed], companies=[company])
        return Entered(
            "set_component", at, company.id, employee_id, runs, {"code": str(code), "new": cents(value)}
        )


def _with_fixed(books: Books, employee: Employee, new: FixedComponent) -> Employee:
    """A value of zero is the end of the component: it stops the day before, and shows no more."""
    new = replace(new, id=books.ids.next("component"))
    if new.value:
        return replace(employee, fixed_components=(*employee.fixed_components, new))
    holding = latest([one for one in employee.fixed_components if one.code == new.code], new.start_on)
    if holding is None or holding.end_on is not None:
        raise RefusedError(
            "Deze looncomponent loopt niet, dus kan ook niet stoppen.",
            "This wage component does not run, so it cannot be ended.",
            field="code",
            allowed=["value > 0"],
        )
    ended = replace(holding, end_on=date.fromordinal(new.start_on.toordinal() - 1), created_at=new.created_at)
    return replace(employee, fixed_components=(*employee.fixed_components, ended))


def _with_variable(books: Books, employee: Employee, new: VariableComponent) -> Employee:
    place = (new.code, new.year, new.period)
    others = [one for one in employee.variable_components if (one.code, one.year, one.period) != place]
    rows = [*others, replace(new, id=books.ids.next("component"))] if new.value else others
    return replace(employee, variable_components=tuple(rows))


def _refuse_other_period(current: PayPeriod, on: date) -> None:
    if not current.start_on <= on <= current.end_on:
        raise RefusedError(
            "Een variabele looncomponent geldt alleen voor de huidige periode.",
            "A variable wage component is for the current period only.",
            field="from",
            allowed=[f"{current.start_on} .. {current.end_on}"],
        )


def cents(value: int) -> str:
    """Hundredths as a plain decimal: 360050 is `3600.50`."""
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"
