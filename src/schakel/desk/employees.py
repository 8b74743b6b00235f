"""Employees: the list of an employer, and one with facts, amounts, changes and messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.timezone import localdate

from schakel.delivery import queries as delivery
from schakel.desk import paging
from schakel.desk.access import Act, Visitor, employer_or_not_found, inside, not_found
from schakel.desk.benefits import BenefitAmounts, benefits_of
from schakel.desk.differences import DifferenceShown, differences_shown
from schakel.desk.fact_words import MASK
from schakel.desk.facts import FactShown, facts_of
from schakel.desk.issues import IssueShown
from schakel.desk.issues import shown as issues_shown
from schakel.desk.messages import MessageShown, messages_shown
from schakel.desk.revised import Revised, together
from schakel.desk.totals import revisions_shown
from schakel.intake import queries as intake
from schakel.participation import queries as participation
from schakel.reconciliation import queries as reconciliation
from schakel.records import queries as records
from schakel.records.timelines import identity_on
from schakel.tenancy.audit import record

LATEST = 50  #: revisions and messages on one employee's page
SHORTEST_REASON, LONGEST_REASON = 8, 200
NINE_DIGITS = re.compile(r"(\d[ .-]?){9}")


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
    reference: UUID
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
    revised: tuple[Revised, ...]  #: per delivery, the newest first
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
    now: datetime,
    search: str = "",
    which: Which = Which.IN_SERVICE,
    page: int = 1,
    per_page: int = 50,
) -> EmployeesPage:
    """Employees of one employer by last name, as they are on a day. Raises NotFound, AccessRefused.

    `search` finds a part of the last name or first name, or the start of the employee number.
    """
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer = employer_or_not_found(visitor, employer_id)
        with_issue = intake.employees_with_issue(employer_id)
        lines, total = records.employees(
            employer_id,
            on,
            search=search,
            kind=which,
            with_issue=with_issue,
            offset=paging.offset(page, per_page),
            limit=per_page,
        )
        ids = [line.id for line in lines]
        issues, stuck = intake.open_issues_by_employee(ids), delivery.stuck_by_employee(ids)
        counts = records.kinds_of(employer_id, on, with_issue)
        # What was searched for is a name, so the audit line leaves it out.
        record("see_employees", f"employer:{employer_id}", now, which=str(which), page=page)
    return EmployeesPage(
        employer_id,
        employer.name,
        on,
        tuple(_row(line, issues.get(line.id, 0), stuck.get(line.id, 0)) for line in lines),
        total,
        max(page, 1),
        paging.pages(total, per_page),
        {Which(kind): number for kind, number in counts.items()},
    )


def _row(line: records.EmployeeLine, open_issues: int, stuck_messages: int) -> EmployeeRow:
    return EmployeeRow(
        line.id,
        line.reference,
        line.employee_number,
        line.name,
        line.birth_on,
        line.is_in_service,
        line.since,
        line.until,
        open_issues,
        stuck_messages,
        line.last_seen_at,
    )


def employee(
    visitor: Visitor, employee_id: int, now: datetime, *, known_at: datetime | None = None
) -> EmployeePage:
    """One employee; facts and amounts as known on a moment when asked. Writes an audit line.

    Raises NotFound, AccessRefused.
    """
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = find(visitor, employee_id, now)
        record("see_employee", f"employee:{line.reference}", now)
        messages, _ = delivery.messages(employee_id=employee_id, limit=LATEST)
        issues = intake.issues(
            employer_id=None, employee_id=employee_id, who="", with_resolved=True, offset=0, limit=LATEST
        )
        return EmployeePage(
            id=line.id,
            reference=line.reference,
            employer_id=line.employer_id,
            employer_name=line.employer_name,
            employee_number=line.employee_number,
            name=line.name,
            birth_on=line.birth_on,
            bsn_is_known=line.bsn_is_known,
            bsn=MASK if line.bsn_is_known else "",
            is_in_service=line.is_in_service,
            since=line.since,
            until=line.until,
            last_seen_at=line.last_seen_at,
            facts=facts_of(employee_id, known_at),
            benefits=benefits_of(line.employer_id, employee_id, localdate(now), known_at),
            revised=together(
                revisions_shown(participation.revisions(employee_id=employee_id, limit=LATEST)), now
            ),
            messages=messages_shown(messages, now),
            differences=differences_shown(reconciliation.differences(employee_ids=(employee_id,))),
            issues=issues_shown(visitor, issues.rows, now),
            known_at=known_at,
        )


def named(visitor: Visitor, reference: UUID) -> int:
    """The employee that addresses call by our reference. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        found = records.id_of(reference)
        if found is None:
            raise not_found(visitor, f"employee:{reference}")
        return found


def find(visitor: Visitor, employee_id: int, now: datetime) -> records.EmployeeLine:
    """The employee, inside the visitor's scope. Raises NotFound."""
    line = records.line(employee_id, localdate(now))
    if line is None:
        raise not_found(visitor, f"employee:{employee_id}")
    return line


def reveal_bsn(visitor: Visitor, employee_id: int, reason: str, now: datetime) -> RevealedBsn:
    """Open the BSN, with an audit line that holds the reason.

    Raises ValueError for a reason that is too short or holds a BSN itself, NotFound when no BSN is known,
    AccessRefused.
    """
    told = " ".join(reason.split())
    if len(told) < SHORTEST_REASON or NINE_DIGITS.search(told):
        raise ValueError("a reason has at least eight characters, and no number of nine digits")
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = find(visitor, employee_id, now)
        bsn = identity_on(employee_id, localdate(now)).bsn
        if bsn is None:
            raise not_found(visitor, f"bsn of employee:{employee_id}")
        record("reveal_bsn", f"employee:{line.reference}", now, reason=told[:LONGEST_REASON])
    return RevealedBsn(bsn)
