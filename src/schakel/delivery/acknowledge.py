"""Acknowledging: what the carrier says of a message, and whether it holds what was told."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from schakel.connectors import carrier_channel
from schakel.connectors.carrier_channel import ParticipantState
from schakel.delivery import outbox
from schakel.delivery.ladder import State, move, take_answer
from schakel.delivery.models import CarrierMessage
from schakel.delivery.outbox import HeldMessage
from schakel.delivery.patience import before_next_question, before_next_reading, before_next_try
from schakel.delivery.sealed import open_state

QUESTIONS_IN_A_ROUND = 2_000
READINGS_IN_A_ROUND = 500  #: each with its whole state in memory

_WITH_THE_CARRIER = Q(state__in=(State.SENT, State.RECEIVED)) | Q(state=State.OVERDUE, attempts__gt=0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message the carrier has not decided on, as far as we know."""

    message_id: UUID
    link: UUID


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A message the carrier accepted, and what it should hold now."""

    policy_id: int
    employee_id: int
    message_id: UUID
    link: UUID
    told: ParticipantState = field(repr=False)


def waiting(now: datetime) -> list[Waiting]:
    """The messages to ask after now, oldest first. Each is handed out once until its next question."""
    rows = CarrierMessage.objects.filter(
        _WITH_THE_CARRIER, next_attempt_at__lte=now, policy__carrier__link__isnull=False
    )
    rows = rows.order_by("composed_at", "id").select_for_update(skip_locked=True, of=("self",))
    told = rows.values_list("id", "message_id", "policy__carrier__link", "state_since")
    found = list(told[:QUESTIONS_IN_A_ROUND])
    # Not again before the wait is over, so that a line that is down does not take the others' turn.
    outbox.set_aside({one: now + before_next_question(now - since) for one, _, _, since in found})
    return [Waiting(message_id, link) for _, message_id, link, _ in found]


def acknowledge(message_id: UUID, answer: carrier_channel.Acknowledgement | None, now: datetime) -> str:
    """Keep what the carrier says of a message; returns the state it is in now.

    None: it does not know the message, so that it goes out again, unless a newer one does.
    """
    message = outbox.locked(message_id)
    if answer is None:
        _not_known_there(message, now)
        outbox.keep(message, now)
        return str(message.state)
    next_question = message.next_attempt_at
    said = take_answer(message, answer, now)
    if message.state in (State.RECEIVED, State.OVERDUE):
        message.next_attempt_at = next_question
    outbox.keep(message, now, said)
    return str(message.state)


def to_verify(now: datetime) -> list[ToVerify]:
    """The accepted messages to read back now; of each employee and policy the newest that was not rejected.

    An older one has nothing to be compared with: the books hold the newer state.
    """
    newer = CarrierMessage.objects.filter(
        policy=OuterRef("policy"), employee=OuterRef("employee"), sequence__gt=OuterRef("sequence")
    ).exclude(state__in=(State.REJECTED, State.SUPERSEDED))
    rows = CarrierMessage.objects.filter(
        ~Exists(newer),
        state__in=(State.ACCEPTED, State.DIFFERENT),
        next_attempt_at__lte=now,
        policy__carrier__link__isnull=False,
    )
    rows = rows.order_by("composed_at", "id").select_for_update(skip_locked=True, of=("self",))
    told = rows.values_list(
        "id", "state_since", "policy_id", "employee_id", "message_id", "policy__carrier__link", "told"
    )
    found = list(told[:READINGS_IN_A_ROUND])
    outbox.set_aside({one: now + before_next_reading(now - since) for one, since, *_ in found})
    return [
        ToVerify(policy, employee, message_id, link, open_state(state))
        for _, _, policy, employee, message_id, link, state in found
    ]


def mark_verified(message_id: UUID, now: datetime) -> None:
    """Read back and equal: done, and so is everything this employee's policy was told before."""
    outbox.verified(message_id, now)


def mark_different(message_id: UUID, now: datetime) -> None:
    """Read back and not equal: read again later, since a carrier may book after it accepts."""
    message = outbox.locked(message_id)
    if message.state not in (State.ACCEPTED, State.DIFFERENT):
        return
    move(message, State.DIFFERENT, now)
    message.next_attempt_at = now + before_next_reading(now - message.state_since)
    outbox.keep(message, now)


def mark_overdue(now: datetime) -> int:
    """Everything without a verdict after its term. It is still sent and asked after; a verdict counts."""
    late = CarrierMessage.objects.filter(
        state__in=(State.DRAFTED, State.SENT, State.RECEIVED), due_at__lt=now
    )
    return int(late.update(state=State.OVERDUE, state_since=now))


def _not_known_there(message: HeldMessage, now: datetime) -> None:
    if message.state not in (State.SENT, State.RECEIVED, State.OVERDUE):
        return
    newer = CarrierMessage.objects.filter(
        policy=message.policy_id, employee=message.employee_id, sequence__gt=message.sequence
    ).exclude(state__in=(State.REJECTED, State.SUPERSEDED))
    message.receipt = ""
    if newer.exists():
        # Sent now, it would arrive after the state that replaces it.
        move(message, State.SUPERSEDED, now)
    elif message.state != State.OVERDUE:
        move(message, State.DRAFTED, now)
    message.next_attempt_at = now + before_next_try(message.attempts, None)
