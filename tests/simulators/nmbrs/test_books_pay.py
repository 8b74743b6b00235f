"""Pay and hours as a clerk changes them: what holds, and the TWK run that settles what reaches back."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.simulators.nmbrs.clerk import MONTHLY, one, open_twk, salary_now

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.books.model import SalaryType
from schakel_simulators.nmbrs.books.reading import (
    contracts_in,
    fixed_in,
    schedule_in,
    schedules_until,
    variable_in,
)
from schakel_simulators.nmbrs.books.wage_codes import ALLOWANCE, run_reports
from schakel_simulators.nmbrs.desk.kinds import find


@pytest.fixture
def books() -> Books:
    return generate(start_on=date(2026, 11, 16), employees=120, seed=1)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"by_percent": 450}, lambda old: (old * 10_450 * 2 + 10_000) // 20_000),
        ({"by_amount": 12_345}, lambda old: old + 12_345),
        ({"to": 500_000}, lambda _: 500_000),
    ],
)
def test_a_raise_months_back_holds_now_and_is_settled_in_a_twk_run(
    books: Books, how: dict[str, int], expected: Callable[[int], int]
) -> None:
    employee = one(books, "full_time")
    before = salary_now(books, employee.id)

    entered = changes.raise_salary(books, employee.id, from_on=date(2026, 9, 1), **how)

    after = books.employee(employee.id)
    assert salary_now(books, employee.id) == expected(before)
    assert after.salaries[:-1] == employee.salaries
    assert after.salaries[-1].created_at == entered.entered_at == books.clock
    [run] = open_twk(books.company(MONTHLY))
    assert entered.twk_run_ids == (run.id,)
    assert (run.year, run.period_start, run.period_end) == (2026, 9, 10)
    assert run.description == "TWK September 2026 t/m Oktober 2026"
    assert run.employee_ids == {employee.id}


def test_a_twk_run_holds_exactly_the_difference_and_earlier_runs_stay(books: Books) -> None:
    employee = one(books, "full_time")
    company = books.company(MONTHLY)
    october = company.runs[-1]
    paid = list(run_reports(company, october, [employee]))
    before = salary_now(books, employee.id)

    changes.raise_salary(books, employee.id, from_on=date(2026, 9, 1), to=before + 10_000)
    changes.correct_salary(books, employee.id, start_on=date(2026, 9, 1), to=before + 4_000)

    company, employee = books.company(MONTHLY), books.employee(employee.id)
    [run] = open_twk(company)
    reports = list(run_reports(company, run, books.employees_of(MONTHLY)))
    assert [(report.period, report.lines[0].value) for report in reports] == [(9, 4_000), (10, 4_000)]
    assert list(run_reports(company, october, [employee])) == paid


def test_what_was_settled_is_not_settled_again(books: Books) -> None:
    employee = one(books, "full_time")
    before = salary_now(books, employee.id)
    changes.raise_salary(books, employee.id, from_on=date(2026, 9, 1), to=before + 10_000)
    changes.next_period(books, MONTHLY)

    changes.correct_salary(books, employee.id, start_on=date(2026, 9, 1), to=before + 4_000)

    company = books.company(MONTHLY)
    [run] = open_twk(company)
    reports = list(run_reports(company, run, books.employees_of(MONTHLY)))
    assert [(one.period, one.lines[0].value) for one in reports] == [(9, -6_000), (10, -6_000), (11, -6_000)]


def test_a_change_from_this_period_on_needs_no_twk_run(books: Books) -> None:
    employee = one(books, "full_time")

    entered = changes.raise_salary(books, employee.id, from_on=date(2026, 11, 1), by_percent=300)

    assert entered.twk_run_ids == ()
    assert open_twk(books.company(MONTHLY)) == []


def test_a_raise_of_the_next_period_does_not_hold_yet(books: Books) -> None:
    employee = one(books, "full_time")
    before = salary_now(books, employee.id)

    changes.raise_salary(books, employee.id, from_on=date(2026, 12, 1), by_percent=300)

    assert salary_now(books, employee.id) == before
    changes.next_period(books, MONTHLY)
    assert salary_now(books, employee.id) > before


def test_a_change_into_last_year_is_settled_in_a_run_per_year(books: Books) -> None:
    employee = next(
        one
        for one in find(books, company_id=MONTHLY, kinds=["full_time"])
        if one.employments[-1].start_on < date(2025, 1, 1)
    )

    changes.raise_salary(books, employee.id, from_on=date(2025, 11, 1), by_percent=100)

    runs = open_twk(books.company(MONTHLY))
    assert [(run.year, run.period_start, run.period_end) for run in runs] == [(2025, 11, 12), (2026, 1, 10)]


def test_a_second_change_widens_the_open_twk_run(books: Books) -> None:
    first, second = list(find(books, company_id=MONTHLY, kinds=["full_time"], excluded=["young"]))[:2]

    changes.raise_salary(books, first.id, from_on=date(2026, 10, 1), by_percent=100)
    changes.raise_salary(books, second.id, from_on=date(2026, 8, 1), by_percent=100)

    [run] = open_twk(books.company(MONTHLY))
    assert (run.period_start, run.period_end) == (8, 10)
    assert run.employee_ids == {first.id, second.id}


def test_from_40_to_32_hours_leaves_a_full_time_salary_as_it_is(books: Books) -> None:
    employee = one(books, "full_time")
    before = salary_now(books, employee.id)

    changes.change_hours(books, employee.id, from_on=date(2026, 11, 1), hours=3200)

    after, period = books.employee(employee.id), books.company(MONTHLY).period
    schedule = schedule_in(after, period)
    assert schedule is not None
    assert schedule.part_time_percentage == 8_000
    assert sum(schedule.hours[:7]) == sum(schedule.hours[7:]) == 3200
    assert salary_now(books, employee.id) == before
    assert [contract.hours_per_week for contract in contracts_in(after, period)] == [3200]
    assert len(schedules_until(after, period)) == len(employee.schedules) + 1


def test_other_hours_change_a_salary_that_is_paid_as_it_stands(books: Books) -> None:
    employee = next(
        one
        for one in find(books, company_id=None, kinds=["part_time"])
        if one.salaries[-1].type is SalaryType.GROSS_PART_TIME
    )
    period = books.company(employee.company_id).period
    schedule = schedule_in(employee, period)
    assert schedule is not None
    before, hours = salary_now(books, employee.id), sum(schedule.hours[:7])

    changes.change_hours(books, employee.id, from_on=period.start_on, hours=hours // 2)

    assert salary_now(books, employee.id) == (before + 1) // 2


def test_a_fixed_component_repeats_until_it_is_ended(books: Books) -> None:
    employee = one(books, "full_time", without=("with_allowance",))
    period = books.company(MONTHLY).period

    changes.set_component(books, employee.id, code=ALLOWANCE, value=7_500)
    assert [(c.code, c.value) for c in fixed_in(books.employee(employee.id), period)] == [(ALLOWANCE, 7_500)]
    changes.set_component(books, employee.id, code=ALLOWANCE, value=9_000)
    assert [c.value for c in fixed_in(books.employee(employee.id), period.following())] == [9_000]

    changes.set_component(books, employee.id, code=ALLOWANCE, value=0)
    assert fixed_in(books.employee(employee.id), period) == ()
    assert fixed_in(books.employee(employee.id), period.following()) == ()


def test_a_variable_component_counts_for_its_period_only(books: Books) -> None:
    employee = one(books, "full_time", without=("home_working",))
    period = books.company(MONTHLY).period

    changes.set_component(books, employee.id, code=2305, value=25_000, is_fixed=False)

    after = books.employee(employee.id)
    assert [(c.code, c.value) for c in variable_in(after, period)] == [(2305, 25_000)]
    assert variable_in(after, period.following()) == ()
