"""Sending: at least once on the wire, one after the other for each employee in each policy.

A try is written down before the wire is touched, and its outcome after; a process that dies between leaves a
try without an outcome, which is tried again with the same bytes under the same id.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from schakel.connectors.carrier_channel import Acknowledgement
from schakel.connectors.errors import (
    AlreadySubmitted,
    AuthorisationExpired,
    ConnectorError,
    RateLimited,
    RefusedByPeer,
    RightRefused,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.delivery import outbox
from schakel.delivery.ladder import IN_OUTBOX, UNDECIDED, State, move, take_answer
from schakel.delivery.models import CarrierMessage, Submission
from schakel.delivery.outbox import HeldMessage
from schakel.delivery.patience import LINE_WAIT, TRY, before_next_try, line_rests
from schakel.delivery.sealed import open_body

FAILURES_IN_A_ROW = 3  #: tries over one line before everything on it waits a little
LINE_FAILURES = frozenset(
    error.code
    for error in (TemporarilyUnavailable, RateLimited, AuthorisationExpired, RightRefused, UnexpectedFormat)
)
INTERRUPTED = "interrupted"  #: the outcome of a try whose process died


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One try that has begun: what goes over which line."""

    link: UUID
    message_id: UUID
    body: bytes = field(repr=False)
    attempt: int


def due(now: datetime, limit: int) -> list[UUID]:
    """The messages to hand over now, oldest first; of each employee and policy only the head of the queue.

    Asked anew each time, and never from a mark on: a message that commits late is not passed over.
    """
    rows = _heads(now).order_by("composed_at", "id")
    return list(rows.values_list("message_id", flat=True)[:limit])


def begin(message_id: UUID, now: datetime) -> Outgoing | None:
    """Begin one try; None when it is not this message's turn, or another process has it in hand."""
    begun = outbox.begin(message_id, now)
    if begun is None:
        return None
    link, attempt, body = begun
    return Outgoing(link, message_id, open_body(body), attempt)


def settle(message_id: UUID, attempt: int, outcome: Acknowledgement | ConnectorError, now: datetime) -> str:
    """Keep the outcome of a try; returns the state the message is in now. Settling twice changes nothing."""
    message = outbox.locked(message_id)
    if isinstance(outcome, Acknowledgement):
        outbox.keep(message, now, take_answer(message, outcome, now), attempt)
        return str(message.state)
    tries = Submission.objects.filter(message_id=message.id, attempt=attempt, finished_at=None)
    tries.update(finished_at=now, outcome=outcome.code)
    if isinstance(outcome, AlreadySubmitted):
        _arrived_before(message, now)
    elif message.attempts == attempt and _is_under_way(message):
        # An error only counts for the last try: an earlier one may have been given up for dead.
        _failed(message, outcome, now)
    outbox.keep(message, now)
    return str(message.state)


def rescue(now: datetime) -> int:
    """Put back what a process that died left under way. Returns how many."""
    Submission.objects.filter(finished_at=None, started_at__lte=now - TRY).update(
        finished_at=now, outcome=INTERRUPTED
    )
    left = CarrierMessage.objects.filter(state=State.SENDING, next_attempt_at__lte=now)
    return int(left.update(state=State.DRAFTED, state_since=now, next_attempt_at=now))


def _heads(now: datetime) -> Any:
    """Every message that may be tried now: none of the same employee and policy before it waits still."""
    older = CarrierMessage.objects.filter(
        IN_OUTBOX,
        policy=OuterRef("policy"),
        employee=OuterRef("employee"),
        sequence__lt=OuterRef("sequence"),
    )
    rows = CarrierMessage.objects.filter(IN_OUTBOX, next_attempt_at__lte=now)
    return rows.exclude(state=State.SENDING).filter(~Exists(older), policy__carrier__link__isnull=False)


def _link(message: HeldMessage) -> UUID:
    link: UUID = CarrierMessage.objects.values_list("policy__carrier__link", flat=True).get(id=message.id)
    return link


def _is_under_way(message: HeldMessage) -> bool:
    return message.state == State.SENDING or (message.state == State.OVERDUE and not message.receipt)


def _arrived_before(message: HeldMessage, now: datetime) -> None:
    """An earlier try did arrive: ask at once what became of it."""
    if message.state in UNDECIDED:
        message.next_attempt_at = now
    if message.state in (State.DRAFTED, State.SENDING):
        move(message, State.SENT, now)


def _failed(message: HeldMessage, error: ConnectorError, now: datetime) -> None:
    message.error_code = error.code
    message.error_nl, message.error_en = error.message("nl"), error.message("en")
    if isinstance(error, RefusedByPeer):
        # Trying again would be refused again. A person must look; a newer state goes out all the same.
        move(message, State.REJECTED, now)
        return
    if message.state == State.SENDING:
        move(message, State.DRAFTED, now)
    message.next_attempt_at = now + before_next_try(message.attempts, error)
    _rest_line(message, error, now)


def _rest_line(message: HeldMessage, error: ConnectorError, now: datetime) -> None:
    """Let the other messages of a line wait when it is the line that fails, so that other carriers go on.

    A carrier that is down costs a whole deadline for each try; a hundred of those would hold up everybody.
    """
    link = _link(message)
    rests = line_rests(error) or (LINE_WAIT if _keeps_failing(link) else None)
    if rests is not None:
        _postpone(link, now + rests)


def _keeps_failing(link: UUID) -> bool:
    tries = Submission.objects.filter(message__policy__carrier__link=link, finished_at__isnull=False)
    tries = tries.exclude(outcome=INTERRUPTED)  # says something of us, not of the line
    last = list(tries.order_by("-id").values_list("outcome", flat=True)[:FAILURES_IN_A_ROW])
    return len(last) == FAILURES_IN_A_ROW and LINE_FAILURES.issuperset(last)


def _postpone(link: UUID, until: datetime) -> None:
    waiting = CarrierMessage.objects.filter(IN_OUTBOX, policy__carrier__link=link, next_attempt_at__lt=until)
    waiting = waiting.exclude(state=State.SENDING)
    # Locked ones are passed over: whoever holds one decides on it, and nobody waits for us in a circle.
    free = waiting.select_for_update(skip_locked=True, of=("self",)).values_list("id", flat=True)
    CarrierMessage.objects.filter(id__in=list(free)).update(next_attempt_at=until)
