"""Composing: the full state of one employee in one policy, with what changed, into the outbox.

It happens in the caller's transaction, so that the change and its message are kept together or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from schakel.connectors.carrier_channel import ChangedAmount, Draft, ParticipantState, changed_amounts
from schakel.delivery.ladder import State
from schakel.delivery.patience import ANSWER_TERM
from schakel.delivery.sealed import open_state, seal_body, seal_state
from schakel.engine.timeline import day_of
from schakel.tenancy.statements import as_json, ask

TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%(tenant)s || %(turn)s, 0))"

# What was told comes along of the newest two that stand: a new state is compared with those.
HISTORY = """
SELECT policy_id, id, sequence, state, CASE WHEN state <> 'superseded' AND row_number() OVER (
    PARTITION BY policy_id, state = 'superseded' ORDER BY sequence DESC) <= 2 THEN told END
FROM delivery_carriermessage
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s AND policy_id = ANY(%(policies)s)
ORDER BY sequence DESC
"""

TOLD = "SELECT told FROM delivery_carriermessage WHERE tenant_id = %(tenant)s AND id = %(id)s"

# A message gives way unless a try for it has begun; a try that is beginning now is waited for.
GIVE_WAY = """
UPDATE delivery_carriermessage SET state = 'superseded', state_since = %(now)s
WHERE tenant_id = %(tenant)s AND id = %(id)s AND attempts = 0 RETURNING id
"""

PUT = """
INSERT INTO delivery_carriermessage (
    tenant_id, policy_id, employee_id, message_id, sequence, reason, delivery, state, state_since, composed_at,
    body, told, changed, attempts, next_attempt_at, due_at, receipt, remarks, error_code, error_nl, error_en)
SELECT %(tenant)s, policy_id, %(employee)s, message_id, sequence, reason, %(delivery)s, 'drafted', %(now)s, %(now)s,
    body, told, changed, 0, %(now)s, %(due)s, '', '[]', '', '', ''
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    policy_id bigint, message_id uuid, sequence integer, reason text, body bytea, told bytea, changed jsonb)
"""


@dataclass(frozen=True, slots=True)
class ToTell:
    """A state for the carrier of a policy, and how that carrier's messages are spelled."""

    policy_id: int
    state: ParticipantState
    to_bytes: Callable[[Draft], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Told:
    """A message of before."""

    id: int
    sequence: int
    state: str
    sealed: bytes | None = field(repr=False)

    def what(self) -> ParticipantState:
        """What it told."""
        return open_state(self.sealed if self.sealed is not None else ask(TOLD, id=self.id)[0][0])


def compose(
    employee_id: int, states: Sequence[ToTell], now: datetime, delivery: UUID | None
) -> tuple[UUID, ...]:
    """Put states of one employee in the outbox; those that were told, or are about to be told, are left out.

    A message nobody tried to send yet gives way to the newer one. One that was tried may have arrived: it
    keeps its place, and the newer one waits behind it.
    """
    _take_turn(employee_id)
    history = _history(employee_id, [one.policy_id for one in states])
    drafts = [
        (one, draft)
        for one in states
        if (draft := _drafted(_in_order(one.state), history[one.policy_id], now)) is not None
    ]
    if drafts:
        rows = [
            {
                "policy_id": one.policy_id,
                "message_id": draft.message_id,
                "sequence": draft.sequence,
                "reason": draft.reason,
                "body": seal_body(one.to_bytes(draft)),
                "told": seal_state(draft.state),
                "changed": [_as_kept(each) for each in draft.changed],
            }
            for one, draft in drafts
        ]
        due = now + ANSWER_TERM
        ask(PUT, employee=employee_id, delivery=delivery, now=now, due=due, rows=as_json(rows))
    return tuple(UUID(draft.message_id) for _, draft in drafts)


def _drafted(told: ParticipantState, history: Sequence[_Told], now: datetime) -> Draft | None:
    """The message that tells a state, given every message before it, newest first; None when none need be."""
    standing = [one for one in history if one.state != State.SUPERSEDED]
    if standing and standing[0].what() == told:
        return None
    if standing and ask(GIVE_WAY, id=standing[0].id, now=now):
        standing = standing[1:]
        if standing and standing[0].what() == told:
            return None  # changed and changed back before anybody was told
    if not standing and not told.participates and not told.amounts:
        return None  # the carrier never heard of this employee, and need not
    # What was rejected never got into the books, so the change is told against what was told before it.
    before = next((one.what() for one in standing if one.state != State.REJECTED), None)
    return _draft(before, told, history[0].sequence + 1 if history else 1, day_of(now))


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


def _take_turn(employee_id: int) -> None:
    """One at a time for this employee, until the transaction ends."""
    ask(TAKE_TURN, turn=f"|message|{employee_id}")


def _history(employee_id: int, policy_ids: Sequence[int]) -> dict[int, list[_Told]]:
    """Every message of this employee in these policies, newest first."""
    found: dict[int, list[_Told]] = {policy: [] for policy in policy_ids}
    for policy, *told in ask(HISTORY, employee=employee_id, policies=list(policy_ids)):
        found[policy].append(_Told(*told))
    return found


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
