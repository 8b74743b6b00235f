"""What a person must look at, and who must act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.desk import paging
from schakel.desk.access import Act, Visitor, employer_or_not_found, inside, not_found
from schakel.desk.fact_words import fact_words
from schakel.desk.words import WHO_ACTS, Words, said
from schakel.intake import queries as intake
from schakel.records import queries as records


@dataclass(frozen=True, slots=True)
class IssueShown:
    """One issue. An operator sees neither number nor name of the employee."""

    id: int
    employer_id: int
    employer_name: str
    employee_id: int | None
    employee_reference: UUID | None
    employee_number: str
    employee_name: str
    code: str
    fact: Words  #: the fact it is about; empty when none
    who: str  #: payroll, employer, adviser, operator
    who_words: Words
    message: Words  #: what happened and what to do next
    delivery: UUID
    opened_at: datetime
    age: timedelta
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuesPage:
    """A page of issues, and how many open ones wait for whom."""

    by_who: Mapping[str, int]
    rows: tuple[IssueShown, ...]
    total: int
    page: int
    pages: int


def issues(
    visitor: Visitor,
    now: datetime,
    *,
    employer_id: int | None = None,
    employee_id: int | None = None,
    who: str = "",
    with_resolved: bool = False,
    page: int = 1,
    per_page: int = 50,
) -> IssuesPage:
    """Issues, the oldest open one first. Raises NotFound for an employer or employee not for this visitor."""
    act = Act.SEE_EMPLOYERS if employee_id is None else Act.SEE_EMPLOYEES
    with inside(visitor, act):
        if employer_id is not None:
            employer_or_not_found(visitor, employer_id)
        if employee_id is not None and not records.called((employee_id,)):
            raise not_found(visitor, f"employee:{employee_id}")
        found = intake.issues(
            employer_id=employer_id,
            employee_id=employee_id,
            who=who,
            with_resolved=with_resolved,
            offset=paging.offset(page, per_page),
            limit=per_page,
        )
        rows = shown(visitor, found.rows, now)
    return IssuesPage(found.open_by_who, rows, found.total, max(page, 1), paging.pages(found.total, per_page))


def shown(visitor: Visitor, lines: Sequence[intake.IssueLine], now: datetime) -> tuple[IssueShown, ...]:
    """Issues as this visitor may see them; inside the visitor's scope."""
    ids = {line.employee_id for line in lines if line.employee_id is not None}
    people = records.called(ids) if visitor.may(Act.SEE_EMPLOYEES) else {}
    return tuple(_issue(line, people, now) for line in lines)


def _issue(line: intake.IssueLine, people: Mapping[int, records.Called], now: datetime) -> IssueShown:
    who = None if line.employee_id is None else people.get(line.employee_id)
    return IssueShown(
        id=line.id,
        employer_id=line.employer_id,
        employer_name=line.employer_name,
        employee_id=None if who is None else who.employee_id,
        employee_reference=None if who is None else who.reference,
        employee_number="" if who is None else who.employee_number,
        employee_name="" if who is None else who.name,
        code=line.code,
        fact=fact_words(line.fact),
        who=line.who,
        who_words=said(WHO_ACTS, line.who),
        message=Words(line.message_nl, line.message_en),
        delivery=line.delivery,
        opened_at=line.opened_at,
        age=now - line.opened_at,
        resolved_at=line.resolved_at,
    )
