"""A carrier channel on a test bench: the same scripts for the real channel and for the fake."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tests.fakes.carrier import FakeCarrier, Operation

from schakel.connectors.carrier_channel import CarrierChannel, CarrierRemark, ParticipantState
from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RateLimited,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel_simulators.carriers import CarrierSimulator

DEADLINE = 5.0

ERRORS: dict[str, type[ConnectorError]] = {
    "unavailable": TemporarilyUnavailable,
    "rate_limited": RateLimited,
    "unauthorised": AuthorisationExpired,
    "unexpected": UnexpectedFormat,
}


class Bench(Protocol):
    """What the conformity suite can do to a carrier."""

    channel: CarrierChannel

    def fail(self, operation: Operation, how: str) -> None:
        """The next request of this operation fails this way, a key of ERRORS."""

    def lose_answer(self) -> None:
        """The next message is taken in, but its answer does not arrive."""

    def reject_next(self, code: str) -> None:
        """The next new message is rejected with this reason."""

    def hold_other(self) -> None:
        """The next new message is accepted, and something else is put in the books."""

    def wait_with_verdicts(self) -> None:
        """No verdicts from now on."""

    def give_verdicts(self) -> None:
        """A verdict on everything that waits."""

    def deliveries(self, message_id: str) -> int:
        """How often a message arrived."""


class SimulatedBench:
    """The real channel, talking to the simulated carrier."""

    FAULTS = {  # noqa: RUF012 - read only
        "unavailable": "unavailable_503",
        "rate_limited": "throttled_429",
        "unauthorised": "unauthorised_401",
        "unexpected": "html",
    }

    def __init__(self) -> None:
        self.now = 0.0
        self.carrier = CarrierSimulator("pension_provider", clock=lambda: self.now)
        self.carrier.start()
        self.channel: CarrierChannel = SchakelJsonChannel(
            {"address": self.carrier.address, "token": self.carrier.token, "deadline_seconds": DEADLINE}
        )

    def fail(self, operation: Operation, how: str) -> None:
        self.carrier.faults.add(self.FAULTS[how], operation=operation)

    def lose_answer(self) -> None:
        self.carrier.faults.add("drop_after", operation="submit")

    def reject_next(self, code: str) -> None:
        self.carrier.faults.add("reject", code=code)

    def hold_other(self) -> None:
        self.carrier.faults.add("hold_other", amount_offset=100)

    def wait_with_verdicts(self) -> None:
        self.carrier.ledger.decide_after_seconds = 60.0

    def give_verdicts(self) -> None:
        self.now += 60.0

    def deliveries(self, message_id: str) -> int:
        message = self.carrier.messages.get(message_id)
        return 0 if message is None else message.deliveries

    def close(self) -> None:
        self.channel.close()
        self.carrier.stop()


class FakeBench:
    """The fake that tests of the chain use."""

    def __init__(self) -> None:
        self.fake = FakeCarrier(self._decide)
        self.channel: CarrierChannel = self.fake
        self._reject: list[str] = []
        self._hold_other = False

    def _decide(self, state: ParticipantState) -> tuple[CarrierRemark, ...]:
        if self._reject:
            return (CarrierRemark(self._reject.pop(), "Afgewezen.", "Rejected."),)
        if self._hold_other:
            self.fake.hold(state.policy_number, state.person.reference, None)
        return ()

    def fail(self, operation: Operation, how: str) -> None:
        self.fake.fail(operation, ERRORS[how](operation=operation))

    def lose_answer(self) -> None:
        self.fake.lose_answer()

    def reject_next(self, code: str) -> None:
        self._reject.append(code)

    def hold_other(self) -> None:
        self._hold_other = True

    def wait_with_verdicts(self) -> None:
        self.fake.is_slow = True

    def give_verdicts(self) -> None:
        self.fake.decide_now()

    def deliveries(self, message_id: str) -> int:
        return self.fake.deliveries[message_id]

    def close(self) -> None:
        self.channel.close()


@contextmanager
def bench(kind: str) -> Iterator[Bench]:
    """A bench of this kind, cleared away afterwards."""
    made = SimulatedBench() if kind == "schakel_json" else FakeBench()
    try:
        yield made
    finally:
        made.close()
