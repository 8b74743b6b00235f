"""Laws of a calculation: split periods make the whole, refusals stay where they belong, the past stays the past."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign import examples

from schakel.engine.benefit import Benefit
from schakel.engine.calculation import Calculation, PeriodResult, Terms, calculate
from schakel.engine.catalogue import BENEFITS, check_terms
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.errors import WrongTerms
from schakel.engine.parameters import ParameterValue, statutory
from schakel.engine.revision import compare
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.wage_periods import wage_period, wage_periods

TERMS: Mapping[str, Any] = {"contribution_rate": "26.5", "employee_rate": "5"}
FACTS: Mapping[str, Any] = {
    "birth_on": date(1984, 5, 17),
    "salary_amount": 400_000,
    "salary_kind": "full_time",
    "part_time_factor": 1_000_000,
    "fixed_allowance": 0,
    "wage_period_kind": "month",
}


ALWAYS = Period(date(2020, 1, 1))


def employee(*, employed: Period = ALWAYS, **changed: Any) -> EmployeeTimeline:
    facts = {
        name: value if isinstance(value, Timeline) else Timeline.always(Sourced(value))
        for name, value in {**FACTS, **changed}.items()
    }
    facts["is_employed"] = Timeline([Step(employed, Sourced(True))])
    return EmployeeTimeline("one", facts)


def history(*steps: tuple[date, Any]) -> Timeline[Sourced]:
    ends = [*[start for start, _ in steps[1:]], None]
    return Timeline(
        Step(Period(start, until), Sourced(value)) for (start, value), until in zip(steps, ends, strict=True)
    )


def year(facts: EmployeeTimeline, kind: str = "month", of: int = 2026) -> tuple[PeriodResult, ...]:
    periods = wage_periods(kind, date(of, 1, 1), date(of + 1, 1, 1))
    return calculate("retirement_pension", facts, Timeline.always(TERMS), periods)


@settings(max_examples=examples(60))
@given(
    cut=st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    turned=st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    kind=st.sampled_from(["month", "four_weeks", "week"]),
    one=st.sampled_from(["retirement_pension", "partner_pension"]),
)
def test_wage_periods_together_come_to_what_each_comes_to_alone(
    cut: date, turned: date, kind: str, one: str
) -> None:
    """What was read for one wage period serves the next, up to a change: of a fact, a figure, a term."""
    terms = TERMS if one == "retirement_pension" else {"partner_share": "30", "premium_rate": "0.95"}
    facts = employee(
        wage_period_kind=kind,
        has_partner=history((date(2000, 1, 1), turned < cut), (turned, True)),
        salary_amount=history((date(2000, 1, 1), 400_000), (cut, 420_000)),
        salary_kind=history((date(2000, 1, 1), "full_time"), (turned, "part_time")),
    )
    agreed = Timeline.always(terms)
    periods = wage_periods(kind, date(2025, 1, 1), date(2027, 1, 1))
    alone = tuple(result for period in periods for result in calculate(one, facts, agreed, [period]))
    assert calculate(one, facts, agreed, periods) == alone


@settings(max_examples=examples(80))
@given(
    cut=st.dates(date(2026, 1, 2), date(2026, 12, 31)), kind=st.sampled_from(["month", "four_weeks", "week"])
)
def test_a_change_to_the_same_value_changes_no_cent(cut: date, kind: str) -> None:
    facts = employee(wage_period_kind=kind)
    split = employee(
        wage_period_kind=kind, salary_amount=history((date(2000, 1, 1), 400_000), (cut, 400_000))
    )
    whole = year(facts, kind)
    assert [one.amounts for one in year(split, kind)] == [one.amounts for one in whole]


@settings(max_examples=examples(80))
@given(cut=st.dates(date(2026, 1, 1), date(2026, 12, 31)), raised=st.integers(0, 1_500_000))
def test_an_amount_in_a_split_month_lies_between_both(cut: date, raised: int) -> None:
    before, after = year(employee()), year(employee(salary_amount=raised))
    mixed = year(employee(salary_amount=history((date(2000, 1, 1), 400_000), (cut, raised))))
    for one, two, three in zip(before, after, mixed, strict=True):
        low, high = sorted((one.amounts["contribution"], two.amounts["contribution"]))
        assert low <= three.amounts["contribution"] <= high


@settings(max_examples=examples(80))
@given(salary=st.integers(0, 2_000_000), rate=st.integers(0, 2650))
def test_both_parts_make_the_whole(salary: int, rate: int) -> None:
    terms: Terms = Timeline.always({**TERMS, "employee_rate": f"{rate / 100:.2f}"})
    (result,) = calculate(
        "retirement_pension", employee(salary_amount=salary), terms, [wage_period("month", 2026, 5)]
    )
    amounts = result.amounts
    assert amounts["employee_contribution"] + amounts["employer_contribution"] == amounts["contribution"]


def test_a_missing_fact_is_refused_and_the_other_periods_go_on() -> None:
    results = year(employee(salary_amount=history((date(2026, 4, 1), 400_000))))
    assert [one.refusal.code if one.refusal else None for one in results] == ["missing-fact"] * 3 + [None] * 9
    refusal = results[0].refusal
    assert refusal is not None
    assert "salaris" in refusal.message("nl")
    assert "01-01-2026" in refusal.message("nl")
    assert results[0].amounts == {}


def test_a_missing_parameter_is_refused_and_never_zero() -> None:
    results = year(employee(), of=2027)
    assert {one.refusal.code for one in results if one.refusal} == {"no-parameter-in-force"}
    assert all(not one.amounts for one in results)


def test_missing_terms_are_refused() -> None:
    (result,) = calculate("retirement_pension", employee(), Timeline(), [wage_period("month", 2026, 1)])
    assert result.refusal is not None
    assert result.refusal.code == "missing-terms"
    assert result.refusal.who == "adviser"


def test_who_is_not_in_service_does_not_take_part() -> None:
    results = year(employee(employed=Period(date(2026, 3, 1), date(2026, 9, 1))))
    assert [one.participates for one in results] == [False] * 2 + [True] * 6 + [False] * 4
    assert {one.why_not for one in results if not one.participates} == {"is_in_service"}


def test_days_in_service_count() -> None:
    whole = year(employee())[2]
    half = year(employee(employed=Period(date(2026, 3, 17))))[2]
    # 15 of 31 days: 26.5 % × 32,668.00 ÷ 12 × 15 ÷ 31 = 349.0732…
    assert half.amounts["contribution"] == 34_907
    assert half.stretches == (Period(date(2026, 3, 17), date(2026, 4, 1)),)
    assert whole.amounts["contribution"] == 72_142


def test_an_implausible_fact_is_refused() -> None:
    results = year(employee(part_time_factor=9_999))
    assert {one.refusal.code for one in results if one.refusal} == {"implausible-fact"}


def test_a_figure_that_became_known_later_gives_other_amounts_only_from_then() -> None:
    parameters = statutory()
    franchise = parameters["statutory_franchise"].at(date(2026, 1, 1))
    later = ParameterValue(
        date(2026, 1, 1), date(2027, 1, 1), franchise.value + 100_000, "test", "derived", date(2026, 5, 17)
    )
    changed = parameters.with_value("statutory_franchise", later)
    periods = [wage_period("month", 2026, 1)]
    before = calculate("retirement_pension", employee(), Timeline.always(TERMS), periods)
    after = calculate("retirement_pension", employee(), Timeline.always(TERMS), periods, parameters=changed)
    found = {change.quantity: change.difference for change in compare(before, after)}
    assert found["pension_base"] == -100_000
    # 26.5 % of 31,668.00 ÷ 12 = 699.335 → 699.34, less 721.42.
    assert found["contribution"] == 69_934 - 72_142


def test_a_refused_period_changes_nothing() -> None:
    before = year(employee())
    after = year(employee(salary_amount=history((date(2026, 4, 1), 500_000))))
    changed = {change.wage_period.number for change in compare(before, after)}
    assert changed == set(range(4, 13))


def test_what_holds_on_the_first_day_holds_for_the_period_when_agreed_so() -> None:
    terms: Terms = Timeline.always({**TERMS, "proration": "first_day"})
    raised = employee(salary_amount=history((date(2020, 1, 1), 400_000), (date(2026, 3, 16), 500_000)))
    results = calculate(
        "retirement_pension", raised, terms, [wage_period("month", 2026, 3), wage_period("month", 2026, 4)]
    )
    # 5,000 × 12 × 1.08 − 19,172 = 45,628.00; 26.5 % ÷ 12 = 1,007.6183…
    assert [one.amounts["contribution"] for one in results] == [72_142, 100_762]


def test_terms_that_change_within_a_month_add_no_amount_that_neither_has() -> None:
    """The employer pays the whole premium before and after: nothing is split in between either."""
    before, after = ({"partner_share": "37.5", "premium_rate": rate} for rate in ("0.95", "1.25"))
    terms: Terms = Timeline(
        [Step(Period(date(2020, 1, 1), date(2026, 3, 11)), before), Step(Period(date(2026, 3, 11)), after)]
    )
    months = [wage_period("month", 2026, number) for number in (2, 3, 4)]
    given = [result.amounts.keys() for result in calculate("partner_pension", employee(), terms, months)]
    assert given[0] == given[1] == given[2]


def test_four_weekly_amounts_are_a_thirteenth() -> None:
    (result,) = calculate(
        "retirement_pension",
        employee(wage_period_kind="four_weeks", salary_amount=400_000),
        Timeline.always(TERMS),
        [wage_period("four_weeks", 2026, 1)],
    )
    # 4,000 × 13 × 1.08 − 19,172 = 36,988.00; 26.5 % ÷ 13 = 753.9861…
    assert result.amounts["contribution"] == 75_399


@pytest.mark.parametrize("kind", ["month", "four_weeks", "week"])
def test_calculating_another_employee_changes_nothing(kind: str) -> None:
    """Calculating one employee leaves no trace in the calculation of another."""
    one, other = employee(wage_period_kind=kind), employee(wage_period_kind=kind, salary_amount=250_000)
    alone = year(one, kind)
    year(other, kind)
    assert year(one, kind) == alone


OWN_FIGURE = {"kind": "euros", "statutory": "statutory_franchise"}
ABOVE = {"name": "scheme_franchise", "is": "figure * 1", "rounds": "cent_half_up"}


@pytest.mark.parametrize(
    ("figure", "wrong"),
    [
        ({"kind": "euros_a_period", "statutory": "statutory_franchise"}, "euros_per_year"),
        ({"kind": "euros", "statutory": "aow_single_per_month"}, "is euros. "),
        ({"kind": "euros", "statutory": "minimum_wage_per_hour"}, "euros_per_hour"),
        ({"kind": "percent", "statutory": "contribution_scale_2015_4_percent_retirement"}, "share_by_age"),
        ({"kind": "percent_by_age", "statutory": "minimum_holiday_allowance_rate"}, "is share. "),
        ({"kind": "percent_by_incapacity", "statutory": "minimum_wage_youth_share"}, "share_by_age"),
        ({"kind": "euros", "statutory": "no_such_figure"}, "no statutory figure"),
        ({"kind": "euros", "statutory": "statutory_franchise", "highest": 15000}, "reaches further"),
    ],
)
def test_a_statutory_figure_of_another_kind_is_refused(figure: Mapping[str, Any], wrong: str) -> None:
    """A month's euros are none a year, a table is no number: twelve times too little would look like an amount."""
    with pytest.raises(WrongTerms, match=wrong) as refused:
        check_terms("retirement_pension", {"contribution_rate": "26.5", "figures": {"figure": figure}})
    assert refused.value.about == "figure"


def test_a_statutory_figure_of_the_same_kind_is_read() -> None:
    chosen = {"contribution_rate": "26.5", "figures": {"figure": OWN_FIGURE}, "steps": [ABOVE]}
    (result,) = calculate(
        "retirement_pension", employee(), Timeline.always(chosen), [wage_period("month", 2026, 3)]
    )
    assert result.steps["scheme_franchise"] == 1_917_200


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_every_term_of_a_benefit_stands_for_a_figure_of_its_kind(one: Benefit) -> None:
    for term in one.terms.values():
        if term.statutory is not None:
            parameter = statutory()[term.statutory]
            assert (parameter.unit, parameter.key) == (term.unit, term.key), term.name


def test_an_own_step_reads_the_hours_as_they_are() -> None:
    """The rule of the wage needs full-time hours of hourly wages alone; a step that reads them means what they are."""
    steps = [{"name": "yearly_hours", "is": "full_time_hours_per_week * 52", "unit": "hours"}]
    steps += [{"name": "scheme_franchise", "is": "hourly_franchise * yearly_hours", "rounds": "cent_half_up"}]
    figures = {"hourly_franchise": {"kind": "euros_an_hour", "value": "9.5000"}}
    terms: Terms = Timeline.always({"contribution_rate": "26.5", "figures": figures, "steps": steps})
    periods = [wage_period("month", 2026, 3)]
    (known,) = calculate("retirement_pension", employee(full_time_hours_per_week=3_800), terms, periods)
    # 38 × 52 × 9.50
    assert known.steps["scheme_franchise"] == 1_877_200
    (unknown,) = calculate("retirement_pension", employee(), terms, periods)
    assert unknown.refusal is not None
    assert (unknown.refusal.code, unknown.refusal.about) == ("missing-fact", "full_time_hours_per_week")


def test_a_whole_employer_is_there_all_the_time() -> None:
    """An employer as a whole has no employment, and yet its year so far is added up."""
    one = next(benefit for benefit in BENEFITS if benefit.mechanic == "per_employer")
    calculation = Calculation(one, EmployeeTimeline("all", {}), Timeline(), statutory())
    reading = calculation.reading(date(2026, 3, 1), wage_period("month", 2026, 3))
    assert reading.service.is_in
    assert not calculation._earlier(wage_period("month", 2026, 3)), (
        "before there are terms there is no year so far"
    )
