"""Questions about deliveries, when their answers came in, and issues."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from schakel.intake.models import Answer, Delivery, Issue, Receipt, ReceivedRecord

UNFINISHED = (Delivery.State.FETCHING, Delivery.State.APPLYING)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One reading of one entity."""

    reference: UUID
    source: UUID
    employer_id: int
    employer_name: str
    entity_key: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    current_period: Mapping[str, Any] | None
    employees: int
    changed: int
    calls: int
    resumed: int
    seconds: float
    guard: tuple[Mapping[str, Any], ...]
    error_code: str
    error_nl: str
    error_en: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue."""

    id: int
    employer_id: int
    employer_name: str
    employee_id: int | None
    code: str
    fact: str
    who: str
    message_nl: str
    message_en: str
    delivery: UUID
    opened_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issues:
    """A page of issues and how many there are."""

    rows: tuple[IssueLine, ...]
    total: int
    open_by_who: Mapping[str, int]


def deliveries(source: UUID, limit: int, state: str = "") -> list[DeliveryLine]:
    """The newest deliveries of one payroll link in scope."""
    rows = Delivery.objects.filter(source=source)
    if state:
        rows = rows.filter(state=state)
    return [_delivery(row) for row in rows.select_related("employer").order_by("-started_at", "-id")[:limit]]


def delivery(reference: UUID) -> DeliveryLine | None:
    """One delivery, if it is in scope."""
    row = Delivery.objects.filter(reference=reference).select_related("employer").first()
    return None if row is None else _delivery(row)


def _delivery(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        row.reference,
        row.source,
        row.employer_id,
        row.employer.name,
        row.entity_key,
        row.state,
        row.started_at,
        row.finished_at,
        row.current_period,
        row.employees,
        row.changed,
        row.calls,
        row.resumed,
        row.seconds,
        tuple(row.guard),
        row.error_code,
        row.error_nl,
        row.error_en,
    )


def sources_of(references: Collection[UUID]) -> dict[UUID, UUID]:
    """The payroll link each of these deliveries came over."""
    return dict(Delivery.objects.filter(reference__in=references).values_list("reference", "source"))


def received_at(answers: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], datetime]:
    """When these answers (delivery and SHA-256) first came in."""
    # By id, in steps: an answer that never changes has a receipt of every delivery there was.
    deliveries = Delivery.objects.filter(reference__in={reference for reference, _ in answers})
    references = dict(deliveries.values_list("id", "reference"))
    kept = Answer.objects.filter(sha256__in={sha256 for _, sha256 in answers})
    digests = dict(kept.values_list("id", "sha256"))
    rows = Receipt.objects.filter(delivery_id__in=references, answer_id__in=digests).order_by("-received_at")
    told = rows.values_list("delivery_id", "answer_id", "received_at")
    return {(references[delivery], digests[answer]): moment for delivery, answer, moment in told}


def open_issues_by_employer(employer_id: int | None = None) -> dict[int, int]:
    """How many issues are open at each employer in scope that has one, or at one of them."""
    rows = Issue.objects.filter(resolved_at=None)
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    counted = rows.values("employer_id").annotate(number=Count("id"))
    return {row["employer_id"]: row["number"] for row in counted.order_by()}


def open_issues_by_employee(employee_ids: Collection[int]) -> dict[int, int]:
    """How many issues are open for each of these employees that has one."""
    rows = Issue.objects.filter(resolved_at=None, employee_id__in=employee_ids).values("employee_id")
    return {row["employee_id"]: row["number"] for row in rows.annotate(number=Count("id")).order_by()}


def employees_with_issue(employer_id: int) -> frozenset[int]:
    """The employees of one employer who have an open issue."""
    rows = Issue.objects.filter(resolved_at=None, employer_id=employer_id, employee_id__isnull=False)
    return frozenset(rows.values_list("employee_id", flat=True))


def issues(
    *,
    employer_id: int | None,
    employee_id: int | None,
    who: str,
    with_resolved: bool,
    offset: int,
    limit: int,
) -> Issues:
    """Issues in scope: the open ones, oldest first, then the resolved ones when asked."""
    rows = Issue.objects.all()
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    if employee_id is not None:
        rows = rows.filter(employee_id=employee_id)
    waiting = rows.filter(resolved_at=None).values("who").annotate(number=Count("id")).order_by()
    by_who = {row["who"]: row["number"] for row in waiting}
    if who:
        rows = rows.filter(who=who)
    if not with_resolved:
        rows = rows.filter(resolved_at=None)
    page = rows.select_related("employer").order_by("-resolved_at", "opened_at", "id")
    return Issues(tuple(_issue(row) for row in page[offset : offset + limit]), rows.count(), by_who)


def _issue(row: Issue) -> IssueLine:
    return IssueLine(
        row.id,
        row.employer_id,
        row.employer.name,
        row.employee_id,
        row.code,
        row.fact,
        row.who,
        row.message_nl,
        row.message_en,
        row.delivery,
        row.opened_at,
        row.resolved_at,
    )


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """How far one reading of one entity is."""

    reference: UUID
    employer_id: int
    entity_key: str
    state: str
    answers: int  #: that came in
    answers_before: int  #: of the last reading that was applied; 0 when there was none
    records: int  #: that differ from what was applied before
    followed: int  #: of these


def readings(source: UUID, since: datetime) -> list[ReadingLine]:
    """The newest delivery of each entity of a link, as far as it was at work after a moment."""
    at_work = Delivery.objects.filter(source=source).filter(
        Q(started_at__gte=since) | Q(finished_at__gte=since) | Q(finished_at=None, state__in=UNFINISHED)
    )
    rows = at_work.order_by("employer_id", "entity_key", "-started_at", "-id")
    return [_reading(row) for row in rows.distinct("employer_id", "entity_key")]


def _reading(row: Delivery) -> ReadingLine:
    applied = Delivery.objects.filter(
        source=row.source,
        employer_id=row.employer_id,
        entity_key=row.entity_key,
        state=Delivery.State.APPLIED,
    )
    before = applied.exclude(id=row.id).order_by("-started_at").values_list("calls", flat=True).first()
    told = ReceivedRecord.objects.filter(delivery=row)
    records = told.aggregate(all=Count("id"), followed=Count("id", filter=Q(applied_at__isnull=False)))
    answers = Receipt.objects.filter(delivery=row).count()
    return ReadingLine(
        row.reference,
        row.employer_id,
        row.entity_key,
        row.state,
        answers,
        before or 0,
        records["all"],
        records["followed"],
    )
