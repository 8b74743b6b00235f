"""The path of one change: payroll in, read back at the other end; and twice is once."""

from datetime import date, timedelta

import pytest
from tests.chain.works import NORTH, SOUTH, Works, everything_is_verified
from tests.rooms.intake.told import DECEMBER, Told

from schakel.connectors.errors import TemporarilyUnavailable


def start(works: Works) -> None:
    report = works.sync()
    assert report.errors == []
    works.come_to_rest()
    everything_is_verified(works)


def test_the_first_reading_enrols_everybody_and_ends_verified(works: Works) -> None:
    report = works.sync()
    assert (report.errors, report.held, report.employees) == ([], [], 3)
    assert report.messages == 9  # three employees, each in a pension, an income and an accident policy
    assert {one.reason for one in works.messages()} == {"enrolment"}
    works.come_to_rest()
    everything_is_verified(works)


def test_a_second_reading_without_a_change_sends_nothing(works: Works) -> None:
    start(works)
    sent = sum(works.carriers[NORTH].deliveries.values())
    report = works.sync()
    works.come_to_rest()
    assert (report.messages, report.facts_changed, report.amounts_changed) == (0, 0, 0)
    assert sum(works.carriers[NORTH].deliveries.values()) == sent


def test_a_raise_two_months_back_corrects_both_carriers(works: Works) -> None:
    start(works)
    raised = ((date(2020, 3, 1), date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 440_000))
    works.payroll.change("1001", salaries=raised)
    report = works.sync()
    assert (report.facts_changed, report.employees_recalculated) == (1, 1)
    told = [one for one in works.messages() if one.sequence == 2]
    assert {one.reason for one in told} == {"correction"}
    assert {one.policy.carrier.name for one in told} == {NORTH, SOUTH}
    touched = {change["start"] for one in told for change in one.changed}
    assert touched == {"2026-09-01", "2026-10-01", "2026-11-01"}
    assert report.cents["contribution"] > 0
    works.come_to_rest()
    everything_is_verified(works)


def test_a_leaver_is_withdrawn_and_one_who_is_only_missing_is_not(works: Works) -> None:
    start(works)
    works.payroll.change("1002", employed=((date(2020, 3, 1), date(2026, 11, 15), True),))
    works.payroll.unnamed.add("1003")
    works.sync()
    works.come_to_rest()
    everything_is_verified(works)
    newer = [one for one in works.messages() if one.sequence > 1]
    assert {one.reason for one in newer} == {"withdrawal"}
    assert len({one.employee_id for one in newer}) == 1


def test_a_hire_is_enrolled_and_nobody_else_is_touched(works: Works) -> None:
    start(works)
    (people,) = works.payroll.people.values()
    people.append(
        Told(
            "1004",
            "20",
            employed=((date(2026, 11, 1), None, True),),
            salaries=((date(2026, 11, 1), None, 300_000),),
        )
    )
    works.payroll.bsns["1004"] = "999990032"
    report = works.sync()
    works.come_to_rest()
    everything_is_verified(works)
    assert (report.employees_recalculated, report.messages) == (1, 3)


def test_a_change_that_is_undone_before_it_is_sent_tells_nobody(works: Works) -> None:
    start(works)
    works.payroll.change("1001", salaries=((date(2020, 3, 1), None, 450_000),))
    works.sync()
    works.payroll.change("1001", salaries=((date(2020, 3, 1), None, 400_000),))
    works.sync()
    before = sum(works.carriers[NORTH].deliveries.values())
    works.come_to_rest()
    assert sum(works.carriers[NORTH].deliveries.values()) == before
    everything_is_verified(works)


def test_changes_told_while_a_carrier_was_down_arrive_as_one_latest_state(works: Works) -> None:
    start(works)
    north = works.carriers[NORTH]
    north.fail("submit", *[TemporarilyUnavailable()] * 3)
    for cents in (410_000, 420_000, 430_000):
        works.payroll.change("1001", salaries=((date(2020, 3, 1), None, cents),))
        works.sync()
        works.round()
    works.come_to_rest()
    everything_is_verified(works)


def test_a_new_wage_period_is_told_to_everybody(works: Works) -> None:
    start(works)
    works.payroll.period = DECEMBER
    works.wait(days=10)
    report = works.sync()
    works.come_to_rest()
    everything_is_verified(works)
    assert report.employees_recalculated == 3


def test_a_reading_that_broke_off_goes_on_where_it_was(works: Works) -> None:
    works.payroll.fail("1002", TemporarilyUnavailable())
    report = works.sync()
    assert [error.code for error in report.errors] == ["temporarily-unavailable"]
    assert works.messages() == []
    works.now += timedelta(minutes=-179)  # the next try comes a minute later
    again = works.sync()
    assert again.errors == []
    assert (again.resumed, works.payroll.calls.count("1001")) == (2, 1)
    works.come_to_rest()
    everything_is_verified(works)


@pytest.mark.parametrize("operation", ["acknowledgement", "read_back"])
def test_a_line_that_does_not_answer_is_asked_once_a_round_and_the_other_goes_on(
    works: Works, operation: str
) -> None:
    works.sync()
    north = works.carriers[NORTH]
    north.fail(operation, *[TemporarilyUnavailable()] * 3)
    works.round()
    assert north.asked[operation] == 1
    verified = works.messages(state="verified")
    assert {one.policy.carrier.name for one in verified} == {SOUTH}
    works.come_to_rest()
    everything_is_verified(works)
