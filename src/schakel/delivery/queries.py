"""Questions about messages to carriers: how many are where, and the story of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from schakel.delivery.models import Acknowledgement, CarrierMessage, Submission

STUCK = (CarrierMessage.State.REJECTED, CarrierMessage.State.OVERDUE, CarrierMessage.State.DIFFERENT)
VERDICTS = ("received", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message, without its bytes."""

    id: int
    message_id: UUID
    policy_id: int
    employee_id: int
    employer_id: int
    sequence: int
    reason: str
    delivery: UUID | None
    state: str
    state_since: datetime
    composed_at: datetime
    changed: tuple[Mapping[str, Any], ...]
    attempts: int
    next_attempt_at: datetime
    due_at: datetime
    receipt: str
    remarks: tuple[Mapping[str, Any], ...]
    error_code: str
    error_nl: str
    error_en: str


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One try to hand a message over."""

    attempt: int
    started_at: datetime
    finished_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to one message, and when."""

    submissions: tuple[SubmissionLine, ...] = ()
    verdicts: tuple[tuple[str, datetime], ...] = ()  #: verdict, received at

    def verdict_at(self, verdict: str) -> datetime | None:
        """When the carrier first said this."""
        return next((moment for said, moment in self.verdicts if said == verdict), None)

    @property
    def handed_over_at(self) -> datetime | None:
        """When a try first got an answer."""
        return next((one.finished_at for one in self.submissions if one.outcome in VERDICTS), None)


STATES: tuple[str, ...] = tuple(state.value for state in CarrierMessage.State)


def states(employer_id: int | None = None) -> dict[str, int]:
    """How many messages in scope are in each state, of one employer when asked; zero too."""
    rows = CarrierMessage.objects.all()
    if employer_id is not None:
        rows = rows.filter(employee__employer_id=employer_id)
    # Every row, not every id: so that the count comes from the index alone.
    counted = rows.values("state").annotate(number=Count("*")).order_by()
    return dict.fromkeys(STATES, 0) | {row["state"]: row["number"] for row in counted}


def states_by_employer(employer_id: int | None = None) -> dict[int, dict[str, int]]:
    """How many messages are in each state, for each employer in scope that has one, or for one of them."""
    rows = CarrierMessage.objects.all()
    if employer_id is not None:
        rows = rows.filter(employee__employer_id=employer_id)
    found: dict[int, dict[str, int]] = {}
    for row in rows.values("employee__employer_id", "state").annotate(number=Count("*")).order_by():
        found.setdefault(row["employee__employer_id"], {})[row["state"]] = row["number"]
    return found


def stuck_by_employee(employee_ids: Collection[int]) -> dict[int, int]:
    """How many messages are stuck for each of these employees that has one."""
    rows = CarrierMessage.objects.filter(employee_id__in=employee_ids, state__in=STUCK)
    counted = rows.values("employee_id").annotate(number=Count("id")).order_by()
    return {row["employee_id"]: row["number"] for row in counted}


def messages(
    *,
    employer_id: int | None = None,
    employee_id: int | None = None,
    states: Collection[str] = (),
    offset: int = 0,
    limit: int = 200,
) -> tuple[list[MessageLine], int]:
    """Messages in scope, the newest first, and how many there are."""
    rows = CarrierMessage.objects.all()
    if employer_id is not None:
        rows = rows.filter(employee__employer_id=employer_id)
    if employee_id is not None:
        rows = rows.filter(employee_id=employee_id)
    if states:
        rows = rows.filter(state__in=states)
    page = rows.select_related("employee").defer("body", "told").order_by("-composed_at", "-id")
    return [_message(row) for row in page[offset : offset + limit]], rows.count()


def message(message_id: UUID) -> MessageLine | None:
    """One message, if it is in scope."""
    rows = (
        CarrierMessage.objects.filter(message_id=message_id).select_related("employee").defer("body", "told")
    )
    row = rows.first()
    return None if row is None else _message(row)


def _message(row: CarrierMessage) -> MessageLine:
    return MessageLine(
        row.id,
        row.message_id,
        row.policy_id,
        row.employee_id,
        row.employee.employer_id,
        row.sequence,
        row.reason,
        row.delivery,
        row.state,
        row.state_since,
        row.composed_at,
        tuple(row.changed),
        row.attempts,
        row.next_attempt_at,
        row.due_at,
        row.receipt,
        tuple(row.remarks),
        row.error_code,
        row.error_nl,
        row.error_en,
    )


def stories(ids: Collection[int]) -> dict[int, Story]:
    """What happened to each of these messages; two queries, however many there are."""
    tries: dict[int, list[SubmissionLine]] = {}
    for row in Submission.objects.filter(message_id__in=ids).order_by("attempt"):
        line = SubmissionLine(row.attempt, row.started_at, row.finished_at, row.outcome)
        tries.setdefault(row.message_id, []).append(line)
    said: dict[int, list[tuple[str, datetime]]] = {}
    for row in Acknowledgement.objects.filter(message_id__in=ids).order_by("received_at"):
        said.setdefault(row.message_id, []).append((row.verdict, row.received_at))
    return {one: Story(tuple(tries.get(one, ())), tuple(said.get(one, ()))) for one in ids}


def states_caused_by(deliveries: Collection[UUID], since: datetime) -> dict[UUID, dict[str, int]]:
    """How many messages composed after a moment are in each state, per payroll delivery that caused them."""
    rows = CarrierMessage.objects.filter(composed_at__gte=since, delivery__in=deliveries)
    found: dict[UUID, dict[str, int]] = {}
    for row in rows.values("delivery", "state").annotate(number=Count("id")).order_by():
        found.setdefault(row["delivery"], {})[row["state"]] = row["number"]
    return found
