"""Statutory figures that follow from one another by a published rule agree with it, year by year."""

import itertools
from datetime import date
from fractions import Fraction
from math import ceil, floor

import pytest

from schakel.engine.errors import NoParameterInForce
from schakel.engine.parameters import statutory

YEARS = range(2019, 2027)
POINT = 10_000  #: one percent of a share


def new_year(name: str, year: int) -> int:
    """The figure of 1 January."""
    return on(name, date(year, 1, 1))


def on(name: str, day: date) -> int:
    return statutory()[name].at(day).value


def table(name: str, day: date) -> tuple[int, ...]:
    return statutory()[name].at(day).table


def up(cents: Fraction) -> int:
    """Up to whole euros, in cents."""
    return ceil(cents / 100) * 100


# -- Pension -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_franchises_follow_from_the_aow_of_january(year: int) -> None:
    aow = 12 * (
        new_year("aow_married_per_month", year) + new_year("aow_holiday_allowance_married_per_month", year)
    )
    assert new_year("aow_married_per_year", year) == aow
    assert new_year("statutory_franchise", year) == up(Fraction(aow) * 100 / 75)
    assert new_year("franchise_final_pay", year) == up(Fraction(aow) * 10_000 / 6_628)


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_franchise_follows_from_the_aow_of_the_year(year: int) -> None:
    assert new_year("statutory_franchise", year) == up(
        Fraction(new_year("aow_married_per_year", year)) * 100 / 75
    )


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_single_aow_of_a_year_is_twelve_months_with_holiday_allowance(year: int) -> None:
    months = new_year("aow_single_per_month", year) + new_year("aow_holiday_allowance_single_per_month", year)
    assert new_year("aow_single_per_year", year) == 12 * months


@pytest.mark.parametrize("year", YEARS)
def test_both_franchises_rest_on_one_aow(year: int) -> None:
    # The AOW lies within the euro that the first was rounded up over, and so does the second.
    franchise = new_year("statutory_franchise", year)
    least, most = (up(Fraction(one) * 7_500 / 6_628) for one in (franchise - 100, franchise))
    assert least <= new_year("franchise_final_pay", year) <= most


def test_the_wtp_franchise_is_the_ordinary_one() -> None:
    for day in (date(2023, 7, 1), *(date(year, 1, 1) for year in range(2024, 2027))):
        assert on("franchise_wtp", day) == on("statutory_franchise", day)
    with pytest.raises(NoParameterInForce):
        on("franchise_wtp", date(2023, 6, 30))


@pytest.mark.parametrize("year", range(2020, 2024))
@pytest.mark.parametrize(
    ("reduced", "whole"),
    [
        ("franchise_reduced_career_average_low", "statutory_franchise"),
        ("franchise_reduced_career_average_mid", "statutory_franchise"),
        ("franchise_reduced_final_pay_low", "franchise_final_pay"),
        ("franchise_reduced_final_pay_mid", "franchise_final_pay"),
    ],
)
def test_reduced_franchises_rise_with_the_ordinary_one(reduced: str, whole: str, year: int) -> None:
    # Within two euros: each year is rounded on its own.
    rise = Fraction(new_year(whole, year), new_year(whole, year - 1))
    assert abs(new_year(reduced, year) - new_year(reduced, year - 1) * rise) <= 200


@pytest.mark.parametrize("size", ["low", "mid"])
def test_reduced_wtp_franchises_are_in_step_with_those_before(size: str) -> None:
    rise = Fraction(new_year("statutory_franchise", 2024), new_year("statutory_franchise", 2023))
    before = new_year(f"franchise_reduced_career_average_{size}", 2023)
    assert abs(new_year(f"franchise_reduced_wtp_{size}", 2024) - before * rise) <= 200


COLUMNS = ("retirement", "deferred_partner", "accrued_partner", "reachable_partner")


@pytest.mark.parametrize(("interest", "end"), [(4, 67), (3, 68)])
def test_the_scales_of_2015_rise_with_age_and_with_what_they_cover(interest: int, end: int) -> None:
    scales = [
        table(f"contribution_scale_2015_{interest}_percent_{column}", date(2015, 1, 1)) for column in COLUMNS
    ]
    for one in scales:
        assert list(one[:end]) == sorted(one[:end])
        assert set(one[:15]) == set(one[end:]) == {0}
        assert len(set(one[15:end])) == 11
    for less, more in itertools.pairwise(scales):
        assert all(small < large for small, large in zip(less[15:end], more[15:end], strict=True))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_lower_interest_asks_a_higher_contribution(column: str) -> None:
    low, high = (
        table(f"contribution_scale_2015_{interest}_percent_{column}", date(2015, 1, 1)) for interest in (3, 4)
    )
    assert all(one > other for one, other in zip(low[15:67], high[15:67], strict=True))


def test_figures_of_the_scales_at_the_edges_of_a_class() -> None:
    found = table("contribution_scale_2015_4_percent_reachable_partner", date(2017, 12, 31))
    assert [found[age] for age in (15, 19, 20, 44, 45, 66)] == [
        48_000,
        48_000,
        57_000,
        118_000,
        142_000,
        281_000,
    ]
    caps = table("contribution_cap_38r_reduced_low", date(2024, 1, 1))
    assert [caps[age] for age in (14, 15, 44, 45, 64, 65, 130)] == [
        0, 173_000, 240_000, 260_000, 336_000, 363_000, 363_000
    ]  # fmt: skip


def test_the_state_pension_age_leaves_no_date_of_birth_out() -> None:
    values = statutory()["state_pension_age"].values
    for one, other in itertools.pairwise(values):
        assert one.birth_until == other.birth_from
    set_already = [value.value for value in values[:-1]]
    assert set_already == sorted(set_already)


# -- Social insurance --------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [year for year in YEARS if year != 2021])
def test_the_wage_cap_is_261_times_the_daily_wage_of_january(year: int) -> None:
    # 2021 is left out: its daily wage is from memory and does not give the cap.
    daily = new_year("maximum_daily_wage", year)
    assert new_year("statutory_sv_wage_cap", year) == floor(Fraction(daily) * 261 / 100) * 100


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("period", "count"), [("month", 12), ("four_weeks", 13), ("week", 52), ("day", 260)])
def test_the_wage_cap_of_a_period_is_its_part_of_the_year_rounded_down(
    period: str, count: int, year: int
) -> None:
    assert new_year(f"sv_wage_cap_per_{period}", year) == new_year("statutory_sv_wage_cap", year) // count


@pytest.mark.parametrize("year", [2019, 2020, 2022])
def test_the_daily_wage_of_july_follows_the_minimum_wage(year: int) -> None:
    july = date(year, 7, 1)
    rise = Fraction(on("minimum_wage_per_month", july), new_year("minimum_wage_per_month", year))
    assert abs(on("maximum_daily_wage", july) - new_year("maximum_daily_wage", year) * rise) < 1


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 1, 1),
        date(2021, 7, 31),
        date(2021, 8, 1),
        *(date(year, 1, 1) for year in range(2022, 2027)),
    ],
)
def test_the_high_awf_rate_is_five_points_above_the_low_one(day: date) -> None:
    assert on("awf_high_rate", day) - on("awf_low_rate", day) == 5 * POINT


@pytest.mark.parametrize("year", range(2022, 2027))
def test_a_small_employer_pays_the_lower_aof_rate(year: int) -> None:
    assert 0 < new_year("aof_low_rate", year) < new_year("aof_high_rate", year)
    with pytest.raises(NoParameterInForce):
        new_year("aof_undifferentiated_rate", year)


@pytest.mark.parametrize("year", YEARS)
def test_the_zvw_rates_differ_by_one_and_a_quarter_points(year: int) -> None:
    assert (
        new_year("zvw_employer_levy_rate", year) - new_year("zvw_employee_contribution_rate", year) == 12_500
    )


@pytest.mark.parametrize("name", ["minimum_wage_per_month", "minimum_wage_per_hour", "maximum_daily_wage"])
def test_what_is_raised_twice_a_year_only_rises(name: str) -> None:
    values = sorted(statutory()[name].values, key=lambda value: value.start)
    for one, other in itertools.pairwise(values):
        assert one.until == other.start
        assert 1 < Fraction(other.value, one.value) < Fraction(112, 100)


def test_the_minimum_wage_is_whole_from_21() -> None:
    shares = table("minimum_wage_youth_share", date(2026, 1, 1))
    assert [shares[age] for age in (14, 15, 16, 17, 18, 19, 20, 21, 67)] == [
        0, 300_000, 345_000, 395_000, 500_000, 600_000, 800_000, 1_000_000, 1_000_000
    ]  # fmt: skip


# -- Whk ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("part", ["wga", "zw"])
def test_the_highest_and_lowest_whk_rate_follow_from_the_average(part: str, year: int) -> None:
    average = new_year(f"whk_{part}_average_rate", year)
    assert new_year(f"whk_{part}_maximum_rate", year) == 4 * average
    assert new_year(f"whk_{part}_minimum_rate", year) == average // 4 // 100 * 100


@pytest.mark.parametrize("year", YEARS)
def test_the_size_limits_are_so_many_average_wages(year: int) -> None:
    wage = new_year("whk_average_wage", year)
    assert new_year("whk_small_employer_limit", year) == wage * (10 if year < 2022 else 25)
    assert new_year("whk_large_employer_limit", year) == wage * 100


def test_the_sector_rate_is_that_of_its_parts() -> None:
    parts = (new_year(f"whk_sector_43_{part}_rate", 2026) for part in ("wga", "zw"))
    assert new_year("whk_sector_43_rate", 2026) == sum(parts)


def test_fewer_years_count_more() -> None:
    # WGA looks back five years and ZW two; down to two decimals, and never below one.
    for name, back in (("whk_wga_available_years_factor", 5), ("whk_zw_available_years_factor", 2)):
        expected = tuple(max(100, back * 100 // count) for count in range(1, 5))
        assert table(name, date(2022, 1, 1)) == (0, *expected)


# -- Incapacity, cars, kilometres --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wga_follow_up_share", "premium_waiver_six_classes_share"])
def test_a_class_of_incapacity_starts_where_the_wia_starts(name: str) -> None:
    shares = table(name, date(2026, 1, 1))
    starts = [key for key in range(1, 101) if shares[key] != shares[key - 1]]
    assert starts == [35, 45, 55, 65, 80]
    assert list(shares) == sorted(shares)
    assert starts[0] == new_year("wia_lowest_incapacity_percent", 2026)
    assert starts[-1] == new_year("wia_full_incapacity_percent", 2026)


def test_the_follow_up_share_is_seventy_percent_of_the_middle_of_the_class() -> None:
    # 35–45: 40 %, … 65–80: 72.5 %; the highest class is 70 % itself.
    shares = table("wga_follow_up_share", date(2026, 1, 1))
    middles = {35: Fraction(40), 45: Fraction(50), 55: Fraction(60), 65: Fraction(145, 2), 80: Fraction(100)}
    assert {key: shares[key] for key in middles} == {key: int(middle * 70) for key, middle in middles.items()}


@pytest.mark.parametrize("year", YEARS)
def test_a_car_without_emission_is_added_for_less(year: int) -> None:
    assert new_year("car_addition_zero_emission_rate", year) < new_year("car_addition_standard_rate", year)


def test_the_weeks_of_continued_pay_end_with_the_waiting_period() -> None:
    assert new_year("continued_pay_weeks", 2026) == new_year("absence_end_week", 2026)
    steps = (
        "report",
        "problem_analysis",
        "action_plan",
        "uwv_report",
        "first_year_review",
        "wia_application",
        "end",
    )
    weeks = [new_year(f"absence_{step}_week", 2026) for step in steps]
    assert weeks == sorted(set(weeks))
