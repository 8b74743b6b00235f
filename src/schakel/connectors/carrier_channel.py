"""What a carrier channel is: the protocol, and the values that travel to and from a carrier.

A message is the *full state of one employee in one policy*, with what changed since the last one. A carrier's
"no" is a value, not an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class AmountInPeriod:
    """One amount for one stretch of time `[start, until)`, in cents (or the unit the quantity names)."""

    quantity: str  #: the engine's name: "contribution", "sum_insured_death"
    start: date
    until: date
    amount: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is about, as far as this carrier may know."""

    reference: str  #: our own stable reference of the employee; never the BSN
    employee_number: str
    initials: str
    prefix: str
    last_name: str
    birth_on: date
    bsn: str | None  #: only where the carrier's agreement names a legal basis
    partner_birth_on: date | None = None
    children_birth_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantState:
    """Everything one carrier should hold of one employee in one policy."""

    policy_number: str
    person: Person
    participates: tuple[tuple[date, date | None], ...]  #: half-open stretches, in order
    amounts: tuple[AmountInPeriod, ...]  #: in order of quantity, then start


@dataclass(frozen=True, slots=True)
class ChangedAmount:
    """What is new in this state: old and new amount (None: there was none)."""

    quantity: str
    start: date
    until: date
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has bytes."""

    message_id: str  #: UUID; the same at every resend
    sequence: int  #: rises per policy and employee; a carrier drops what is older than it has
    reason: str  #: "enrolment", "change", "withdrawal", "correction"
    composed_on: date
    state: ParticipantState
    changed: tuple[ChangedAmount, ...]


class Verdict(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class CarrierRemark:
    code: str
    what: str  #: in Dutch
    what_en: str = ""  #: in English, where the carrier says it


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A carrier's reply to one message. `received` means: still being looked at."""

    message_id: str
    verdict: Verdict
    receipt: str
    remarks: tuple[CarrierRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class CarrierProfile:
    """What can be set per carrier agreement; `settings` is the channel's own (address, log-in)."""

    channel: str
    settings: dict[str, Any]


class CarrierChannel(Protocol):
    """A line to one carrier. Errors are those of `connectors.errors`; a rejection is an Acknowledgement."""

    def compose(self, draft: Draft) -> bytes:
        """The bytes on the wire; the same draft gives the same bytes, for ever."""
        ...

    def submit(self, message_id: str, body: bytes) -> Acknowledgement:
        """Hand over one message; safe to repeat with the same id and bytes."""
        ...

    def acknowledgement(self, message_id: str) -> Acknowledgement | None:
        """What the carrier says of a message now; None when it does not know the message."""
        ...

    def read_back(self, policy_number: str, reference: str, on: date) -> ParticipantState | None:
        """What the carrier holds of one employee, as it applies on a date: participation and the amounts
        of every period known there; None when it holds nothing."""
        ...

    def close(self) -> None:
        """Give the connections back."""
        ...


def changed_amounts(
    before: Sequence[AmountInPeriod], after: Sequence[AmountInPeriod]
) -> tuple[ChangedAmount, ...]:
    """What differs between two states, per quantity and stretch; empty when nothing does."""
    old = {(a.quantity, a.start, a.until): a.amount for a in before}
    new = {(a.quantity, a.start, a.until): a.amount for a in after}
    return tuple(
        ChangedAmount(quantity, start, until, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        for quantity, start, until in (key,)
        if old.get(key) != new.get(key)
    )
