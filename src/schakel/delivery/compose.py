"""Composing: the full state of one employee in one policy, with what changed, into the outbox.

It happens in the caller's transaction, so that the change and its message are kept together or not at all.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection

from schakel.connectors.carrier_channel import ChangedAmount, Draft, ParticipantState, changed_amounts
from schakel.delivery.ladder import State
from schakel.delivery.models import CarrierMessage
from schakel.delivery.patience import ANSWER_TERM
from schakel.delivery.sealed import open_state, seal_body, seal_state
from schakel.engine.timeline import day_of
from schakel.tenancy.scope import current_scope


def compose(  # noqa: PLR0917 - one line in chain/steps.py names all six
    policy_id: int,
    employee_id: int,
    told: ParticipantState,
    to_bytes: Callable[[Draft], bytes],
    now: datetime,
    delivery: UUID | None,
) -> UUID | None:
    """Put a state in the outbox; None when it is the last one told, or about to be told, already.

    A message nobody tried to send yet gives way to the newer one. One that was tried may have arrived: it
    keeps its place, and the newer one waits behind it.
    """
    told = _in_order(told)
    _take_turn(policy_id, employee_id)
    history = _history(policy_id, employee_id)
    standing = [one for one in history if one.state != State.SUPERSEDED]
    if standing and open_state(standing[0].told) == told:
        return None
    if standing and _gives_way(standing[0], now):
        standing = standing[1:]
        if standing and open_state(standing[0].told) == told:
            return None  # changed and changed back before anybody was told
    if not standing and not told.participates and not told.amounts:
        return None  # the carrier never heard of this employee, and need not
    # What was rejected never got into the books, so the change is told against what was told before it.
    before = next((open_state(one.told) for one in standing if one.state != State.REJECTED), None)
    draft = _draft(before, told, history[0].sequence + 1 if history else 1, day_of(now))
    CarrierMessage.objects.create(
        policy_id=policy_id,
        employee_id=employee_id,
        message_id=UUID(draft.message_id),
        sequence=draft.sequence,
        reason=draft.reason,
        delivery=delivery,
        state_since=now,
        composed_at=now,
        body=seal_body(to_bytes(draft)),
        told=seal_state(told),
        changed=[_as_kept(one) for one in draft.changed],
        next_attempt_at=now,
        due_at=now + ANSWER_TERM,
    )
    return UUID(draft.message_id)


def reason_for(
    before: ParticipantState | None, after: ParticipantState, changed: tuple[ChangedAmount, ...], on: date
) -> str:
    """Why a carrier is told: a correction is about a period that is over, of which something was told."""
    if not after.participates:
        return "withdrawal"
    if before is None or not before.participates or _is_open(after) > _is_open(before):
        return "enrolment"
    if _is_open(before) > _is_open(after):
        return "withdrawal"
    if any(one.old is not None and one.until <= on for one in changed):
        return "correction"
    return "change"


def _is_open(state: ParticipantState) -> bool:
    return any(until is None for _, until in state.participates)


def _in_order(state: ParticipantState) -> ParticipantState:
    """The same state however it was gathered."""
    return replace(
        state,
        participates=tuple(sorted(state.participates, key=lambda stretch: stretch[0])),
        amounts=tuple(sorted(state.amounts, key=lambda a: (a.quantity, a.start, a.until))),
    )


def _take_turn(policy_id: int, employee_id: int) -> None:
    """One at a time for this employee in this policy, until the transaction ends."""
    turn = f"{current_scope().tenant_id}|message|{policy_id}|{employee_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [turn])


def _history(policy_id: int, employee_id: int) -> list[CarrierMessage]:
    """Every message of this employee in this policy, newest first, what is sealed when it is read."""
    rows = CarrierMessage.objects.filter(policy_id=policy_id, employee_id=employee_id)
    return list(rows.defer("body", "told").order_by("-sequence"))


def _gives_way(message: CarrierMessage, now: datetime) -> bool:
    """Replace a message unless a try for it has begun; a try that is beginning now is waited for."""
    untried = CarrierMessage.objects.filter(id=message.id, attempts=0)
    return untried.update(state=State.SUPERSEDED, state_since=now) == 1


def _draft(before: ParticipantState | None, told: ParticipantState, sequence: int, on: date) -> Draft:
    changed = changed_amounts(before.amounts if before else (), told.amounts)
    return Draft(str(uuid4()), sequence, reason_for(before, told, changed, on), on, told, changed)


def _as_kept(one: ChangedAmount) -> dict[str, str | int | None]:
    return {
        "quantity": one.quantity,
        "start": one.start.isoformat(),
        "until": one.until.isoformat(),
        "old": one.old,
        "new": one.new,
    }
