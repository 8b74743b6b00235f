"""Facts over time, laid out in percents of the width."""

from datetime import UTC, date, datetime
from uuid import UUID

from schakel.desk.facts import FactShown, FactStep, OriginShown
from schakel.desk.words import Words
from schakel.portal import lanes

TODAY = date(2026, 11, 25)
ORIGIN = OriginShown("Operation", "Field", "ab" * 32, UUID(int=1), None, "Payroll", None)


def fact(name: str, *steps: tuple[date, date | None, object]) -> FactShown:
    known = datetime(2026, 1, 1, tzinfo=UTC)
    shown = tuple(FactStep(start, until, value, known, None, ORIGIN) for start, until, value in steps)
    return FactShown(name, Words(name, name), "euros", False, True, shown, ())


def test_bars_touch_and_fill_the_window() -> None:
    salary = fact("salary_amount", (date(2020, 1, 1), date(2026, 5, 1), 1), (date(2026, 5, 1), None, 2))
    drawn = lanes.of_facts([salary], TODAY)
    first, second = drawn.lanes[0].bars
    assert first.left == "0.00%"
    assert float(first.width[:-1]) + float(second.width[:-1]) == 100
    assert second.left == first.width


def test_the_window_runs_from_a_year_and_a_half_ago() -> None:
    drawn = lanes.of_facts([], TODAY)
    assert (drawn.start, drawn.until) == (date(2025, 5, 1), date(2027, 3, 1))
    assert 80 < float(drawn.today[:-1]) < 90
    assert {tick.on.month % 3 for tick in drawn.ticks} == {1}


def test_what_ended_before_the_window_is_in_the_table_alone() -> None:
    old = fact("fixed_allowance", (date(2019, 1, 1), date(2020, 1, 1), 5))
    drawn = lanes.of_facts([old], TODAY)
    assert drawn.lanes == ()
    assert drawn.facts == (old,)


def test_a_no_is_drawn_pale_and_salary_stands_before_hours() -> None:
    facts = [
        fact("hours_per_week", (date(2020, 1, 1), None, 4000)),
        fact("has_partner", (date(2020, 1, 1), None, False)),
        fact("salary_amount", (date(2020, 1, 1), None, 1)),
    ]
    drawn = lanes.of_facts(facts, TODAY)
    assert [lane.fact.name for lane in drawn.lanes] == ["salary_amount", "hours_per_week", "has_partner"]
    assert [lane.bars[0].is_off for lane in drawn.lanes] == [False, False, True]
