"""Laws of every benefit, whatever changes: order, once and twice, parts and wholes, one and many, then and now."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaign import examples
from tests.engine.changes import (
    FIRST,
    UNTIL,
    Change,
    applied,
    cases,
    changes,
    cut,
    periods_of,
    results_of,
    told,
)

from schakel.engine.calculation import PeriodResult, Terms, calculate
from schakel.engine.case_file import Case
from schakel.engine.catalogue import BENEFITS, benefit, check_terms
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.revision import AmountChange, compare
from schakel.engine.runners.histories import people_of
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.timeline import Period, Timeline
from schakel.engine.wage_periods import WagePeriod, wage_periods

NAMES = [one.name for one in BENEFITS if cases(one.name)]
FEW = settings(max_examples=examples(6))
SALARY = {
    "retirement_pension": ("pension_base", "contribution", "employee_contribution", "employer_contribution"),
    "partner_pension": ("partner_sum_insured", "partner_premium"),
    "orphan_pension": ("orphan_sum_insured", "orphan_premium"),
    "wga_gap": ("insured_wage", "employee_share"),
    "accident": ("sum_insured_death", "sum_insured_disability", "accident_premium"),
}
"""Amounts that never fall when a salary rises."""


def any_case(data: st.DataObject, name: str) -> Case:
    return data.draw(st.sampled_from(cases(name)))


# Order, once and twice.


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_the_order_of_changes_does_not_matter(name: str, data: st.DataObject) -> None:
    case = any_case(data, name)
    some = data.draw(changes(case))
    other = data.draw(st.permutations(some))
    one, two = applied(case.facts, some), applied(case.facts, other)
    assert one == two
    assert told(results_of(case, one)) == told(results_of(case, two))


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_change_told_twice_counts_once(name: str, data: st.DataObject) -> None:
    case = any_case(data, name)
    some = data.draw(changes(case))
    once, twice = applied(case.facts, some), applied(applied(case.facts, some), some)
    assert once == twice
    assert told(results_of(case, once)) == told(results_of(case, twice))


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_what_is_said_again_changes_no_cent(name: str, data: st.DataObject) -> None:
    """A wage period cut where nothing changes comes to the same: split periods make the whole."""
    case = any_case(data, name)
    days = data.draw(st.lists(st.dates(FIRST, UNTIL), min_size=1, max_size=6))
    assert told(results_of(case, cut(case.facts, days))) == told(results_of(case))


# Parts and wholes.


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_parts_make_the_whole_to_the_cent(name: str, data: st.DataObject) -> None:
    case = any_case(data, name)
    facts = applied(case.facts, data.draw(changes(case)))
    for result in results_of(case, facts):
        for quantity in benefit(name).quantities:
            if quantity.kind == "rest" and quantity.name in result.amounts:
                parts = sum(result.amounts.get(part, 0) for part in (quantity.name, *quantity.minus))
                assert parts == result.amounts[quantity.of], quantity.name


FACTS: dict[str, Any] = {
    "birth_on": date(1984, 5, 17),
    "is_employed": True,
    "salary_kind": "full_time",
    "salary_amount": 412_345,
    "part_time_factor": 1_000_000,
    "fixed_allowance": 0,
}
PRORATIONS = ("calendar_days", "thirty_days", "working_days", "whole_period", "first_day", "last_day")
PER_YEAR = {"month": 12, "four_weeks": 13}


def employee(kind: str, changed: Sequence[Change] = (), **facts: Any) -> EmployeeTimeline:
    always = {**FACTS, "wage_period_kind": kind, **facts}
    timelines = {name: Timeline.always(Sourced(value)) for name, value in always.items()}
    return applied(EmployeeTimeline("one", timelines), changed)


def year_of(facts: EmployeeTimeline, kind: str, **terms: Any) -> tuple[PeriodResult, ...]:
    agreed: Terms = Timeline.always({"contribution_rate": "26.37", "employee_rate": "4.97", **terms})
    periods = [one for one in wage_periods(kind, FIRST, UNTIL) if one.year == 2026]
    return calculate("retirement_pension", facts, agreed, periods)


def half_up(value: Fraction) -> int:
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))


@settings(max_examples=examples(60))
@given(
    salary=st.integers(170_000, 1_500_000),
    rate=st.integers(1, 3000).map(lambda parts: f"{parts / 100:.2f}"),
    kind=st.sampled_from(sorted(PER_YEAR)),
    proration=st.sampled_from(PRORATIONS),
)
def test_with_the_residual_of_the_year_its_periods_make_the_year(
    salary: int, rate: str, kind: str, proration: str
) -> None:
    facts = employee(kind, salary_amount=salary)
    results = year_of(
        facts, kind, contribution_rate=rate, employee_rate="0", residual="year_to_date", proration=proration
    )
    base = results[-1].amounts["pension_base"]
    assert sum(one.amounts["contribution"] for one in results) == half_up(
        base * Fraction(Decimal(rate)) / 100
    )


@settings(max_examples=examples(40))
@given(
    cut_on=st.dates(date(2026, 1, 2), date(2026, 12, 30)),
    raised=st.integers(170_000, 900_000),
    employed_until=st.dates(date(2026, 2, 2), date(2026, 12, 31)),
)
def test_the_residual_of_the_year_rounds_what_it_came_to_so_far_once(
    cut_on: date, raised: int, employed_until: date
) -> None:
    """Whatever changed, the periods so far together are never half a cent from what is not rounded."""
    changed = [
        Change("salary_amount", Period(cut_on, date(2027, 6, 1)), raised),
        Change("is_employed", Period(employed_until, date(2027, 6, 1)), False),
    ]
    facts = employee("month", changed)
    exact = Fraction(0)
    so_far = 0
    for result in year_of(facts, "month", residual="year_to_date"):
        period = result.wage_period.period
        for day in range(period.days):
            on = date.fromordinal(period.start.toordinal() + day)
            if on < employed_until:
                exact += yearly(raised if on >= cut_on else FACTS["salary_amount"]) / 12 / period.days
        so_far += result.amounts.get("contribution", 0)
        assert so_far == half_up(exact)


def yearly(salary: int) -> Fraction:
    """Contribution a year in cents, by hand: 26.37 % of 12 salaries with 8 % holiday pay less the franchise of 2026."""
    base = half_up(Fraction(salary * 12 * 108, 100)) - 1_917_200
    return max(min(base, 13_780_000 - 1_917_200), 0) * Fraction(2637, 10_000)


# One and many.


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(2))
@given(data=st.data())
def test_another_person_changes_nobody_whatever_the_blocks(name: str, data: st.DataObject) -> None:
    every = [case for case in cases(name) if case.wage_periods[0].kind == "month"]
    if not every:
        return
    chosen = data.draw(st.lists(st.sampled_from(range(len(every))), min_size=1, max_size=5))
    some = [every[place] for place in chosen]
    facts = [applied(case.facts, data.draw(changes(case, 2))) for case in some]
    added = data.draw(st.integers(0, len(some)))
    newcomer = every[data.draw(st.integers(0, len(every) - 1))]
    with_one = [*facts[:added], newcomer.facts, *facts[added:]]
    block = data.draw(st.integers(1, len(with_one)))
    without = portfolio(name, every, facts, chosen, 100)
    found = portfolio(name, every, with_one, [*chosen[:added], every.index(newcomer), *chosen[added:]], block)
    assert [*found[:added], *found[added + 1 :]] == without
    alone = [told_alone(results_of(case, one)) for case, one in zip(some, facts, strict=True)]
    assert without == alone


def portfolio(
    name: str, every: Sequence[Case], facts: Sequence[EmployeeTimeline], employers: Sequence[int], block: int
) -> list[Any]:
    people = people_of(facts, employers)
    schemes = {name: [case.terms.map(lambda chosen: check_terms(name, chosen)) for case in every]}
    found: list[Any] = []
    for one in calculate_all(people, schemes, periods_of(every[0]), block=block):
        found += [
            [in_block(one, place, at) for at in range(one.amounts.why.shape[1])]
            for place in range(one.amounts.why.shape[0])
        ]
    return found


def in_block(block: Block, place: int, at: int) -> Any:
    why = int(block.amounts.why[place, at])
    amounts = {name: int(column[place, at]) for name, column in block.amounts.amounts.items()}
    # Amounts of other schemes in the block are nought for this one.
    return block.reasons[why - 1].code if why else {name: cents for name, cents in amounts.items() if cents}


def told_alone(results: Sequence[PeriodResult]) -> list[Any]:
    return [
        one.refusal.code
        if one.refusal
        else one.why_not or {name: cents for name, cents in one.amounts.items() if cents}
        for one in results
    ]


# Then and now.


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_revision_lists_what_was_what_is_and_the_difference(name: str, data: st.DataObject) -> None:
    """Of every wage period and every amount, however long ago the change took effect."""
    case = any_case(data, name)
    before = results_of(case)
    after = results_of(case, applied(case.facts, data.draw(changes(case))))
    listed = compare(before, after)
    assert all(one.old != one.new and one.difference == (one.new or 0) - (one.old or 0) for one in listed)
    assert len({(one.wage_period, one.quantity) for one in listed}) == len(listed)
    refused = {one.wage_period for one in after if one.refusal}
    assert revised(amounts_of(before), listed) == {
        **amounts_of(after),
        **{key: cents for key, cents in amounts_of(before).items() if key[0] in refused},
    }


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_change_after_change_comes_to_what_recalculating_gives(name: str, data: st.DataObject) -> None:
    """Every revision laid over the amounts before it ends at what is calculated from scratch."""
    case = any_case(data, name)
    states = [case.facts]
    for change in data.draw(changes(case)):
        states.append(applied(states[-1], [change]))
    results = [results_of(case, facts) for facts in states]
    if any(one.refusal for some in results for one in some):
        return
    amounts = amounts_of(results[0])
    for before, after in pairwise(results):
        amounts = revised(amounts, compare(before, after))
    assert amounts == amounts_of(results[-1])


def test_a_revision_goes_back_as_far_as_the_change() -> None:
    """Six years ago and across every year boundary; nothing stops at so many days."""
    periods = wage_periods("month", date(2020, 1, 1), date(2027, 1, 1))
    raised = [Change("salary_amount", Period(date(2020, 1, 1)), 422_345)]
    before = calculate("accident", employee("month"), Timeline.always(ACCIDENT), periods)
    after = calculate("accident", employee("month", raised), Timeline.always(ACCIDENT), periods)
    listed = [one for one in compare(before, after) if one.quantity == "sum_insured_death"]
    assert [one.wage_period for one in listed] == list(periods)
    # 100.00 × 12 × 1.08 more in every month of seven years.
    assert {one.difference for one in listed} == {129_600}


ACCIDENT = {
    "death_multiple": "1",
    "disability_multiple": "2",
    "death_maximum": "250000",
    "disability_maximum": "500000",
    "death_rate": "0.4",
    "disability_rate": "0.3",
}


def amounts_of(results: Sequence[PeriodResult]) -> dict[tuple[WagePeriod, str], int]:
    return {(one.wage_period, name): cents for one in results for name, cents in one.amounts.items()}


def revised(
    amounts: dict[tuple[WagePeriod, str], int], listed: Sequence[AmountChange]
) -> dict[tuple[WagePeriod, str], int]:
    """The amounts with every change of a revision made."""
    found = dict(amounts)
    for one in listed:
        assert found.pop((one.wage_period, one.quantity), None) == one.old
        if one.new is not None:
            found[one.wage_period, one.quantity] = one.new
    return found


# More salary.


@pytest.mark.parametrize("name", sorted(SALARY))
@settings(max_examples=examples(15))
@given(data=st.data(), more=st.integers(0, 400_000))
def test_more_salary_never_gives_less(name: str, data: st.DataObject, more: int) -> None:
    case = any_case(data, name)
    timeline = case.facts.facts.get("salary_amount")
    if timeline is None:
        return
    raised = timeline.map(lambda said: Sourced(said.value + more))
    facts = EmployeeTimeline("one", {**case.facts.facts, "salary_amount": raised})
    for less, result in zip(results_of(case), results_of(case, facts), strict=True):
        for quantity in SALARY[name]:
            if quantity in less.amounts and quantity in result.amounts:
                assert result.amounts[quantity] >= less.amounts[quantity], quantity
