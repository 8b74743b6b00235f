"""Processes die at any moment: nothing is lost, nothing counts twice, and what goes out again is the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from unittest import mock

import pytest
from tests.chain.works import NORTH, SOUTH, Works, everything_is_verified

from schakel.chain import runs, steps
from schakel.connectors.carrier_channel import Verdict
from schakel.connectors.errors import TemporarilyUnavailable
from schakel.delivery import acknowledge
from schakel.tenancy.scope import tenant_scope


class Killed(BaseException):
    """The process is gone: nobody catches this."""


@contextmanager
def killed_at(owner: object, name: str, call: int, *, after: bool) -> Iterator[None]:
    """The process dies at the n-th call of a function, before it began or after it was done."""
    real: Callable[..., object] = getattr(owner, name)
    calls = 0

    def dying(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            raise Killed
        result = real(*arguments, **named)
        if calls == call and after:
            raise Killed
        return result

    with mock.patch.object(owner, name, dying):
        yield


POINTS = [
    (steps.receive, "receive"),
    (steps.apply, "apply"),
    (steps.recalculate, "recalculate"),
    (steps.compose, "compose"),
    (steps.receive, "finish"),
    (steps.send, "begin"),
    (steps.send, "settle"),
    (steps.acknowledge, "waiting"),
    (steps.acknowledge, "acknowledge"),
    (steps.acknowledge, "to_verify"),
    (steps.differences, "keep"),
    (steps.acknowledge, "mark_verified"),
]


ONCE_A_RUN = {"receive", "finish", "waiting", "to_verify"}


def _whole(works: Works) -> None:
    works.sync()
    works.round()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), POINTS, ids=[name for _, name in POINTS])
def test_killed_at_any_station_the_chain_comes_to_the_same_rest(
    works: Works, owner: object, name: str, *, after: bool
) -> None:
    call = 1 if name in ONCE_A_RUN else 2
    with killed_at(owner, name, call, after=after), pytest.raises(Killed):
        _whole(works)
    works.wait(minutes=1)
    assert works.sync().errors == []
    works.come_to_rest()
    everything_is_verified(works)
    assert works.states()["verified"] == 9


@pytest.mark.parametrize("carrier", [NORTH, SOUTH])
def test_killed_on_the_wire_the_message_goes_out_again_with_the_same_bytes(
    works: Works, carrier: str
) -> None:
    works.sync()
    with killed_at(works.carriers[carrier], "submit", 2, after=True), pytest.raises(Killed):
        works.round()
    works.come_to_rest()
    everything_is_verified(works)
    # The fake refuses other bytes under the same id; then the message would be rejected.
    assert sorted(works.carriers[carrier].deliveries.values())[-1] == 2


def test_killed_while_following_only_the_rest_is_followed(works: Works) -> None:
    with killed_at(steps.compose, "compose", 2, after=False), pytest.raises(Killed):
        works.sync()
    done = {one.message_id for one in works.messages()}
    assert len(done) == 3  # of the first employee: each employee is one transaction
    works.wait(hours=-3)
    works.sync()
    assert done < {one.message_id for one in works.messages()}
    assert len(works.messages()) == 9


def test_a_reply_that_comes_after_everything_is_done_changes_nothing(works: Works) -> None:
    works.sync()
    works.come_to_rest()
    before = [(one.message_id, one.state, one.state_since) for one in works.messages()]
    with tenant_scope(works.tenant_id):
        for message_id, *_ in before:
            for verdict in Verdict:
                late = works.carriers[NORTH].acknowledgement(str(message_id)) or mock.Mock(remarks=())
                said = steps.Acknowledgement(str(message_id), verdict, "LATE", tuple(late.remarks))
                acknowledge.acknowledge(message_id, said, works.clock())
            acknowledge.acknowledge(message_id, None, works.clock())
    assert [(one.message_id, one.state, one.state_since) for one in works.messages()] == before


def test_two_workers_in_turn_hand_over_each_message_once(works: Works) -> None:
    works.sync()
    real = steps.hand_over

    def both(run: object, message_id: object) -> str | None:
        first = real(run, message_id)  # type: ignore[arg-type]  # handed on as it came
        assert real(run, message_id) is None  # type: ignore[arg-type]  # handed on as it came
        return first

    with mock.patch.object(runs.steps, "hand_over", both):
        works.come_to_rest()
    everything_is_verified(works)
    assert set(works.carriers[NORTH].deliveries.values()) == {1}


def test_a_correction_while_the_first_message_is_on_its_way_arrives_after_it(works: Works) -> None:
    works.sync()
    works.carriers[NORTH].fail("submit", TemporarilyUnavailable())
    works.round()
    works.payroll.change("1001", salaries=((date(2020, 3, 1), None, 410_000),))
    works.sync()
    works.come_to_rest()
    everything_is_verified(works)
