"""What a person must look at, and who must act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.words import Words


@dataclass(frozen=True, slots=True)
class IssueShown:
    """One issue. An operator sees neither number nor name of the employee."""

    id: int
    employer_id: int
    employer_name: str
    employee_id: int | None
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
    raise NotImplementedError
