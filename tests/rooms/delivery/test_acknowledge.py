"""Acknowledging: the ladder only goes up, whatever comes late, twice or never; and reading back ends it."""

from datetime import timedelta

import pytest
from tests.fakes.carrier import FakeCarrier
from tests.rooms.delivery.office import Office, answer, row, state

from schakel.connectors.carrier_channel import Verdict
from schakel.delivery import acknowledge, send
from schakel.delivery.models import Acknowledgement


def sent(office: Office, employee: int, cents: int = 100):
    message = office.tell(employee, cents)
    office.try_once(message)
    return message


def verify_all(office: Office) -> list:
    ready = acknowledge.to_verify(office.now)
    for one in ready:
        acknowledge.mark_verified(one.message_id, office.now)
    return [one.message_id for one in ready]


def test_what_was_received_is_asked_after_until_there_is_a_verdict(office: Office) -> None:
    office.carrier.is_slow = True
    message = sent(office, office.employee())
    office.ask_all()
    assert row(message).state == "received"
    office.carrier.decide_now()
    office.wait(minutes=1)
    office.ask_all()
    assert row(message).state == "accepted"
    assert acknowledge.waiting(office.now + timedelta(days=9)) == []


def test_the_longer_it_takes_the_less_often_we_ask(office: Office) -> None:
    office.carrier.is_slow = True
    sent(office, office.employee())
    asked = []
    for second in range(200):
        office.wait(seconds=1)
        if acknowledge.waiting(office.now):
            asked.append(second)
    assert len(asked) < 10
    office.wait(days=30)
    assert len(acknowledge.waiting(office.now)) == 1
    assert acknowledge.waiting(office.now + timedelta(minutes=59)) == []
    assert len(acknowledge.waiting(office.now + timedelta(minutes=60))) == 1


def test_a_rejection_keeps_its_reasons(office: Office) -> None:
    message = sent(office, office.employee())
    said = answer(message, Verdict.REJECTED, "bsn-missing")
    assert acknowledge.acknowledge(message, said, office.now) == "rejected"
    assert row(message).remarks == [
        {"code": "bsn-missing", "what": "Niet akkoord.", "what_en": "Not agreed."}
    ]


@pytest.mark.parametrize("first", [Verdict.ACCEPTED, Verdict.REJECTED])
@pytest.mark.parametrize("late", list(Verdict))
def test_after_a_verdict_nothing_late_changes_the_state(
    office: Office, first: Verdict, late: Verdict
) -> None:
    message = sent(office, office.employee())
    acknowledge.acknowledge(message, answer(message, first, "first"), office.now)
    assert acknowledge.acknowledge(message, answer(message, late, "late"), office.now) == first
    assert row(message).remarks[0]["code"] == "first"


def test_an_answer_told_twice_is_kept_once(office: Office) -> None:
    message = sent(office, office.employee())
    for _ in range(3):
        acknowledge.acknowledge(message, answer(message, Verdict.ACCEPTED), office.now)
    verdicts = Acknowledgement.objects.filter(message__message_id=message).values_list("verdict", flat=True)
    assert sorted(verdicts) == ["accepted", "received"]


def test_a_message_the_carrier_does_not_know_goes_out_again_with_the_same_bytes(office: Office) -> None:
    message = sent(office, office.employee())
    before = office.carrier.bodies()
    office.carrier = FakeCarrier()  # restored from a backup of before
    office.ask_all()
    assert row(message).state == "drafted"
    office.wait(minutes=1)
    assert office.try_once(message) == "received"
    assert office.carrier.bodies() == before


def test_a_message_the_carrier_does_not_know_gives_way_to_a_newer_one(office: Office) -> None:
    employee = office.employee()
    older, newer = sent(office, employee), sent(office, employee, 200)
    assert acknowledge.acknowledge(older, None, office.now) == "superseded"
    assert row(newer).state == "received"


def test_not_knowing_a_message_it_accepted_changes_nothing(office: Office) -> None:
    message = office.accepted(office.employee())
    assert acknowledge.acknowledge(message, None, office.now) == "accepted"


def test_without_a_verdict_in_its_term_a_message_is_overdue_and_a_late_verdict_counts(office: Office) -> None:
    office.carrier.is_slow = True
    message = sent(office, office.employee())
    office.wait(days=5)
    assert acknowledge.mark_overdue(office.now) == 0
    office.wait(seconds=1)
    assert acknowledge.mark_overdue(office.now) == 1
    assert acknowledge.mark_overdue(office.now) == 0
    office.ask_all()
    assert row(message).state == "overdue"
    assert acknowledge.mark_overdue(office.now) == 0
    office.carrier.decide_now()
    office.wait(hours=2)
    office.ask_all()
    assert row(message).state == "accepted"


def test_an_overdue_message_the_carrier_does_not_know_goes_out_again(office: Office) -> None:
    message = sent(office, office.employee())
    office.wait(days=6)
    acknowledge.mark_overdue(office.now)
    office.carrier = FakeCarrier()
    office.ask_all()
    office.wait(hours=1)
    assert office.due() == [message]
    office.try_once(message)
    office.ask_all()
    assert row(message).state == "accepted"


def test_what_was_accepted_is_read_back_with_the_state_it_told(office: Office) -> None:
    employee = office.employee()
    message = office.accepted(employee, 100)
    (ready,) = acknowledge.to_verify(office.now)
    assert (ready.policy_id, ready.employee_id, ready.message_id, ready.link, ready.told) == (
        office.policy,
        employee,
        message,
        office.link,
        state(employee, 100),
    )
    acknowledge.mark_verified(message, office.now)
    assert row(message).state == "verified"
    assert acknowledge.to_verify(office.now + timedelta(days=1)) == []


def test_only_the_newest_is_read_back_and_it_settles_what_came_before(office: Office) -> None:
    employee = office.employee()
    older, newer = office.accepted(employee, 100), office.accepted(employee, 200)
    assert verify_all(office) == [newer]
    assert [row(one).state for one in (older, newer)] == ["superseded", "verified"]


def test_a_newer_message_on_its_way_is_waited_for_and_a_rejected_one_is_not(office: Office) -> None:
    employee = office.employee()
    held = office.accepted(employee, 100)
    newer = office.tell(employee, 200)
    assert acknowledge.to_verify(office.now) == []
    send.begin(newer, office.now)
    send.settle(newer, 1, answer(newer, Verdict.REJECTED), office.now)
    assert verify_all(office) == [held]
    assert row(newer).state == "rejected"


def test_a_rejection_is_settled_when_a_newer_state_is_verified(office: Office) -> None:
    employee = office.employee()
    rejected = office.tell(employee, 100)
    send.begin(rejected, office.now)
    send.settle(rejected, 1, answer(rejected, Verdict.REJECTED, "no"), office.now)
    office.accepted(employee, 200)
    assert row(rejected).state == "rejected"
    verify_all(office)
    assert row(rejected).state == "superseded"
    assert row(rejected).remarks[0]["code"] == "no"


def test_what_differs_is_read_again_less_and_less_often_and_may_come_right(office: Office) -> None:
    message = office.accepted(office.employee())
    readings = 0
    for _ in range(600):
        for one in acknowledge.to_verify(office.now):
            acknowledge.mark_different(one.message_id, office.now)
            readings += 1
        office.wait(seconds=1)
    assert row(message).state == "different"
    assert 3 < readings < 12
    office.wait(hours=6)
    assert verify_all(office) == [message]
    assert row(message).state == "verified"


def test_a_reading_that_failed_is_tried_again_later(office: Office) -> None:
    message = office.accepted(office.employee())
    assert len(acknowledge.to_verify(office.now)) == 1
    assert acknowledge.to_verify(office.now) == []
    office.wait(minutes=1)
    assert verify_all(office) == [message]


def test_marks_on_what_is_no_longer_waiting_for_them_do_nothing(office: Office) -> None:
    message = sent(office, office.employee())
    acknowledge.mark_verified(message, office.now)
    acknowledge.mark_different(message, office.now)
    assert row(message).state == "received"
