"""Whatever happens in whatever order, the carrier ends with the latest state, and each message once in effect."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.fakes.carrier import FakeCarrier
from tests.rooms.delivery.office import Office, row, state

from schakel.connectors.carrier_channel import Acknowledgement, CarrierRemark, ParticipantState
from schakel.connectors.errors import AlreadySubmitted, ConnectorError, TemporarilyUnavailable
from schakel.delivery import acknowledge, send
from schakel.delivery.models import CarrierMessage, Submission

UNWANTED = 13  #: cents of a state this carrier rejects
PEOPLE = 2
FINAL = ("verified", "superseded", "rejected")

numbers = st.integers(0, 5)
tells = st.tuples(st.just("tell"), st.integers(0, PEOPLE - 1), st.sampled_from([1, 2, 3, UNWANTED]))
tries = st.tuples(st.just("try"), numbers, st.sampled_from(["arrives", "answer lost", "lost"]))
steps = st.one_of(
    *[tells] * 4,  # most of what goes wrong takes a few states and a few tries
    *[tries] * 4,
    st.tuples(st.just("begin"), numbers, st.just(0)),
    st.tuples(st.just("reach"), numbers, st.sampled_from(["arrives", "answer lost", "lost", "said before"])),
    st.tuples(st.just("settle"), numbers, st.just(0)),
    st.tuples(st.just("settle again"), numbers, st.just(0)),
    st.tuples(st.just("die"), numbers, st.just(0)),
    st.tuples(st.just("ask"), numbers, st.sampled_from(["hear", "hear later"])),
    st.tuples(st.just("hear"), numbers, st.just(0)),
    st.tuples(st.just("decide"), st.just(0), st.just(0)),
    st.tuples(st.just("verify"), st.just(0), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([1, 10, 60, 3600, 6 * 86400]), st.just(0)),
)


class Carrier(FakeCarrier):
    """A slow carrier that keeps every body it was sent, in order of arrival."""

    def __init__(self) -> None:
        super().__init__(self._rejects, is_slow=True)
        self.wire: list[tuple[str, bytes]] = []

    @staticmethod
    def _rejects(told: ParticipantState) -> tuple[CarrierRemark, ...]:
        no = CarrierRemark("unwanted", "Nee.", "No.")
        return (no,) if any(one.amount == UNWANTED for one in told.amounts) else ()

    def submit(self, message_id: str, body: bytes) -> Acknowledgement:
        self.wire.append((message_id, body))
        return super().submit(message_id, body)


@dataclass
class Try:
    """One try in one process: what went out, what came back, and whether that was kept."""

    outgoing: send.Outgoing
    outcome: Acknowledgement | ConnectorError | None = None


@dataclass
class World:
    """An office, its carrier, tries in processes that may stall or die, and answers that come late."""

    office: Office
    employees: list[int]
    carrier: Carrier = field(default_factory=Carrier)
    tries: list[Try] = field(default_factory=list)
    settled: list[Try] = field(default_factory=list)
    answers: list[tuple[UUID, Acknowledgement | None]] = field(default_factory=list)
    last_told: dict[int, int] = field(default_factory=dict)

    def step(self, what: str, which: int, how: object) -> None:
        now = self.office.now
        if what == "tell":
            employee = self.employees[which]
            assert isinstance(how, int)
            self.office.tell(employee, how)
            self.last_told[employee] = how
        elif what == "begin" and (due := send.due(now, 9)):
            outgoing = send.begin(due[which % len(due)], now)
            assert outgoing is not None
            self.tries.append(Try(outgoing))
        elif what == "try" and (due := send.due(now, 9)):
            outgoing = send.begin(due[which % len(due)], now)
            assert outgoing is not None
            one = Try(outgoing)
            self._reach(one, str(how))
            self._settle(one)
        elif what == "reach" and self.tries:
            self._reach(self.tries[which % len(self.tries)], str(how))
        elif what in ("settle", "die") and self.tries:
            one = self.tries.pop(which % len(self.tries))
            if what == "settle" and one.outcome is not None:
                self.settled.append(one)
                self._settle(one)
        elif what == "settle again" and self.settled:
            self._settle(self.settled[which % len(self.settled)])
        elif what == "hear" and self.answers:
            message, answer = self.answers[which % len(self.answers)]
            acknowledge.acknowledge(message, answer, now)
        else:
            self._round(what, which, how)

    def _round(self, what: str, which: int, how: object) -> None:
        now = self.office.now
        if what == "wait":
            self.office.wait(seconds=which)
            send.rescue(self.office.now)
            acknowledge.mark_overdue(self.office.now)
        elif what == "decide":
            self.carrier.decide_now()
        elif what == "ask":
            for one in acknowledge.waiting(now):
                answer = self.carrier.acknowledgement(str(one.message_id))
                self.answers.append((one.message_id, answer))
                if how == "hear":
                    acknowledge.acknowledge(one.message_id, answer, now)
        elif what == "verify":
            for ready in acknowledge.to_verify(now):
                told = ready.told
                held = self.carrier.read_back(told.policy_number, told.person.reference, now.date())
                mark = acknowledge.mark_verified if held == told else acknowledge.mark_different
                mark(ready.message_id, now)

    def _reach(self, one: Try, how: str) -> None:
        if how == "lost":
            one.outcome = TemporarilyUnavailable()
            return
        message_id, body = str(one.outgoing.message_id), one.outgoing.body
        said_before = how == "said before" and message_id in self.carrier.bodies()
        answer = self.carrier.submit(message_id, body)
        one.outcome = AlreadySubmitted() if said_before else answer
        if how == "answer lost":
            one.outcome = TemporarilyUnavailable()

    def _settle(self, one: Try) -> None:
        assert one.outcome is not None
        send.settle(one.outgoing.message_id, one.outgoing.attempt, one.outcome, self.office.now)

    def _unsettled(self) -> bool:
        messages = CarrierMessage.objects.filter(employee__in=self.employees)
        done = messages.filter(state__in=FINAL)
        waits = Submission.objects.filter(message__in=messages, finished_at=None)
        return messages.count() > done.count() or waits.exists()

    def come_to_rest(self) -> None:
        """Every process that stalled is dead, the carrier works, and time passes."""
        self.tries.clear()
        for _ in range(40):
            if not self._unsettled():
                break
            self.office.wait(hours=7)
            send.rescue(self.office.now)
            while due := send.due(self.office.now, 9):
                for message in due:
                    outgoing = send.begin(message, self.office.now)
                    assert outgoing is not None
                    one = Try(outgoing)
                    self._reach(one, "arrives")
                    self._settle(one)
            self.carrier.decide_now()
            self._round("ask", 0, "hear")
            self._round("verify", 0, 0)


@given(script=st.lists(steps, min_size=8, max_size=40))
@settings(
    max_examples=examples(80),
    # With a database behind it, making a failing script shorter takes longer than reading it.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_interleaving_ends_with_the_latest_state(office: Office, script: list) -> None:
    world = World(office, [office.employee() for _ in range(PEOPLE)])
    office.carrier = world.carrier
    for what, which, how in script:
        world.step(what, which, how)
    world.come_to_rest()
    for employee in world.employees:
        the_carrier_holds_the_latest(world, employee)
        they_first_arrived_in_order(world, employee)
        everything_is_settled(employee)
    the_same_message_is_the_same_bytes(world)


def the_carrier_holds_the_latest(world: World, employee: int) -> None:
    cents = world.last_told.get(employee)
    if cents is None:
        return
    held = world.carrier.read_back("PEN-1001", f"ref-{employee}", world.office.now.date())
    newest = CarrierMessage.objects.filter(employee=employee).exclude(state="superseded").latest("sequence")
    if cents == UNWANTED:
        assert newest.state == "rejected"
        assert newest.remarks[0]["code"] == "unwanted"
        assert held != state(employee, cents)
    else:
        assert newest.state == "verified"
        assert held == state(employee, cents)


def they_first_arrived_in_order(world: World, employee: int) -> None:
    arrived = list(dict.fromkeys(UUID(message_id) for message_id, _ in world.carrier.wire))
    sequences = [r.sequence for r in map(row, arrived) if r.employee_id == employee]
    assert sequences == sorted(sequences)


def everything_is_settled(employee: int) -> None:
    messages = CarrierMessage.objects.filter(employee=employee)
    assert Counter(one.state for one in messages).keys() <= set(FINAL)
    assert [one.sequence for one in messages.order_by("sequence")] == list(range(1, len(messages) + 1))
    assert not Submission.objects.filter(message__in=messages, finished_at=None).exists()


def the_same_message_is_the_same_bytes(world: World) -> None:
    assert len(set(world.carrier.wire)) == len({message_id for message_id, _ in world.carrier.wire})
