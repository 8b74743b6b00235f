"""Messages to carriers: where each is on the ladder, what is stuck, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.delivery import queries as delivery
from schakel.desk import paging
from schakel.desk.access import Act, Visitor, employer_or_not_found, inside, not_found
from schakel.desk.around import Around, told_with
from schakel.desk.differences import DifferenceShown, differences_shown
from schakel.desk.totals import ChangeShown, changes_shown
from schakel.desk.words import (
    MESSAGE_NEXT_STEPS,
    MESSAGE_REASONS,
    MESSAGE_STATES,
    NOTHING,
    WHO_ACTS,
    Words,
    said,
)
from schakel.reconciliation import queries as reconciliation

LADDER = ("drafted", "sent", "received", "accepted", "verified")
"""The rungs a message climbs; the other states leave the ladder."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder, and when it was reached (None: not yet, or nobody noted when)."""

    state: str
    words: Words
    is_reached: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """What the carrier said."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class MessageShown:
    """One message."""

    message_id: UUID
    employer_id: int
    employer_name: str
    employee_id: int
    employee_reference: UUID
    employee_number: str
    employee_name: str
    carrier_name: str
    policy_number: str
    sequence: int
    reason: str  #: enrolment, change, withdrawal, correction
    reason_words: Words
    state: str
    state_words: Words
    state_since: datetime
    composed_at: datetime
    due_at: datetime
    is_overdue: bool  #: not accepted by `due_at`
    attempts: int
    next_attempt_at: datetime | None  #: None: no further try is planned
    receipt: str
    ladder: tuple[Rung, ...]
    remarks: tuple[RemarkShown, ...]
    error_code: str
    error: Words
    who: Words  #: who must act; empty when nobody
    next_step: Words  #: empty when nothing is to be done
    changed: tuple[ChangeShown, ...]
    delivery: UUID | None


@dataclass(frozen=True, slots=True)
class SubmissionShown:
    """One try to hand the message over."""

    attempt: int
    started_at: datetime
    finished_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message with its tries and the differences found after it."""

    message: MessageShown
    submissions: tuple[SubmissionShown, ...]
    differences: tuple[DifferenceShown, ...]


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """A page of messages, and how many there are in each state."""

    counts: Mapping[str, int]  #: every state, zero too, in the order of the ladder
    rows: tuple[MessageShown, ...]
    total: int
    page: int
    pages: int


STUCK = ("rejected", "overdue", "different")
UNDECIDED = frozenset({"drafted", "sending", "sent", "received"})


def counts(visitor: Visitor, employer_id: int | None = None) -> Mapping[str, int]:
    """How many messages are in each state; for every role. Raises NotFound."""
    with inside(visitor, Act.SEE_EMPLOYERS):
        if employer_id is not None:
            employer_or_not_found(visitor, employer_id)
        return delivery.states(employer_id)


def messages(
    visitor: Visitor,
    now: datetime,
    *,
    employer_id: int | None = None,
    state: str = "",
    page: int = 1,
    per_page: int = 50,
) -> MessagesPage:
    """Messages, the newest first. `state`: a state, "stuck" (rejected, overdue, different), or empty.

    Raises NotFound, AccessRefused; ValueError for a state that is none.
    """
    if state not in {"", "stuck", *delivery.STATES}:
        raise ValueError(f"a message is never {state!r}")
    with inside(visitor, Act.SEE_EMPLOYEES):
        if employer_id is not None:
            employer_or_not_found(visitor, employer_id)
        states = STUCK if state == "stuck" else (state,) if state else ()
        lines, total = delivery.messages(
            employer_id=employer_id,
            states=states,
            offset=paging.offset(page, per_page),
            limit=per_page,
        )
        return MessagesPage(
            delivery.states(employer_id),
            messages_shown(lines, now),
            total,
            max(page, 1),
            paging.pages(total, per_page),
        )


def message(visitor: Visitor, message_id: UUID, now: datetime) -> MessagePage:
    """One message. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = delivery.message(message_id)
        if line is None:
            raise not_found(visitor, f"message:{message_id}")
        story = delivery.stories((line.id,))[line.id]
        found = reconciliation.differences(message_id=message_id, with_resolved=True)
        (shown,) = messages_shown((line,), now)
        return MessagePage(
            shown,
            tuple(
                SubmissionShown(one.attempt, one.started_at, one.finished_at, one.outcome)
                for one in story.submissions
            ),
            differences_shown(found),
        )


def messages_shown(lines: Sequence[delivery.MessageLine], now: datetime) -> tuple[MessageShown, ...]:
    """Messages with names and words; inside a visitor's scope, the same few queries for one as for many."""
    around = told_with({line.employee_id for line in lines}, {line.policy_id for line in lines})
    stories = delivery.stories([line.id for line in lines])
    return tuple(_message(line, stories[line.id], around, now) for line in lines)


def _message(
    line: delivery.MessageLine, story: delivery.Story, around: Around, now: datetime
) -> MessageShown:
    who, policy = around.people[line.employee_id], around.policies[line.policy_id]
    is_overdue = line.state == "overdue" or (line.state in UNDECIDED and line.due_at < now)
    acts, step = _next_step(line, is_overdue=is_overdue)
    return MessageShown(
        message_id=line.message_id,
        employer_id=line.employer_id,
        employer_name=around.employers[line.employer_id],
        employee_id=line.employee_id,
        employee_reference=who.reference,
        employee_number=who.employee_number,
        employee_name=who.name,
        carrier_name=policy.carrier_name,
        policy_number=policy.number,
        sequence=line.sequence,
        reason=line.reason,
        reason_words=said(MESSAGE_REASONS, line.reason),
        state=line.state,
        state_words=said(MESSAGE_STATES, line.state),
        state_since=line.state_since,
        composed_at=line.composed_at,
        due_at=line.due_at,
        is_overdue=is_overdue,
        attempts=line.attempts,
        next_attempt_at=line.next_attempt_at if line.state in UNDECIDED or is_overdue else None,
        receipt=line.receipt,
        ladder=_ladder(line, story),
        remarks=tuple(
            RemarkShown(one["code"], Words(one["what"], one.get("what_en") or one["what"]))
            for one in line.remarks
        ),
        error_code=line.error_code,
        error=Words(line.error_nl, line.error_en),
        who=said(WHO_ACTS, acts) if acts else NOTHING,
        next_step=step,
        changed=changes_shown(line.changed),
        delivery=line.delivery,
    )


def _next_step(line: delivery.MessageLine, *, is_overdue: bool) -> tuple[str, Words]:
    if line.state in {"rejected", "different"}:
        return ("adviser" if line.state == "rejected" else "carrier"), MESSAGE_NEXT_STEPS[line.state]
    if is_overdue:
        return "carrier", MESSAGE_NEXT_STEPS["overdue"]
    if line.error_code:
        return "", MESSAGE_NEXT_STEPS["tried again"]
    return "", NOTHING


def _ladder(line: delivery.MessageLine, story: delivery.Story) -> tuple[Rung, ...]:
    """How far the message is known to have come; a rung that was passed over has no moment of its own."""
    moments = {
        "drafted": line.composed_at,
        "sent": story.handed_over_at,
        "received": story.verdict_at("received"),
        "accepted": story.verdict_at("accepted"),
        "verified": line.state_since if line.state == "verified" else None,
    }
    known = [state for state in LADDER if moments[state] is not None or state == line.state]
    if line.state == "different":
        known.append("accepted")
    top = max(LADDER.index(state) for state in known)
    return tuple(
        Rung(state, said(MESSAGE_STATES, state), index <= top, moments[state])
        for index, state in enumerate(LADDER)
    )
