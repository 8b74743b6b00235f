"""Periods and values over time: laws that hold whatever the values mean."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.engine.timeline import Period, Step, Timeline, day_of, differences

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    one, other = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
    return Period(one, draw(st.sampled_from([other, None])))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline[int]:
    days = sorted(draw(st.lists(DAYS, max_size=8, unique=True)))
    steps = [
        Step(Period(one, other), draw(st.integers(0, 2)))
        for one, other in zip(days[::2], days[1::2], strict=False)
    ]
    return Timeline(steps)


@given(timelines(), periods(), st.integers(0, 9), DAYS)
def test_what_is_laid_over_holds_there_and_nowhere_else(
    line: Timeline[int], period: Period, value: int, day: date
) -> None:
    wanted = value if period.contains(day) else line.at(day)
    assert line.overlay(period, value).at(day) == wanted


@given(timelines(), periods(), DAYS)
def test_a_slice_is_what_lies_within(line: Timeline[int], period: Period, day: date) -> None:
    assert line.slice(period).at(day) == (line.at(day) if period.contains(day) else None)
    assert line.without(period).at(day) == (None if period.contains(day) else line.at(day))


@given(timelines(), DAYS)
def test_joining_equal_steps_changes_no_day(line: Timeline[int], day: date) -> None:
    merged = line.merged()
    assert merged.at(day) == line.at(day)
    assert merged.merged() == merged


@given(timelines(), timelines(), DAYS)
def test_differences_are_the_days_that_say_something_else(
    old: Timeline[int], new: Timeline[int], day: date
) -> None:
    found = differences(old, new)
    assert any(period.contains(day) for period in found) == (old.at(day) != new.at(day))
    assert not differences(old, old)


def test_two_values_at_one_time_are_refused() -> None:
    both = [Step(Period(date(2026, 1, 1)), 1), Step(Period(date(2026, 2, 1)), 2)]
    with pytest.raises(ValueError, match="two values"):
        Timeline(both)


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_period_ends_after_it_starts(until: date) -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2026, 1, 1), until)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_days_are_counted_in_the_netherlands(moment: datetime, day: date) -> None:
    assert day_of(moment) == day
