"""Questions about messages: counted by the database, and each with its story."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.delivery.office import START, Office, row

from schakel.connectors.carrier_channel import Acknowledgement, CarrierRemark, Verdict
from schakel.connectors.errors import TemporarilyUnavailable
from schakel.delivery import queries, send

pytestmark = pytest.mark.django_db


def test_states_are_counted_per_employer(office: Office) -> None:
    office.accepted(office.employee())
    assert queries.states_by_employer() == {office.employer: {"accepted": 1}}
    states = queries.states(office.employer)
    assert set(states) == set(queries.STATES)
    assert (states["accepted"], states["rejected"]) == (1, 0)
    assert sum(queries.states(office.employer + 1).values()) == 0


def test_a_page_is_the_newest_first_and_says_how_many(office: Office) -> None:
    employee = office.employee()
    first = office.accepted(employee, 100)
    office.wait(minutes=1)
    second = office.tell(employee, 200)
    rows, total = queries.messages(limit=1)
    assert ([one.message_id for one in rows], total) == ([second], 2)
    rows, total = queries.messages(states=("accepted",))
    assert ([one.message_id for one in rows], total) == ([first], 1)
    assert queries.messages(employee_id=employee + 1) == ([], 0)


def test_a_message_tells_its_story(office: Office) -> None:
    message = office.accepted(office.employee())
    line = queries.message(message)
    assert line is not None
    story = queries.stories([line.id])[line.id]
    assert [one.outcome for one in story.submissions] == ["received"]
    assert story.handed_over_at == START
    assert story.verdict_at("accepted") == START
    assert story.verdict_at("rejected") is None


def test_a_try_without_an_answer_is_no_handing_over(office: Office) -> None:
    message = office.tell(office.employee())
    assert message is not None
    outgoing = send.begin(message, office.now)
    assert outgoing is not None
    send.settle(message, outgoing.attempt, TemporarilyUnavailable(), office.now + timedelta(seconds=1))
    line = queries.message(message)
    assert line is not None
    assert line.error_code == "temporarily-unavailable"
    assert queries.stories([line.id])[line.id].handed_over_at is None


def test_what_is_stuck_is_counted_per_employee(office: Office) -> None:
    employee = office.employee()
    message = office.tell(employee)
    assert message is not None
    outgoing = send.begin(message, office.now)
    assert outgoing is not None
    no = Acknowledgement(
        str(message), Verdict.REJECTED, "R-1", (CarrierRemark("P12", "onbekend", "unknown"),)
    )
    send.settle(message, outgoing.attempt, no, office.now)
    assert row(message).state == "rejected"
    assert queries.stuck_by_employee([employee]) == {employee: 1}
    line = queries.message(message)
    assert line is not None
    assert line.remarks == ({"code": "P12", "what": "onbekend", "what_en": "unknown"},)


def test_stories_take_as_many_queries_for_one_as_for_many(office: Office) -> None:
    employee = office.employee()
    ids = []
    for cents in (100, 200, 300):
        office.accepted(employee, cents)
        office.wait(minutes=1)
        ids = [one.id for one in queries.messages()[0]]
    with CaptureQueriesContext(connection) as captured:
        queries.stories(ids)
    assert len(captured) == 2
    assert len(ids) == 3
