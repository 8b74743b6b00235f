"""Employees: the list of an employer, and one with facts, amounts, changes and messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.employers import RevisionShown
from schakel.desk.issues import IssueShown
from schakel.desk.messages import DifferenceShown, MessageShown
from schakel.desk.words import Words

MASK = "•••••••••"


class Which(StrEnum):
    """Which employees a list shows."""

    ALL = "all"
    IN_SERVICE = "in_service"
    LEFT = "left"
    WITH_ISSUE = "with_issue"


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """One employee in a list."""

    id: int
    employee_number: str
    name: str  #: "J.P. de Vries"
    birth_on: date | None
    is_in_service: bool
    since: date | None  #: start of the service of the day asked, or of the last one
    until: date | None  #: first day no longer in service
    open_issues: int
    stuck_messages: int  #: rejected, overdue or different
    last_seen_at: datetime | None  #: the last delivery that named this employee


@dataclass(frozen=True, slots=True)
class EmployeesPage:
    """A page of employees, and how many there are of each kind."""

    employer_id: int
    employer_name: str
    on: date
    rows: tuple[EmployeeRow, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Which, int]  #: without the search


@dataclass(frozen=True, slots=True)
class OriginShown:
    """Where a value came from, down to the place in the answer."""

    operation: str  #: as the payroll system calls it
    path: str  #: the place in the answer
    answer: str  #: SHA-256 of the answer, kept byte for byte
    delivery: UUID
    received_at: datetime | None  #: when that answer came in
    source_name: str  #: the name of the payroll link
    assumed_from: (
        date | None
    )  #: payroll told only the current value; taken to hold since the first day of service


@dataclass(frozen=True, slots=True)
class FactStep:
    """One value of one fact for one period, and since when we know."""

    start: date
    until: date | None
    value: Any  #: in the unit of the fact; text for objects; masked when sealed
    known_since: datetime
    known_until: datetime | None  #: None: still so; else superseded then
    origin: OriginShown


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact over time."""

    name: str
    words: Words
    unit: str  #: for `engine.explanation.shown`; "text" for what is text already
    is_sealed: bool
    is_read_by_rules: bool
    steps: tuple[FactStep, ...]  #: what is held now (or was on the moment asked), oldest first
    superseded: tuple[FactStep, ...]  #: what was believed earlier, the newest belief first


@dataclass(frozen=True, slots=True)
class QuantityShown:
    """One amount that a benefit gives."""

    name: str
    words: Words
    kind: str  #: spread (adds up over periods), held (as it stands), rest
    is_premium: bool  #: what is paid for the benefit, of which the employee and employer parts are parts


@dataclass(frozen=True, slots=True)
class PeriodAmounts:
    """The amounts of one wage period, in cents per quantity."""

    year: int
    number: int
    start: date
    until: date
    amounts: Mapping[str, int]
    known_from: datetime

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """Why a wage period could not be calculated, and who must act. Never a zero."""

    start: date
    until: date
    code: str
    who: Words
    message: Words


@dataclass(frozen=True, slots=True)
class BenefitAmounts:
    """One employee in one benefit."""

    participation_id: int
    benefit_id: int
    benefit: str
    words: Words
    scheme_name: str
    policy_number: str
    carrier_name: str
    stretches: tuple[tuple[date, date | None], ...]  #: in which the employee takes part
    takes_part: bool  #: on the day asked
    quantities: tuple[QuantityShown, ...]
    periods: tuple[PeriodAmounts, ...]  #: oldest first
    refusals: tuple[RefusalShown, ...]
    calculated_at: datetime
    facts_known_at: datetime


@dataclass(frozen=True, slots=True)
class EmployeePage:
    """One employee: who it is, and everything around it. The BSN is masked."""

    id: int
    reference: UUID  #: ours; what carriers know them by
    employer_id: int
    employer_name: str
    employee_number: str
    name: str
    birth_on: date | None
    bsn_is_known: bool
    bsn: str  #: masked; `reveal_bsn` opens it, with a reason
    is_in_service: bool
    since: date | None
    until: date | None
    last_seen_at: datetime | None
    facts: tuple[FactShown, ...]
    benefits: tuple[BenefitAmounts, ...]
    revisions: tuple[RevisionShown, ...]
    messages: tuple[MessageShown, ...]
    differences: tuple[DifferenceShown, ...]
    issues: tuple[IssueShown, ...]
    known_at: datetime | None  #: facts as known on this moment; None: now


@dataclass(frozen=True, slots=True)
class RevealedBsn:
    """A BSN that was opened for a reason. It does not show in a repr."""

    bsn: str = field(repr=False)


def employees(
    visitor: Visitor,
    employer_id: int,
    on: date,
    *,
    search: str = "",
    which: Which = Which.IN_SERVICE,
    page: int = 1,
    per_page: int = 50,
) -> EmployeesPage:
    """Employees of one employer by last name, as they are on a day. Raises NotFound, AccessRefused.

    `search` finds a part of the last name or first name, or the start of the employee number.
    """
    raise NotImplementedError


def employee(
    visitor: Visitor, employee_id: int, now: datetime, *, known_at: datetime | None = None
) -> EmployeePage:
    """One employee; facts as known on a moment when asked. Writes an audit line.

    Raises NotFound, AccessRefused.
    """
    raise NotImplementedError


def reveal_bsn(visitor: Visitor, employee_id: int, reason: str, now: datetime) -> RevealedBsn:
    """Open the BSN, with an audit line that holds the reason.

    Raises ValueError for a reason of fewer than eight characters, NotFound when there is none, AccessRefused.
    """
    raise NotImplementedError
