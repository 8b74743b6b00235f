"""What was entered, what it touches, and what the books refuse whoever enters it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import Employee, Salary
from schakel_simulators.nmbrs.books.periods import PayPeriod
from schakel_simulators.nmbrs.books.reading import latest
from schakel_simulators.nmbrs.books.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class Entered:
    """A change the books took: whose, when, and the TWK runs that settle it when it reaches back."""

    action: str
    entered_at: datetime
    company_id: int | None = None
    employee_id: int | None = None
    twk_run_ids: tuple[int, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


def refuse_too_far_back(company: Company, on: date) -> None:
    """The books hold the runs of this year and the last: what lies before cannot be settled."""
    first = min(((run.year, run.period_start) for run in company.runs), default=company.period.place)
    earliest = PayPeriod(company.kind, *first).start_on
    if on < earliest:
        raise RefusedError(
            "Zo ver terug zijn er geen verloningen om te verrekenen.",
            "That far back there are no runs to settle.",
            field="from",
            allowed=[f">= {earliest}"],
        )


def refuse_out_of_service(employee: Employee, on: date) -> None:
    """Pay, hours and wage components need a service interval that has not ended."""
    if any(one.start_on <= on and (one.end_on is None or one.end_on >= on) for one in employee.employments):
        return
    raise RefusedError(
        "Op deze datum is deze werknemer niet in dienst.",
        "This employee is not in service on this date.",
        field="from",
        allowed=[f"{one.start_on} .. {one.end_on or ''}".rstrip() for one in employee.employments],
    )


def refuse_unless_positive(value: int, field_name: str) -> None:
    """Amounts and hours are more than nothing."""
    if value <= 0:
        raise RefusedError(
            "Dit moet meer dan nul zijn.",
            "This must be more than zero.",
            field=field_name,
            allowed=["> 0"],
        )


def salary_on(employee: Employee, on: date) -> Salary:
    """The salary that holds on a day. Raises RefusedError when there is none."""
    salary = latest(employee.salaries, on)
    if salary is None:
        raise RefusedError(
            "Op deze datum heeft deze werknemer nog geen salaris.",
            "On this date this employee has no salary yet.",
            field="from",
            allowed=[f">= {min(one.start_on for one in employee.salaries)}"],
        )
    return salary
