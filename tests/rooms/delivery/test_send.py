"""Sending: in order, at least once, the same bytes each time, and no line holds up another."""

from datetime import timedelta

import pytest
from tests.rooms.delivery.office import Office, answer, make_office, row

from schakel.connectors.carrier_channel import Verdict
from schakel.connectors.errors import (
    AlreadySubmitted,
    AuthorisationExpired,
    RateLimited,
    RefusedByPeer,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.delivery import acknowledge, send
from schakel.delivery.models import Acknowledgement, Submission
from schakel.delivery.patience import TRY, before_next_try


def outcomes(message) -> list[tuple[int, str]]:
    rows = Submission.objects.filter(message__message_id=message).order_by("attempt")
    return [(one.attempt, one.outcome) for one in rows]


def test_a_try_is_written_down_before_the_wire_and_its_outcome_after(office: Office) -> None:
    message = office.tell(office.employee())
    outgoing = send.begin(message, office.now)
    assert (outgoing.link, outgoing.message_id, outgoing.attempt) == (office.link, message, 1)
    assert row(message).state == "sending"
    assert outcomes(message) == [(1, "")]
    assert send.settle(message, 1, office.submit(outgoing), office.now) == "received"
    assert outcomes(message) == [(1, "received")]
    assert row(message).receipt == "FAKE-000001"


def test_a_try_that_runs_is_not_begun_again(office: Office) -> None:
    message = office.tell(office.employee())
    send.begin(message, office.now)
    assert send.begin(message, office.now) is None
    assert office.due() == []


def test_oldest_first_and_of_each_employee_only_the_head(office: Office) -> None:
    first, second = office.employee(), office.employee()
    one = office.tell(first)
    office.carrier.fail("submit", TemporarilyUnavailable())
    office.try_once(one)
    office.wait(seconds=1)
    other = office.tell(second)
    behind = office.tell(first, 200)
    office.wait(minutes=1)
    assert office.due() == [one, other]
    assert send.due(office.now, 1) == [one]
    assert send.begin(behind, office.now) is None
    office.try_once(one)
    assert office.due() == [other, behind]


def test_a_message_that_commits_late_is_not_passed_over(office: Office) -> None:
    late, on_time = office.tell(office.employee()), office.tell(office.employee())
    office.try_once(on_time)
    office.wait(minutes=1)
    assert office.due() == [late]


def test_every_resend_has_the_same_bytes(office: Office) -> None:
    message = office.tell(office.employee())
    bodies = set()
    for _ in range(4):
        outgoing = send.begin(message, office.now)
        bodies.add(outgoing.body)
        send.settle(message, outgoing.attempt, TemporarilyUnavailable(), office.now)
        office.wait(hours=1)
    assert len(bodies) == 1
    assert [attempt for attempt, _ in outcomes(message)] == [1, 2, 3, 4]


def test_the_wait_doubles_up_to_an_hour() -> None:
    waits = [before_next_try(attempt, TemporarilyUnavailable()) for attempt in range(1, 200)]
    assert waits[:4] == [timedelta(seconds=s) for s in (5, 10, 20, 40)]
    assert waits[-1] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (TemporarilyUnavailable(), 5),
        (UnexpectedFormat(), 5),
        (RateLimited(), 60),
        (AuthorisationExpired(), 300),
    ],
)
def test_a_failed_try_waits_and_says_what_was_wrong(office: Office, error, seconds: int) -> None:
    message = office.tell(office.employee())
    office.carrier.fail("submit", error)
    assert office.try_once(message) == "drafted"
    made = row(message)
    assert (made.error_code, made.error_en) == (error.code, error.message("en"))
    assert made.next_attempt_at == office.now + timedelta(seconds=seconds)
    office.wait(seconds=seconds)
    assert office.try_once(message) == "received"
    assert row(message).error_code == ""


def test_what_is_refused_waits_for_a_person_and_a_newer_state_goes_out(office: Office) -> None:
    employee = office.employee()
    message = office.tell(employee)
    office.carrier.fail("submit", RefusedByPeer())
    assert office.try_once(message) == "rejected"
    assert row(message).error_code == "refused-by-peer"
    office.wait(days=30)
    assert office.due() == []
    newer = office.tell(employee, 200)
    assert office.try_once(newer) == "received"


def test_what_the_carrier_has_already_counts_as_sent(office: Office) -> None:
    message = office.tell(office.employee())
    office.carrier.lose_answer()
    assert office.try_once(message) == "drafted"
    office.wait(minutes=1)
    send.begin(message, office.now)
    assert send.settle(message, 2, AlreadySubmitted(), office.now) == "sent"
    office.ask_all()
    assert row(message).state == "accepted"


def test_settling_twice_changes_nothing(office: Office) -> None:
    message = office.tell(office.employee())
    outgoing = send.begin(message, office.now)
    said = office.submit(outgoing)
    send.settle(message, 1, said, office.now)
    before = row(message).__dict__
    send.settle(message, 1, said, office.now)
    assert {**row(message).__dict__, "_state": 0} == {**before, "_state": 0}
    assert Acknowledgement.objects.count() == 1


def test_an_error_of_an_earlier_try_does_not_undo_a_later_one(office: Office) -> None:
    message = office.tell(office.employee())
    first = send.begin(message, office.now)
    office.wait(minutes=1)
    send.rescue(office.now)
    second = send.begin(message, office.now)
    assert send.settle(message, first.attempt, TemporarilyUnavailable(), office.now) == "sending"
    assert send.settle(message, second.attempt, office.submit(second), office.now) == "received"
    assert send.settle(message, first.attempt, RefusedByPeer(), office.now) == "received"


def test_a_process_that_died_is_followed_up_after_its_try_and_not_before(office: Office) -> None:
    message = office.tell(office.employee())
    send.begin(message, office.now)
    office.wait(seconds=TRY.total_seconds() - 1)
    assert send.rescue(office.now) == 0
    office.wait(seconds=1)
    assert send.rescue(office.now) == 1
    assert send.rescue(office.now) == 0
    assert outcomes(message) == [(1, "interrupted")]
    assert office.try_once(message) == "received"
    assert office.carrier.deliveries[str(message)] == 1


def test_an_answer_that_comes_after_the_rescue_still_counts(office: Office) -> None:
    message = office.tell(office.employee())
    slow = send.begin(message, office.now)
    office.wait(minutes=1)
    send.rescue(office.now)
    assert send.settle(message, slow.attempt, office.submit(slow), office.now) == "received"
    assert office.due() == []


def test_an_overdue_message_is_still_tried_and_stays_overdue_until_a_verdict(office: Office) -> None:
    message = office.tell(office.employee())
    office.wait(days=6)
    assert acknowledge.mark_overdue(office.now) == 1
    outgoing = send.begin(message, office.now)
    assert send.begin(message, office.now) is None
    assert send.settle(message, 1, office.submit(outgoing), office.now) == "overdue"
    assert office.due() == []
    office.ask_all()
    assert row(message).state == "accepted"


def test_a_line_that_fails_time_after_time_rests_and_the_other_carrier_goes_on(office: Office) -> None:
    other = make_office()
    silent = [office.tell(office.employee()) for _ in range(6)]
    well = other.tell(other.employee())
    office.carrier.fail("submit", *[TemporarilyUnavailable()] * 6)
    for message in silent:
        office.try_once(message)
    assert office.carrier.asked["submit"] == send.FAILURES_IN_A_ROW
    assert office.due() == [well]
    office.wait(minutes=2)
    assert set(office.due()) == {*silent, well}


def test_one_message_that_always_fails_does_not_hold_up_its_line(office: Office) -> None:
    for _ in range(3):
        poison = office.tell(office.employee())
        send.begin(poison, office.now)
        send.settle(poison, 1, UnexpectedFormat(), office.now)
        assert office.try_once(office.tell(office.employee())) == "received"


def test_a_carrier_that_asks_for_time_gets_it_for_everything_on_its_line(office: Office) -> None:
    first, second = office.tell(office.employee()), office.tell(office.employee())
    asks = RateLimited()
    asks.retry_after_seconds = 90
    office.carrier.fail("submit", asks)
    office.try_once(first)
    assert office.try_once(second) is None
    office.wait(seconds=90)
    assert set(office.due()) == {first, second}


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.REJECTED])
def test_a_carrier_may_decide_at_once(office: Office, verdict: Verdict) -> None:
    message = office.tell(office.employee())
    send.begin(message, office.now)
    assert send.settle(message, 1, answer(message, verdict), office.now) == verdict
