"""What one simulated carrier has received, decided and holds; in memory, every version kept.

Nothing here knows of HTTP. Time is a function handed in, so that a test can decide when a message is due.
"""

import hashlib
import heapq
import hmac
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Literal

from schakel_simulators.carriers import checks
from schakel_simulators.carriers.checks import Kind, Reason
from schakel_simulators.carriers.told import FORMAT, Told, UnreadableError, read

Verdict = Literal["received", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy (or administration agreement) that this carrier knows."""

    number: str
    starts_on: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Twist:
    """What a fault does to the decision on one message."""

    reject: Reason | None = None
    amount_offset: int | None = None  #: accept, but hold the first amount this many cents off
    delay_seconds: float | None = None  #: decide this much later instead of after the usual delay


@dataclass(slots=True)
class Message:
    """One message id and everything that happened to it."""

    message_id: str
    told: Told
    sha256: str
    receipt: str
    due_at: float
    arrival: int
    twist: Twist
    deliveries: int = 1
    hashes: set[str] = field(default_factory=set)
    verdict: Verdict = "received"
    remarks: tuple[Reason, ...] = ()
    applied: int = 0  #: how often its state took effect; more than once is a fault of the carrier

    def answer(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "message_id": self.message_id,
            "verdict": self.verdict,
            "receipt": self.receipt,
            "remarks": [remark.as_dict() for remark in self.remarks],
        }

    def receipt_answer(self) -> dict[str, Any]:
        """The receipt as it was given the first time, whatever was decided since."""
        return self.answer() | {"verdict": "received", "remarks": []}


@dataclass(frozen=True, slots=True)
class Version:
    """One state that took effect."""

    sequence: int
    composed_on: date
    message_id: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Submitted:
    """The outcome of one delivery on the wire."""

    what: Literal["new", "again", "other-bytes"]
    message: Message


class Ledger:
    """The carrier's books."""

    def __init__(
        self,
        kind: Kind,
        policies: Sequence[Policy],
        *,
        seed: int,
        decide_after_seconds: float,
        clock: Callable[[], float],
        accept_any_policy: bool = False,
    ) -> None:
        self.kind: Kind = kind
        self.policies = {policy.number: policy for policy in policies}
        self.messages: dict[str, Message] = {}
        self.versions: dict[tuple[str, str], list[Version]] = {}
        self.decide_after_seconds = decide_after_seconds
        self.accept_any_policy = accept_any_policy
        self._seed = seed
        self._clock = clock
        self._waiting: list[tuple[float, int, str]] = []
        self._lock = threading.RLock()

    def add_policy(self, policy: Policy) -> None:
        """Know one more policy, or the same one with another start."""
        with self._lock:
            self.policies[policy.number] = policy

    def known(self, message_id: str) -> bool:
        """Whether this message id was delivered before."""
        with self._lock:
            return message_id in self.messages

    def submit(self, message_id: str, body: bytes, twist: Twist | None = None) -> Submitted:
        """Take in one delivery. Raises told.UnreadableError for a new id whose bytes are not a message."""
        sha256 = hashlib.sha256(body).hexdigest()
        with self._lock:
            held = self.messages.get(message_id)
            if held is not None:
                held.deliveries += 1
                held.hashes.add(sha256)
                return Submitted("again" if sha256 == held.sha256 else "other-bytes", held)
            told = read(body)
            if told.message_id != message_id:
                raise UnreadableError("other-message-id", ("/message_id",))
            twist = twist or Twist()
            delay = self.decide_after_seconds if twist.delay_seconds is None else twist.delay_seconds
            message = Message(
                message_id,
                told,
                sha256,
                self._receipt(message_id),
                self._clock() + delay,
                len(self.messages) + 1,  # the order of arrival
                twist,
                hashes={sha256},
            )
            self.messages[message_id] = message
            heapq.heappush(self._waiting, (message.due_at, message.arrival, message_id))
            self._decide_due()
            return Submitted("new", message)

    def answer(self, message_id: str) -> dict[str, Any] | None:
        """What the carrier says of one message now; None when it never came."""
        with self._lock:
            self._decide_due()
            message = self.messages.get(message_id)
            return None if message is None else message.answer()

    def held(self, policy_number: str, reference: str, on: date) -> dict[str, Any] | None:
        """The newest state composed on or before a date, as it is read back; None when there is none."""
        with self._lock:
            self._decide_due()
            known = [v for v in self.versions.get((policy_number, reference), ()) if v.composed_on <= on]
            if not known:
                return None
            version = max(known, key=lambda v: v.sequence)
            return {
                "format": FORMAT,
                "policy_number": policy_number,
                "on": on.isoformat(),
                "sequence": version.sequence,
                "message_id": version.message_id,
                **version.state,
            }

    def newest(self) -> list[tuple[str, str, Version, int]]:
        """Of every participant: policy, reference, the version in force, and how many came before it."""
        with self._lock:
            self._decide_due()
            return [
                (policy, reference, versions[-1], len(versions) - 1)
                for (policy, reference), versions in self.versions.items()
            ]

    def latest(self, most: int) -> list[Message]:
        """The messages that came last, newest first."""
        with self._lock:
            self._decide_due()
            return list(islice(reversed(self.messages.values()), most))

    def overview(self) -> dict[str, Any]:
        """The desk's figures: per message and per participant, without names or BSNs."""
        with self._lock:
            self._decide_due()
            messages = {
                m.message_id: {
                    "policy_number": m.told.policy_number,
                    "reference": m.told.person.reference,
                    "sequence": m.told.sequence,
                    "reason": m.told.reason,
                    "deliveries": m.deliveries,
                    "distinct_hashes": len(m.hashes),
                    "sha256": m.sha256,
                    "receipt": m.receipt,
                    "verdict": m.verdict,
                    "remarks": [remark.code for remark in m.remarks],
                    "applied": m.applied,
                }
                for m in self.messages.values()
            }
            effective = [
                {
                    "policy_number": policy,
                    "reference": reference,
                    "sequence": versions[-1].sequence,
                    "message_id": versions[-1].message_id,
                    "versions": len(versions),
                }
                for (policy, reference), versions in self.versions.items()
            ]
        return {"totals": _totals(messages, effective), "messages": messages, "effective": effective}

    def _receipt(self, message_id: str) -> str:
        prefix = "PF" if self.kind == "pension_provider" else "VZ"
        digest = hmac.new(str(self._seed).encode(), message_id.encode(), hashlib.sha256).hexdigest()
        return f"{prefix}-{digest[:12].upper()}"

    def _decide_due(self) -> None:
        """Decide what is due, in the order in which it became due; two due at once in order of arrival."""
        now = self._clock()
        while self._waiting and self._waiting[0][0] <= now:
            _, _, message_id = heapq.heappop(self._waiting)
            message = self.messages[message_id]
            message.verdict, message.remarks = self._decide(message)

    def _decide(self, message: Message) -> tuple[Verdict, tuple[Reason, ...]]:
        told, twist = message.told, message.twist
        if twist.reject is not None:
            return "rejected", (twist.reject,)
        found = checks.reasons(self.kind, told, self._starts_on(told.policy_number))
        if found:
            return "rejected", found
        versions = self.versions.setdefault((told.policy_number, told.person.reference), [])
        newest = versions[-1].sequence if versions else 0
        if told.sequence < newest:
            return "accepted", (checks.SUPERSEDED,)
        if told.sequence == newest:
            return "rejected", (checks.SEQUENCE_TAKEN,)
        state = told.state()
        if twist.amount_offset is not None:
            _hold_other(state, twist.amount_offset)
        versions.append(Version(told.sequence, told.composed_on, message.message_id, state))
        message.applied += 1
        return "accepted", ()

    def _starts_on(self, policy_number: str) -> date | None:
        policy = self.policies.get(policy_number)
        if policy is not None:
            return policy.starts_on
        return date.min if self.accept_any_policy else None


def _hold_other(state: dict[str, Any], offset: int) -> None:
    """Put something else in the books than was told: another amount, or without amounts no participation."""
    if state["amounts"]:
        state["amounts"][0]["amount"] += offset
    else:
        state["participates"] = []


def _totals(messages: dict[str, dict[str, Any]], effective: list[dict[str, Any]]) -> dict[str, int]:
    told = messages.values()
    return {
        "messages": len(messages),
        "deliveries": sum(m["deliveries"] for m in told),
        "wire_duplicates": sum(m["deliveries"] - 1 for m in told),
        "byte_differences": sum(m["distinct_hashes"] - 1 for m in told),
        "received": sum(m["verdict"] == "received" for m in told),
        "accepted": sum(m["verdict"] == "accepted" for m in told),
        "rejected": sum(m["verdict"] == "rejected" for m in told),
        "superseded": sum("superseded" in m["remarks"] for m in told),
        "applied": sum(m["applied"] for m in told),
        "effective": len(effective),
    }
