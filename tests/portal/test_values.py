"""How values are written: money, dates, ages and states, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from schakel.desk.totals import PeriodShown
from schakel.portal import charts
from schakel.portal.templatetags import portal as shown


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (123_456, "€\u00a01.234,56", "€1,234.56"),
        (-5, "-€\u00a00,05", "-€0.05"),
        (0, "€\u00a00,00", "€0.00"),
        (None, "–", "–"),
    ],
)
def test_money_is_never_a_zero_when_there_is_none(cents: int | None, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert shown.money(cents) == dutch
    with translation.override("en"):
        assert shown.money(cents) == english


def test_a_difference_has_its_sign() -> None:
    with translation.override("nl"):
        assert shown.signed_money(76) == "+€\u00a00,76"
        assert shown.signed_money(-76) == "-€\u00a00,76"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (800_000, "share", "80 %"),
        (265_000, "share", "26,5 %"),
        (4_000, "hours", "40"),
        (True, "yes_no", "ja"),
        (False, "yes_no", "nee"),
        ("1980-03-14", "date", "14 mrt 1980"),
        (["2019-01-02", "2021-03-04"], "dates", "2 jan 2019, 4 mrt 2021"),
        ([], "dates", "geen"),
        ("month", "choice", "maand"),
        (None, "euros", "–"),
        ("", "text", "–"),
    ],
)
def test_a_value_is_written_as_its_unit_is(value: object, unit: str, expected: str) -> None:
    with translation.override("nl"):
        assert shown.in_unit(value, unit) == expected


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(seconds=20), "zojuist"),
        (timedelta(minutes=12), "12\u00a0minuten geleden"),
        (timedelta(hours=3, minutes=50), "3\u00a0uur geleden"),
        (timedelta(days=2), "2\u00a0dagen geleden"),
    ],
)
def test_an_age_is_short_and_keeps_the_moment(ago: timedelta, expected: str) -> None:
    at = timezone.now() - ago
    with translation.override("nl"):
        told = str(shown.age(at))
    assert f">{expected}</time>" in told
    assert timezone.localtime(at).isoformat() in told


def test_what_never_happened_has_no_age() -> None:
    with translation.override("nl"):
        assert shown.age(None) == "nooit"


def test_a_month_goes_by_its_name_and_four_weeks_by_their_days() -> None:
    with translation.override("nl"):
        assert shown.period(date(2026, 2, 1), date(2026, 3, 1)) == "feb 2026"
        assert shown.period(date(2026, 1, 26), date(2026, 2, 23)) == "26 jan – 22 feb 2026"


def test_a_current_period_is_told_in_words() -> None:
    with translation.override("nl"):
        assert shown.current_period("2026-12 four_weeks") == "vier weken 12, 2026"


def test_a_moment_is_shown_in_the_zone_of_the_reader() -> None:
    with translation.override("nl"):
        assert shown.moment(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "1 jul 2026 14:05"


def test_a_shorter_wage_period_is_not_taken_for_a_month() -> None:
    weeks = PeriodShown(2026, 7, date(2026, 6, 15), date(2026, 7, 13))
    assert charts.period_name(weeks) == "P7 2026"
    with translation.override("nl"):
        assert charts.period_name(PeriodShown(2026, 7, date(2026, 7, 1), date(2026, 8, 1))) == "jul 2026"
