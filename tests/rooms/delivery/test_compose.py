"""Composing: one message for each new state, with what changed against what was told before."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from tests.rooms.delivery.office import BSN, DECEMBER, NOVEMBER, OCTOBER, Office, row, state

from schakel.connectors.carrier_channel import CarrierRemark
from schakel.connectors.errors import TemporarilyUnavailable
from schakel.delivery import acknowledge, compose, send
from schakel.delivery.models import CarrierMessage
from schakel.delivery.sealed import open_body, open_state


def changed(message) -> list[tuple[str, int | None, int | None]]:
    return [(one["start"], one["old"], one["new"]) for one in row(message).changed]


def test_the_first_state_enrols_and_tells_everything(office: Office) -> None:
    message = office.tell(office.employee(), 100)
    made = row(message)
    assert (made.sequence, made.reason, made.state) == (1, "enrolment", "drafted")
    assert changed(message) == [("2026-10-01", None, 50), ("2026-11-01", None, 100)]
    assert made.due_at > made.composed_at == office.now


def test_the_same_state_is_not_told_twice(office: Office) -> None:
    employee = office.employee()
    first = office.tell(employee, 100)
    assert office.tell(employee, 100) is None
    office.try_once(first)
    assert office.tell(employee, 100) is None
    assert CarrierMessage.objects.count() == 1


def test_a_state_gathered_in_another_order_is_the_same_state(office: Office) -> None:
    employee = office.employee()
    office.tell(employee)
    told = state(employee)
    shuffled = type(told)(told.policy_number, told.person, told.participates, told.amounts[::-1])
    to_tell = compose.ToTell(office.policy, shuffled, office.carrier.compose)
    assert compose.compose(employee, [to_tell], office.now, None) == ()


def test_the_bytes_and_the_state_are_kept_sealed_and_open_again(office: Office) -> None:
    employee = office.employee()
    delivery = uuid4()
    told = state(employee)
    to_tell = compose.ToTell(office.policy, told, office.carrier.compose)
    (message,) = compose.compose(employee, [to_tell], office.now, delivery)
    made = row(message)
    assert made.delivery == delivery
    assert open_state(made.told) == told
    assert BSN.encode() in open_body(made.body)
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM delivery_carriermessage m")
        dumped = cursor.fetchone()[0]
    assert BSN not in dumped
    assert BSN.encode().hex() not in dumped


def test_a_message_nobody_tried_gives_way_and_the_change_is_told_against_what_was(office: Office) -> None:
    employee = office.employee()
    office.accepted(employee, 100)
    unsent, newest = office.tell(employee, 200), office.tell(employee, 300)
    assert row(unsent).state == "superseded"
    assert changed(newest) == [("2026-11-01", 100, 300)]
    assert row(newest).sequence == 3
    assert office.due() == [newest]


def test_changed_and_changed_back_before_it_was_sent_tells_nothing(office: Office) -> None:
    employee = office.employee()
    office.accepted(employee, 100)
    unsent = office.tell(employee, 200)
    assert office.tell(employee, 100) is None
    assert row(unsent).state == "superseded"
    assert office.due() == []


def test_a_message_that_was_tried_keeps_its_place_and_the_next_is_told_against_it(office: Office) -> None:
    employee = office.employee()
    tried = office.tell(employee, 100)
    office.carrier.fail("submit", TemporarilyUnavailable())
    assert office.try_once(tried) == "drafted"
    newer = office.tell(employee, 200)
    assert changed(newer) == [("2026-11-01", 100, 200)]
    office.wait(minutes=1)
    assert office.due() == [tried]


def test_a_try_under_way_keeps_its_place(office: Office) -> None:
    employee = office.employee()
    under_way = office.tell(employee, 100)
    send.begin(under_way, office.now)
    office.tell(employee, 200)
    assert row(under_way).state == "sending"
    assert office.due() == []


def test_what_was_rejected_was_never_in_the_books(office: Office) -> None:
    employee = office.employee()
    office.accepted(employee, 100)
    office.carrier.decide = lambda _: (CarrierRemark("salary-too-high", "Te hoog.", "Too high."),)
    rejected = office.tell(employee, 200)
    office.try_once(rejected)
    office.ask_all()
    assert row(rejected).state == "rejected"
    assert office.tell(employee, 200) is None  # nothing new: the rejection stays in sight
    assert changed(office.tell(employee, 300)) == [("2026-11-01", 100, 300)]


def test_another_name_is_told_though_no_amount_changed(office: Office) -> None:
    employee = office.employee()
    office.accepted(employee)
    message = office.tell(employee, last_name="Voorbeeld-Jansen")
    assert changed(message) == []
    assert row(message).reason == "change"


def test_who_never_took_part_is_not_told_of(office: Office) -> None:
    employee = office.employee()
    assert office.tell(employee, participates=()) is None
    unsent = office.tell(employee)
    assert office.tell(employee, participates=()) is None
    assert row(unsent).state == "superseded"
    assert office.due() == []


def test_each_policy_and_employee_counts_for_itself(office: Office) -> None:
    messages = [office.tell(office.employee()), office.tell(office.employee())]
    assert [row(one).sequence for one in messages] == [1, 1]


LEFT = ((OCTOBER, DECEMBER),)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({}, {"cents": 200}, "change"),
        ({}, {"october": 60}, "correction"),
        ({}, {"participates": LEFT}, "withdrawal"),
        ({}, {"participates": ()}, "withdrawal"),
        ({"participates": LEFT}, {}, "enrolment"),
        ({"participates": LEFT}, {"participates": ((OCTOBER, NOVEMBER),)}, "change"),
    ],
)
def test_the_reason_says_why(office: Office, before: dict, after: dict, reason: str) -> None:
    employee = office.employee()
    office.try_once(office.tell(employee, **before))
    assert row(office.tell(employee, **after)).reason == reason


def test_a_month_that_is_over_is_corrected_a_month_that_runs_is_changed() -> None:
    before, after = state(1), state(1, 200)
    amounts = compose.changed_amounts(before.amounts, after.amounts)
    assert compose.reason_for(before, after, amounts, date(2026, 11, 30)) == "change"
    assert compose.reason_for(before, after, amounts, DECEMBER) == "correction"


def test_nothing_in_a_repr_is_about_a_person(office: Office) -> None:
    employee = office.employee()
    message = office.tell(employee)
    outgoing = send.begin(message, office.now)
    assert BSN not in repr(outgoing)
    assert "Voorbeeld" not in repr(outgoing)
    send.settle(message, outgoing.attempt, office.submit(outgoing), office.now)
    office.ask_all()
    (ready,) = acknowledge.to_verify(office.now)
    assert "Voorbeeld" not in repr(ready)
