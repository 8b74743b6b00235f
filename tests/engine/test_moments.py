"""From when things count: which employment a day belongs to, which day is read, and how much days weigh."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.engine.catalogue import check_terms
from schakel.engine.choices import Choices
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.moments import (
    Service,
    months_around,
    reading_day,
    service_on,
    snapshot_day,
    stretches_of_service,
    weight,
)
from schakel.engine.shared_terms import PRORATION, REFERENCE_DATE
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.wage_periods import wage_period, wage_periods

FIRST = Period(date(2020, 1, 1), date(2026, 11, 11))
SECOND = Period(date(2026, 11, 21))
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
WEIGHED = [word for word in PRORATION.words if not word.endswith("_day")]


def terms(**chosen: str) -> Choices:
    return check_terms("retirement_pension", {"contribution_rate": "10", **chosen})


def employments(*periods: Period) -> EmployeeTimeline:
    steps = [Step(period, Sourced(True)) for period in periods]
    return EmployeeTimeline("one", {"is_employed": Timeline(steps)})


def test_employments_that_follow_each_other_are_one() -> None:
    one, other = Period(date(2020, 1, 1), date(2026, 7, 16)), Period(date(2026, 7, 16))
    assert stretches_of_service(employments(one, other)) == (Period(date(2020, 1, 1)),)


def test_employments_with_a_day_between_are_two() -> None:
    assert stretches_of_service(employments(FIRST, SECOND)) == (FIRST, SECOND)


def test_what_is_said_not_to_be_service_is_none() -> None:
    timeline = Timeline([Step(FIRST, Sourced(False)), Step(SECOND, Sourced(True))])
    assert stretches_of_service(EmployeeTimeline("one", {"is_employed": timeline})) == (SECOND,)


def test_nobody_is_in_service_without_a_statement() -> None:
    assert stretches_of_service(EmployeeTimeline("one", {})) == ()


@pytest.mark.parametrize(
    ("chosen", "on", "stretch"),
    [
        ({}, date(2026, 11, 10), FIRST),
        ({}, date(2026, 11, 11), None),
        ({}, date(2026, 11, 21), SECOND),
        ({"end_moment": "end_of_month"}, date(2026, 11, 20), FIRST),
        # From the day of coming back the new employment is read, though the old one still counts.
        ({"end_moment": "end_of_month"}, date(2026, 11, 21), SECOND),
        ({"end_moment": "first_of_month"}, date(2026, 11, 1), None),
        ({"end_moment": "first_of_month"}, date(2026, 10, 31), FIRST),
        ({"entry_moment": "first_of_month"}, date(2026, 11, 15), SECOND),
        ({"entry_moment": "first_of_next_month"}, date(2026, 11, 30), None),
        ({"entry_moment": "first_of_next_month"}, date(2026, 12, 1), SECOND),
    ],
)
def test_the_employment_that_counts_on_a_day(
    chosen: dict[str, str], on: date, stretch: Period | None
) -> None:
    found = service_on((FIRST, SECOND), on, terms(**chosen))
    assert (found.stretch if found.is_in else None) == stretch


@given(start=DAYS, days=st.integers(1, 900), on=DAYS)
def test_no_entry_or_end_rule_reaches_beyond_the_months_of_an_employment(
    start: date, days: int, on: date
) -> None:
    stretch = Period(start, start + timedelta(days=days))
    around = months_around(stretch)
    for entry in ("exact_day", "first_of_month", "first_of_next_month"):
        for end in ("exact_day", "first_of_month", "end_of_month"):
            found = service_on((stretch,), on, terms(entry_moment=entry, end_moment=end))
            assert not found.is_in or around.contains(on)


@given(
    word=st.sampled_from(REFERENCE_DATE.words),
    start=DAYS,
    days=st.integers(1, 500),
    after=st.integers(0, 499),
    kind=st.sampled_from(["month", "four_weeks", "week"]),
)
def test_a_fact_is_read_within_the_employment_and_not_after_the_day(
    word: str, start: date, days: int, after: int, kind: str
) -> None:
    stretch = Period(start, start + timedelta(days=days))
    on = start + timedelta(days=min(after, days - 1))
    (period,) = wage_periods(kind, on, on + timedelta(days=1))
    found = reading_day(word, on, period, Service(True, stretch))
    assert stretch.contains(found)
    # The first days of a year may belong to its first wage period, which starts in December before.
    assert found <= max(on, date(period.year, 1, 1))


@pytest.mark.parametrize(
    ("kind", "number", "days"),
    [
        ("month", 3, (date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 31))),
        ("four_weeks", 13, (date(2026, 11, 30), date(2026, 12, 14), date(2027, 1, 3))),
        ("week", 10, (date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 8))),
    ],
)
def test_the_day_that_decides(kind: str, number: int, days: tuple[date, date, date]) -> None:
    whole = wage_period(kind, 2026, number).period
    found = tuple(snapshot_day(word, whole) for word in ("first_day", "fifteenth_day", "last_day"))
    assert found == days
    assert snapshot_day("calendar_days", whole) is None


@given(
    proration=st.sampled_from(WEIGHED),
    kind=st.sampled_from(["month", "four_weeks", "week"]),
    on=DAYS,
    cut=st.integers(1, 34),
)
def test_the_parts_of_a_wage_period_weigh_what_the_whole_does(
    proration: str, kind: str, on: date, cut: int
) -> None:
    (period,) = wage_periods(kind, on, on + timedelta(days=1))
    whole = period.period
    middle = whole.start + timedelta(days=min(cut, whole.days - 1))
    parts = (Period(whole.start, middle), Period(middle, whole.until))
    assert sum(weight(proration, part) for part in parts) == weight(proration, whole)
    assert all(weight(proration, part) >= 0 for part in parts)


@pytest.mark.parametrize("month", range(1, 13))
def test_with_thirty_days_every_month_weighs_thirty(month: int) -> None:
    assert weight("thirty_days", wage_period("month", 2026, month).period) == 30


def test_2026_has_261_working_days() -> None:
    assert weight("working_days", Period(date(2026, 1, 1), date(2027, 1, 1))) == 261
