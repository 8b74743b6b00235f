"""Messages to carriers: where each is on the ladder, what is stuck, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.employers import ChangeShown
from schakel.desk.words import Words

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
class DifferenceShown:
    """One thing the carrier holds that is not what we told it."""

    id: int
    employee_id: int
    employee_number: str
    employee_name: str
    employer_id: int
    carrier_name: str
    policy_number: str
    message_id: UUID
    what: str
    what_words: Words
    period: tuple[object, object] | None  #: (start, until) as dates
    ours: object
    theirs: object
    is_money: bool  #: `ours` and `theirs` are cents
    worth: int | None  #: cents; None when it cannot be said in money
    who: Words
    next_step: Words
    found_at: datetime
    resolved_at: datetime | None


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


def counts(visitor: Visitor, employer_id: int | None = None) -> Mapping[str, int]:
    """How many messages are in each state; for every role. Raises NotFound."""
    raise NotImplementedError


def messages(
    visitor: Visitor,
    now: datetime,
    *,
    employer_id: int | None = None,
    state: str = "",
    page: int = 1,
    per_page: int = 50,
) -> MessagesPage:
    """Messages, the newest first. `state`: a state, "stuck" (rejected, overdue, different), or empty."""
    raise NotImplementedError


def message(visitor: Visitor, message_id: UUID, now: datetime) -> MessagePage:
    """One message. Raises NotFound."""
    raise NotImplementedError


def differences(visitor: Visitor, employer_id: int | None = None) -> tuple[DifferenceShown, ...]:
    """What is open between us and the carriers, the largest worth first. Raises NotFound."""
    raise NotImplementedError
