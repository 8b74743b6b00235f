"""How far a sync is, from the queue to the last message read back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.desk.firms import Firm

from schakel.delivery import queries as delivery
from schakel.desk import progress as desk
from schakel.desk.access import NotFound, Role
from schakel.intake import queries as intake
from schakel.intake import receive
from schakel.tenancy.scope import tenant_scope

LONG_AGO = timedelta(days=60)


def line(
    state: str, *, answers: int = 0, before: int = 0, records: int = 0, followed: int = 0
) -> intake.ReadingLine:
    return intake.ReadingLine(uuid4(), 1, "41001", state, answers, before, records, followed)


def test_before_the_worker_took_it_up_it_waits(firm: Firm) -> None:
    later = firm.now + timedelta(minutes=1)
    found = desk.progress(firm.visitor(Role.ADVISER), firm.payroll_link, later, later)
    assert [one.words for one in found.entities] == [desk.WAITS]
    assert (found.is_done, found.percent) == (False, 0)


def test_what_is_held_is_at_its_end_and_a_new_reading_is_not(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    held = desk.progress(adviser, firm.payroll_link, firm.now - LONG_AGO, firm.now)
    assert held.is_done
    assert [one.words.en for one in held.entities] == ["held"]
    later = firm.now + timedelta(minutes=1)
    with tenant_scope(firm.tenant_id):
        receive.open_delivery(firm.seen, firm.payroll_link, "41001", later)
    reading = desk.progress(adviser, firm.payroll_link, later, later)
    assert [one.words for one in reading.entities] == [desk.READS]
    assert not reading.is_done


def test_another_firm_learns_nothing(firm: Firm, foreign: Firm) -> None:
    with pytest.raises(NotFound):
        desk.progress(foreign.visitor(Role.ADVISER), uuid4(), firm.now, firm.now)


def test_the_records_of_a_reading_and_its_messages_are_counted_from_the_tables(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        told = intake.readings(firm.payroll_link, firm.now - LONG_AGO)
        (newest,) = [one for one in told if one.employer_id == firm.seen]
        caused = delivery.states_caused_by([firm.delivery], firm.now - LONG_AGO)
    assert newest.reference == firm.held
    assert caused == {firm.delivery: {"received": 1}}


@pytest.mark.parametrize(
    ("reading", "states", "expected"),
    [
        (line("fetching", answers=6, before=12), {}, (desk.READS, 6, 12, 16, False)),
        (line("fetching", answers=13, before=12), {}, (desk.READS, 13, 13, 33, False)),
        (line("applying", records=4, followed=1), {}, (desk.FOLLOWS, 1, 4, 41, False)),
        (line("applied"), {"sent": 2, "verified": 2}, (desk.TELLS, 2, 4, 82, False)),
        (line("applied"), {"rejected": 1, "verified": 3}, (desk.TELLS, 3, 4, 100, True)),
    ],
)
def test_each_third_of_the_way(
    reading: intake.ReadingLine, states: dict[str, int], expected: tuple[object, ...]
) -> None:
    one = desk._entity("Voorbeeld", reading, {reading.reference: states}, is_given_up=False)
    assert (one.words, one.done, one.of, one.percent, one.is_done) == expected


def test_without_changes_it_is_done_when_it_is_applied() -> None:
    one = desk._entity("Voorbeeld", line("applied"), {}, is_given_up=False)
    assert (one.is_done, one.percent, one.words.en) == (True, 100, "applied")


def test_a_line_that_fails_before_anything_is_read_ends_it() -> None:
    assert desk._entity("Voorbeeld", None, {}, is_given_up=True).is_done
