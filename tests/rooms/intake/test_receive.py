"""Receiving: only news is kept, interrupted readings go on, and nobody leaves for not being named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.rooms.intake.told import (
    DECEMBER,
    LINK,
    NOVEMBER,
    Reader,
    Told,
    broken,
    delivery,
    people,
)

from schakel.connectors.errors import TemporarilyUnavailable, UnexpectedFormat
from schakel.connectors.payroll_source import Origin, PayrollRecord, Remark
from schakel.intake import receive
from schakel.intake.models import Delivery, Issue, ReceivedRecord
from schakel.records.models import Employee, Fact
from schakel.records.timelines import timeline_of

pytestmark = pytest.mark.django_db

LINE_DOWN = TemporarilyUnavailable()


def open_issues() -> list[tuple[str, str]]:
    return sorted(Issue.objects.filter(resolved_at=None).values_list("code", "fact"))


def test_the_first_reading_takes_in_everybody(reader: Reader) -> None:
    got = reader.sync(people(5))
    assert (got.received.employees, got.received.changed, got.received.held) == (5, 5, ())
    assert Employee.objects.count() == 5
    assert Delivery.objects.get().state == "applied"


def test_the_second_reading_without_news_takes_in_nobody(reader: Reader) -> None:
    reader.sync(people(5))
    got = reader.sync(people(5), origin=Origin("another", "place", "cd" * 32))
    assert (got.received.employees, got.received.changed) == (5, 0)
    assert got.applied == []


def test_a_new_wage_period_is_everybodys_turn_and_changes_no_fact(reader: Reader) -> None:
    reader.sync(people(3))
    got = reader.sync(people(3), DECEMBER)
    assert got.received.changed == 3
    assert [applied.changes for applied in got.applied] == [(), (), ()]


def test_receiving_twice_answers_the_same_and_reads_no_stream(reader: Reader, tenant_id: int) -> None:
    reference, first = reader.take_in(delivery(people(3)))
    unread = replace(delivery([]), records=broken([], AssertionError("read twice")))
    again = receive.receive(reference, unread, receive.GuardLimits(), reader.clock(), tenant_id=tenant_id)
    assert again == first
    assert ReceivedRecord.objects.count() == 3


def test_a_broken_stream_leaves_nothing_that_counts_and_the_next_try_goes_on(
    reader: Reader, tenant_id: int
) -> None:
    records = [one.record(NOVEMBER) for one in people(3)]
    opened = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    told = replace(delivery([], named={"1000"}), records=broken(records[:2], LINE_DOWN))
    with pytest.raises(TemporarilyUnavailable):
        receive.receive(opened.reference, told, receive.GuardLimits(), reader.clock(), tenant_id=tenant_id)
    receive.fail(opened.reference, LINE_DOWN, reader.clock())
    row = Delivery.objects.get()
    assert (row.state, row.error_code) == ("failed", "temporarily-unavailable")
    assert "proberen het vanzelf opnieuw" in row.error_nl
    assert receive.pending(opened.reference) == []

    again = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    assert (again.reference, again.is_resumed) == (opened.reference, True)
    receive.receive(
        again.reference, delivery(records), receive.GuardLimits(), reader.clock(), tenant_id=tenant_id
    )
    assert receive.pending(again.reference) == ["1000", "1001", "1002"]


def test_an_answer_that_was_no_answer_is_not_read_again(reader: Reader) -> None:
    opened = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    receive.fail(opened.reference, UnexpectedFormat(), reader.clock())
    again = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    assert again.reference != opened.reference
    assert not again.is_resumed


def test_answers_of_this_morning_are_asked_again_in_the_afternoon(reader: Reader) -> None:
    opened = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    reader.now += timedelta(hours=4)
    assert (
        receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock()).reference != opened.reference
    )


def test_another_entity_has_a_delivery_of_its_own(reader: Reader) -> None:
    one = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    other = receive.open_delivery(reader.employer_id, LINK, "41002", reader.clock())
    assert one.reference != other.reference


def test_a_delivery_killed_halfway_applying_is_taken_up_again(reader: Reader, tenant_id: int) -> None:
    reference, _ = reader.take_in(delivery(people(3)))
    again = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    assert again.reference == reference
    got = receive.receive(
        reference, delivery(people(3)), receive.GuardLimits(), reader.clock(), tenant_id=tenant_id
    )
    assert got.changed == 3
    assert len(receive.pending(reference)) == 3


def test_a_newer_reading_overtakes_what_an_older_one_had_not_applied(reader: Reader) -> None:
    reference, _ = reader.take_in(delivery([Told(name="Oud")]))
    reader.now += timedelta(hours=4)
    reader.sync([Told(name="Nieuw")])
    assert receive.pending(reference) == []
    old = Delivery.objects.get(reference=reference)
    assert (old.state, old.error_code) == ("failed", "overtaken")
    assert Fact.objects.get(name="name", known__upper_inf=True).value["last_name"] == "Nieuw"


def test_who_is_not_named_stays_in_service_and_a_person_hears_of_it(reader: Reader) -> None:
    reader.sync(people(40))
    facts = Fact.objects.count()
    got = reader.sync(people(39))
    assert got.received.held == ()
    assert Fact.objects.count() == facts
    issue = Issue.objects.get()
    gone = Employee.objects.get(employee_key="1039")
    assert (issue.code, issue.employee_id, issue.who) == ("not-in-answer", gone.id, "payroll")
    assert "Er is niets gewijzigd" in issue.message_nl
    assert "Nothing was changed" in issue.message_en
    assert timeline_of(gone.id).read("is_employed", date(2026, 11, 24)).value is True

    reader.sync(people(39))
    assert Issue.objects.count() == 1
    reader.sync(people(40))
    assert open_issues() == []


def test_a_leaver_who_is_no_longer_listed_is_no_issue(reader: Reader) -> None:
    left = Told(employed=((date(2020, 3, 1), date(2026, 6, 1), True),))
    stays = Told(key="2")
    reader.sync([left, stays])
    reader.sync([stays])
    assert open_issues() == []


def test_an_employee_named_twice_counts_once_and_is_remarked(reader: Reader) -> None:
    got = reader.sync([Told(), Told(name="Ander"), Told(key="2")])
    assert (got.received.employees, got.received.changed) == (2, 2)
    assert open_issues() == [("employee-twice-in-answer", "")]
    reader.sync([Told(), Told(key="2")])
    assert open_issues() == []


def test_remarks_about_the_whole_open_once_and_close_by_themselves(reader: Reader) -> None:
    remark = Remark("unknown-element", "Onbekend veld Nieuw in EmployeeService.", "Unknown field Nieuw.")
    reader.sync([Told()], remarks=(remark,))
    reader.sync([Told()], remarks=(remark,))
    assert open_issues() == [("unknown-element", "")]
    assert Issue.objects.count() == 1
    reader.sync([Told()])
    assert open_issues() == []
    issue = Issue.objects.get()
    assert (issue.who, issue.employee_id) == ("operator", None)
    assert issue.resolved_at is not None


def test_received_records_are_unreadable_at_rest(reader: Reader) -> None:
    reader.take_in(delivery([Told(name="Zeldzaam")]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT record FROM intake_receivedrecord")
        (body,) = cursor.fetchone()
    assert b"Zeldzaam" not in bytes(body)


def test_a_large_stream_is_never_held_in_memory(reader: Reader, tenant_id: int) -> None:
    """At most one batch of records is alive at any moment."""
    alive = most = 0

    class Counted(PayrollRecord):
        __slots__ = ()

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def stream() -> Iterator[PayrollRecord]:
        nonlocal alive, most
        for index in range(1_000):
            one = Told(key=str(index)).record(NOVEMBER)
            alive += 1
            most = max(most, alive)
            yield Counted(one.employee_key, one.entity_key, one.employee_number, one.stated, one.remarks)

    opened = receive.open_delivery(reader.employer_id, LINK, "41001", reader.clock())
    told = replace(delivery([]), employee_keys=frozenset({"0"}), records=stream())
    got = receive.receive(opened.reference, told, receive.GuardLimits(), reader.clock(), tenant_id=tenant_id)
    assert got.changed == 1_000
    assert most <= 2 * receive.BATCH + 2
