"""A carrier in memory, for tests of the chain: what it says, when, and what it holds is scripted.

It passes the same conformity suite as the real channel: tests/connectors/carriers/test_carrier_conformity.py.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from schakel.connectors.carrier_channel import (
    Acknowledgement,
    AmountInPeriod,
    CarrierRemark,
    Draft,
    ParticipantState,
    Person,
    Verdict,
)
from schakel.connectors.carriers.schakel_json.format import message_bytes
from schakel.connectors.errors import ConnectorError, RefusedByPeer, TemporarilyUnavailable

Operation = Literal["submit", "acknowledgement", "read_back"]
Decision = Callable[[ParticipantState], tuple[CarrierRemark, ...]]

SUPERSEDED = CarrierRemark("superseded", "Wij hebben al een nieuwere stand.", "We hold a newer state.")
SEQUENCE_TAKEN = CarrierRemark("sequence-taken", "Volgnummer al gebruikt.", "Sequence number already used.")


def accept(state: ParticipantState) -> tuple[CarrierRemark, ...]:
    """A carrier that finds everything in order."""
    return ()


@dataclass(slots=True)
class _Message:
    body: bytes
    sequence: int
    composed_on: date
    state: ParticipantState
    answer: Acknowledgement


@dataclass(frozen=True, slots=True)
class _Version:
    sequence: int
    composed_on: date
    state: ParticipantState


class FakeCarrier:
    """A CarrierChannel without a network.

    `decide` gives the reasons to reject a state; none means accept. With `is_slow` a verdict comes only when
    the test calls `decide_now()`. `fail` and `lose_answer` script what goes wrong; `hold` puts something else
    in the books than was told. Several channels may share one carrier: hand the same object out twice.
    """

    def __init__(self, decide: Decision = accept, *, is_slow: bool = False) -> None:
        self.decide = decide
        self.is_slow = is_slow
        self.deliveries: Counter[str] = Counter()  #: per message id, as on the wire
        self.asked: Counter[Operation] = Counter()
        self.closed = 0
        self._messages: dict[str, _Message] = {}
        self._versions: dict[tuple[str, str], list[_Version]] = {}
        self._overridden: dict[tuple[str, str], ParticipantState | None] = {}
        self._failures: dict[Operation, list[ConnectorError]] = {}
        self._lost = 0

    def compose(self, draft: Draft) -> bytes:
        """The bytes on the wire; the same draft gives the same bytes, for ever."""
        return message_bytes(draft)

    def submit(self, message_id: str, body: bytes) -> Acknowledgement:
        """Hand over one message; safe to repeat with the same id and bytes."""
        self._begin("submit")
        self.deliveries[message_id] += 1
        known = self._messages.get(message_id)
        if known is not None and known.body != body:
            raise RefusedByPeer(operation="submit")
        if known is None:
            known = self._messages[message_id] = _read(message_id, body, receipt=len(self._messages) + 1)
            if not self.is_slow:
                self._decide(known)
        if self._lost:
            self._lost -= 1
            raise TemporarilyUnavailable(operation="submit")
        return replace(known.answer, verdict=Verdict.RECEIVED, remarks=())

    def acknowledgement(self, message_id: str) -> Acknowledgement | None:
        """What the carrier says of a message now; None when it does not know the message."""
        self._begin("acknowledgement")
        known = self._messages.get(message_id)
        return None if known is None else known.answer

    def read_back(self, policy_number: str, reference: str, on: date) -> ParticipantState | None:
        """What the carrier holds of one employee on a date; None when it holds nothing."""
        self._begin("read_back")
        key = (policy_number, reference)
        if key in self._overridden:
            return self._overridden[key]
        known = [v for v in self._versions.get(key, ()) if v.composed_on <= on]
        return max(known, key=lambda v: v.sequence).state if known else None

    def close(self) -> None:
        """Count it; a fake has no connections."""
        self.closed += 1

    # What a test scripts and looks at.

    def fail(self, operation: Operation, *errors: ConnectorError) -> None:
        """The next requests of this operation raise these, one each, and nothing is done."""
        self._failures.setdefault(operation, []).extend(errors)

    def lose_answer(self, times: int = 1) -> None:
        """The next messages are taken in, but the answer does not arrive."""
        self._lost += times

    def decide_now(self) -> None:
        """Give the verdict on everything that waits, in order of arrival."""
        for message in self._messages.values():
            if message.answer.verdict is Verdict.RECEIVED:
                self._decide(message)

    def hold(self, policy_number: str, reference: str, state: ParticipantState | None) -> None:
        """From now on hold this of a participant, whatever is told."""
        self._overridden[policy_number, reference] = state

    def bodies(self) -> dict[str, bytes]:
        """Every message by id, as it first came."""
        return {message_id: message.body for message_id, message in self._messages.items()}

    def _begin(self, operation: Operation) -> None:
        self.asked[operation] += 1
        failures = self._failures.get(operation)
        if failures:
            raise failures.pop(0)

    def _decide(self, message: _Message) -> None:
        key = (message.state.policy_number, message.state.person.reference)
        versions = self._versions.setdefault(key, [])
        newest = versions[-1].sequence if versions else 0
        reasons = self.decide(message.state)
        if not reasons and message.sequence == newest:
            reasons = (SEQUENCE_TAKEN,)
        if reasons:
            message.answer = replace(message.answer, verdict=Verdict.REJECTED, remarks=reasons)
        elif message.sequence < newest:
            message.answer = replace(message.answer, verdict=Verdict.ACCEPTED, remarks=(SUPERSEDED,))
        else:
            versions.append(_Version(message.sequence, message.composed_on, message.state))
            message.answer = replace(message.answer, verdict=Verdict.ACCEPTED)


def _read(message_id: str, body: bytes, receipt: int) -> _Message:
    told = json.loads(body)
    answer = Acknowledgement(message_id, Verdict.RECEIVED, f"FAKE-{receipt:06d}")
    return _Message(body, told["sequence"], date.fromisoformat(told["composed_on"]), _state(told), answer)


def _state(told: dict[str, Any]) -> ParticipantState:
    person = told["person"]
    return ParticipantState(
        policy_number=told["policy_number"],
        person=Person(
            reference=person["reference"],
            employee_number=person["employee_number"],
            initials=person["initials"],
            prefix=person["prefix"],
            last_name=person["last_name"],
            birth_on=date.fromisoformat(person["birth_on"]),
            bsn=person["bsn"],
            partner_birth_on=_date(person["partner_birth_on"]),
            children_birth_on=tuple(date.fromisoformat(day) for day in person["children_birth_on"]),
        ),
        participates=tuple((date.fromisoformat(s["from"]), _date(s["until"])) for s in told["participates"]),
        amounts=tuple(
            AmountInPeriod(
                a["quantity"], date.fromisoformat(a["from"]), date.fromisoformat(a["until"]), a["amount"]
            )
            for a in told["amounts"]
        ),
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
