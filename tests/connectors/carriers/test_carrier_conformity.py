"""What every carrier channel does, whatever it speaks: one suite for the real ones and for the fake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.connectors.carriers.benches import ERRORS, Bench, bench
from tests.connectors.carriers.states import POLICY, TODAY, draft, state, states
from tests.fakes.carrier import Operation

from schakel.connectors.carrier_channel import CarrierChannel, ParticipantState, Verdict
from schakel.connectors.errors import RefusedByPeer, TemporarilyUnavailable


@pytest.fixture(scope="module", params=["schakel_json", "fake"])
def shared(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """One carrier for all examples of a property; every example has participants of its own."""
    with bench(request.param) as made:
        yield made


@pytest.fixture(params=["schakel_json", "fake"])
def carrier(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A carrier of this test alone, on which faults are scripted."""
    with bench(request.param) as made:
        yield made


def tell(channel: CarrierChannel, told: ParticipantState, sequence: int = 1, *, on: date = TODAY) -> str:
    """Compose and submit; returns the message id."""
    message = draft(told, sequence, composed_on=on)
    channel.submit(message.message_id, channel.compose(message))
    return message.message_id


def verdict(channel: CarrierChannel, message_id: str) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict now, and the codes of its remarks."""
    answer = channel.acknowledgement(message_id)
    assert answer is not None
    return answer.verdict, tuple(remark.code for remark in answer.remarks)


@given(told=states())
@settings(max_examples=examples(60))
def test_what_is_told_is_read_back(shared: Bench, told: ParticipantState) -> None:
    told = replace(told, person=replace(told.person, reference=str(uuid4())))  # examples share a carrier
    message_id = tell(shared.channel, told)
    assert verdict(shared.channel, message_id) == (Verdict.ACCEPTED, ())
    assert shared.channel.read_back(POLICY, told.person.reference, TODAY) == told


@given(told=states())
@settings(max_examples=examples(30))
def test_the_same_draft_gives_the_same_bytes(shared: Bench, told: ParticipantState) -> None:
    message = draft(told)
    shuffled = replace(told, amounts=told.amounts[::-1], participates=told.participates[::-1])
    assert shared.channel.compose(message) == shared.channel.compose(replace(message, state=shuffled))


@given(order=st.lists(st.integers(1, 6), min_size=1, max_size=12), asked=st.integers(0, 7))
@settings(max_examples=examples(60))
def test_whatever_the_order_of_arrival_the_newest_wins(shared: Bench, order: list[int], asked: int) -> None:
    reference = str(uuid4())
    drafts = {
        n: draft(state(reference, cents=n), n, composed_on=TODAY + timedelta(days=n)) for n in set(order)
    }
    applied: list[int] = []
    for n in order:
        shared.channel.submit(drafts[n].message_id, shared.channel.compose(drafts[n]))
        if n > max(applied, default=0):
            applied.append(n)
        else:
            remarks = () if n in applied else ("superseded",)
            assert verdict(shared.channel, drafts[n].message_id) == (Verdict.ACCEPTED, remarks)
    in_force = max((n for n in applied if n <= asked), default=None)
    held = shared.channel.read_back(POLICY, reference, TODAY + timedelta(days=asked))
    assert held == (None if in_force is None else drafts[in_force].state)


def test_a_receipt_says_received_and_stays_the_same(carrier: Bench) -> None:
    message = draft(state())
    body = carrier.channel.compose(message)
    first = carrier.channel.submit(message.message_id, body)
    assert (first.message_id, first.verdict, first.remarks) == (message.message_id, Verdict.RECEIVED, ())
    assert first.receipt
    assert carrier.channel.submit(message.message_id, body) == first
    assert carrier.deliveries(message.message_id) == 2


def test_the_same_id_with_other_bytes_is_refused_and_the_first_stand(carrier: Bench) -> None:
    told = state()
    message = draft(told)
    carrier.channel.submit(message.message_id, carrier.channel.compose(message))
    other = replace(message, state=replace(told, amounts=()))
    with pytest.raises(RefusedByPeer):
        carrier.channel.submit(message.message_id, carrier.channel.compose(other))
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) == told


def test_an_unknown_message_and_an_unknown_participant_are_none(carrier: Bench) -> None:
    assert carrier.channel.acknowledgement(str(uuid4())) is None
    assert carrier.channel.read_back(POLICY, str(uuid4()), TODAY) is None
    assert carrier.channel.read_back("NO-SUCH", str(uuid4()), TODAY) is None


def test_nothing_is_held_before_the_day_it_was_composed(carrier: Bench) -> None:
    told = state()
    tell(carrier.channel, told)
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY - timedelta(days=1)) is None
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY + timedelta(days=900)) == told


def test_a_rejection_is_a_value_and_leaves_what_was_held(carrier: Bench) -> None:
    told = state()
    tell(carrier.channel, told, 1)
    carrier.reject_next("not-today")
    message_id = tell(carrier.channel, state(told.person.reference, cents=1), 2)
    assert verdict(carrier.channel, message_id) == (Verdict.REJECTED, ("not-today",))
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) == told
    # The rejected sequence number was not used up.
    repaired = tell(carrier.channel, state(told.person.reference, cents=2), 2)
    assert verdict(carrier.channel, repaired) == (Verdict.ACCEPTED, ())


def test_two_messages_cannot_share_a_sequence_number(carrier: Bench) -> None:
    told = state()
    tell(carrier.channel, told, 4)
    message_id = tell(carrier.channel, state(told.person.reference, cents=9), 4)
    assert verdict(carrier.channel, message_id) == (Verdict.REJECTED, ("sequence-taken",))
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) == told


def test_a_verdict_may_take_its_time(carrier: Bench) -> None:
    carrier.wait_with_verdicts()
    told = state()
    message_id = tell(carrier.channel, told)
    assert verdict(carrier.channel, message_id) == (Verdict.RECEIVED, ())
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) is None
    carrier.give_verdicts()
    assert verdict(carrier.channel, message_id) == (Verdict.ACCEPTED, ())
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) == told


def test_a_lost_answer_is_settled_by_sending_again(carrier: Bench) -> None:
    message = draft(state())
    body = carrier.channel.compose(message)
    carrier.lose_answer()
    with pytest.raises(TemporarilyUnavailable):
        carrier.channel.submit(message.message_id, body)
    assert verdict(carrier.channel, message.message_id) == (Verdict.ACCEPTED, ())
    assert carrier.channel.submit(message.message_id, body).verdict is Verdict.RECEIVED
    assert carrier.deliveries(message.message_id) == 2


def test_a_carrier_that_holds_something_else_is_found_out(carrier: Bench) -> None:
    told = state()
    carrier.hold_other()
    message_id = tell(carrier.channel, told)
    assert verdict(carrier.channel, message_id) == (Verdict.ACCEPTED, ())
    assert carrier.channel.read_back(POLICY, told.person.reference, TODAY) != told


@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("operation", ["submit", "acknowledgement", "read_back"])
def test_a_failure_has_its_name_and_the_next_try_goes_through(
    carrier: Bench, operation: Operation, how: str
) -> None:
    told = state()
    message = draft(told)
    body = carrier.channel.compose(message)
    if operation != "submit":
        carrier.channel.submit(message.message_id, body)

    def ask() -> object:
        if operation == "submit":
            return carrier.channel.submit(message.message_id, body)
        if operation == "acknowledgement":
            return carrier.channel.acknowledgement(message.message_id)
        return carrier.channel.read_back(POLICY, told.person.reference, TODAY)

    carrier.fail(operation, how)
    with pytest.raises(ERRORS[how]) as caught:
        ask()
    assert type(caught.value) is ERRORS[how]
    assert caught.value.operation == operation
    assert ask() is not None
