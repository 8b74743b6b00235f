"""Pay periods: the same days as the product's own wage periods, written as the vendor writes them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.engine.wage_periods import year_of
from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind, period_of, periods_in

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
KINDS = st.sampled_from(list(PeriodKind))


@pytest.mark.parametrize("kind", list(PeriodKind))
@pytest.mark.parametrize("year", [2020, 2024, 2025, 2026, 2027])
def test_both_sides_of_the_wire_mean_the_same_days(kind: PeriodKind, year: int) -> None:
    ours = [PayPeriod(kind, year, number) for number in range(1, periods_in(kind, year) + 1)]
    product = year_of(kind.value, year)

    assert [(one.start_on, one.end_on + timedelta(days=1)) for one in ours] == [
        (one.period.start, one.period.end) for one in product
    ]


@given(KINDS, DAYS)
def test_a_day_lies_in_its_period_and_in_no_neighbour(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)

    assert period.start_on <= day <= period.end_on
    assert period.previous().end_on + timedelta(days=1) == period.start_on
    assert period.following().previous() == period


@pytest.mark.parametrize(
    ("kind", "day", "written"),
    [
        (PeriodKind.MONTH, date(2026, 1, 31), "2026-1-M"),
        (PeriodKind.MONTH, date(2026, 12, 1), "2026-12-M"),
        (PeriodKind.FOUR_WEEKS, date(2026, 1, 1), "2026-1-4W"),
        (PeriodKind.FOUR_WEEKS, date(2027, 1, 3), "2026-13-4W"),
        (PeriodKind.WEEK, date(2027, 1, 3), "2026-53-1W"),
    ],
)
def test_a_period_is_written_as_the_vendor_does(kind: PeriodKind, day: date, written: str) -> None:
    assert str(period_of(kind, day)) == written


@pytest.mark.parametrize(("kind", "number"), [("month", 13), ("four_weeks", 14), ("week", 54), ("month", 0)])
def test_a_number_the_year_does_not_have_is_refused(kind: str, number: int) -> None:
    with pytest.raises(ValueError, match="not"):
        PayPeriod(PeriodKind(kind), 2026, number)
