"""What a payroll clerk does: each action's effect in the books, what it refuses, and that it is whole or nothing."""

import threading
from collections.abc import Callable
from datetime import date

import pytest

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import NewEmployee, NewRelative
from schakel_simulators.nmbrs.books.environment import OPERATIONS, Company, Run, RunKind
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.books.model import Employee, EmployeeType, Gender, SalaryType
from schakel_simulators.nmbrs.books.numbers import passes_eleven_test
from schakel_simulators.nmbrs.books.reading import (
    addresses_in,
    contracts_in,
    employee_type,
    fixed_in,
    salary_in,
    schedule_in,
    schedules_until,
    variable_in,
)
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.books.wage_codes import ALLOWANCE, HOME_WORKING_DAYS, run_reports
from schakel_simulators.nmbrs.desk.kinds import find

MONTHLY, FOUR_WEEKLY = 41001, 41002


@pytest.fixture
def books() -> Books:
    return generate(start_on=date(2026, 11, 16), employees=120, seed=1)


def one(books: Books, *kinds: str, company: int = MONTHLY, without: tuple[str, ...] = ("young",)) -> Employee:
    return next(find(books, company_id=company, kinds=kinds, excluded=without))


def open_twk(company: Company) -> list[Run]:
    return [run for run in company.runs if run.kind is RunKind.TWK and not run.is_locked]


def salary_now(books: Books, employee_id: int) -> int:
    employee = books.employee(employee_id)
    salary = salary_in(employee, books.company(employee.company_id).period)
    assert salary is not None
    return salary.value


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
    assert (run.period_start, run.period_end, run.employee_ids) == (8, 10, {first.id, second.id})


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


def test_a_hire_with_partner_and_children_is_complete(books: Books) -> None:
    new = NewEmployee(
        first_name="Sjoukje",
        last_name="Boersma",
        birth_on=date(1991, 3, 2),
        start_on=date(2026, 11, 1),
        salary=390_000,
        hours=3600,
        gender=Gender.FEMALE,
        partner=NewRelative("Oege", "Wiersma", date(1990, 1, 5), Gender.MALE),
        partner_since=date(2019, 5, 4),
        children=(
            NewRelative("Fenna", "Wiersma", date(2020, 2, 2)),
            NewRelative("Hylke", "Wiersma", date(2023, 8, 9)),
        ),
    )

    entered = changes.hire(books, MONTHLY, new)

    assert entered.employee_id is not None
    hired, period = books.employee(entered.employee_id), books.company(MONTHLY).period
    assert hired in list(books.employees_of(MONTHLY))
    assert employee_type(hired, period) is EmployeeType.PAYROLL
    assert hired.partner is not None
    assert hired.partner.start_on == date(2019, 5, 4)
    assert [child.birth_on for child in hired.children] == [date(2020, 2, 2), date(2023, 8, 9)]
    assert hired.person.marital_status == "Gehuwd"
    assert passes_eleven_test(hired.person.bsn)
    assert hired.person.bsn not in {one.person.bsn for one in books.employees.values() if one is not hired}
    assert salary_now(books, hired.id) == 390_000
    assert contracts_in(hired, period)
    assert addresses_in(hired, period)
    assert entered.twk_run_ids == ()


def test_a_hire_of_the_next_period_is_no_active_employee_yet(books: Books) -> None:
    new = NewEmployee("Ada", "Vos", date(1990, 1, 1), date(2026, 12, 1), 300_000)

    entered = changes.hire(books, MONTHLY, new)

    assert entered.employee_id is not None
    hired = books.employee(entered.employee_id)
    assert employee_type(hired, books.company(MONTHLY).period) is EmployeeType.NEW_HIRE
    changes.next_period(books, MONTHLY)
    assert employee_type(hired, books.company(MONTHLY).period) is EmployeeType.PAYROLL


def test_a_leaver_stays_until_the_period_is_closed(books: Books) -> None:
    employee = one(books, "full_time", "home_working")

    changes.leave(books, employee.id, end_on=date(2026, 11, 20))

    assert employee_type(books.employee(employee.id), books.company(MONTHLY).period) is EmployeeType.PAYROLL
    changes.next_period(books, MONTHLY)
    gone, period = books.employee(employee.id), books.company(MONTHLY).period
    assert employee_type(gone, period) is EmployeeType.FORMER_PAYROLL
    assert contracts_in(gone, period) == ()
    assert variable_in(gone, period) == ()


def test_an_end_in_the_past_gives_back_what_was_paid(books: Books) -> None:
    employee = one(books, "full_time", without=("with_allowance", "home_working"))
    salary = salary_now(books, employee.id)

    entered = changes.leave(books, employee.id, end_on=date(2026, 9, 30))

    company = books.company(MONTHLY)
    [run] = open_twk(company)
    assert entered.twk_run_ids == (run.id,)
    [report] = run_reports(company, run, books.employees_of(MONTHLY))
    assert (report.period, [line.value for line in report.lines]) == (10, [-salary])


def test_a_leaver_comes_back_under_the_same_id(books: Books) -> None:
    leaver = one(books, "leaver", without=())

    changes.rehire(books, leaver.id, start_on=date(2026, 11, 16))

    back = books.employee(leaver.id)
    assert len(back.employments) == 2
    assert back.employments[1].initial_start_on == leaver.employments[0].initial_start_on
    assert employee_type(back, books.company(MONTHLY).period) is EmployeeType.PAYROLL


def test_a_marriage_brings_a_partner(books: Books) -> None:
    employee = one(books, "single")

    changes.marry(
        books, employee.id, on=date(2026, 11, 12), partner=NewRelative("Bo", "Zandstra", date(1990, 2, 3))
    )

    married = books.employee(employee.id)
    assert married.partner is not None
    assert (married.partner.last_name, married.partner.start_on) == ("Zandstra", date(2026, 11, 12))
    assert (married.person.marital_status, married.person.partner_last_name) == ("Gehuwd", "Zandstra")


def test_those_who_live_together_marry_without_new_particulars(books: Books) -> None:
    employee = next(
        one for one in books.employees.values() if one.person.marital_status == "Samenwonend" and one.partner
    )

    changes.marry(books, employee.id, on=date(2026, 11, 12))

    married = books.employee(employee.id)
    assert married.partner is not None
    assert employee.partner is not None
    assert (married.partner.id, married.partner.start_on) == (employee.partner.id, date(2026, 11, 12))


def test_a_child_is_added(books: Books) -> None:
    employee = one(books, "with_children")

    changes.add_child(books, employee.id, child=NewRelative("Pim", "Vos", date(2026, 11, 3)))

    assert [child.first_name for child in books.employee(employee.id).children][-1] == "Pim"


def test_a_move_shows_from_its_period_on_and_leaves_the_post_office_box(books: Books) -> None:
    employee = next(one for one in books.employees_of(MONTHLY) if len(one.addresses) == 2)
    period = books.company(MONTHLY).period

    changes.move(
        books,
        employee.id,
        from_on=date(2026, 12, 1),
        street="Reigerspad",
        house_number="7",
        postal_code="3811AB",
        city="Amersfoort",
    )

    moved = books.employee(employee.id)
    assert addresses_in(moved, period) == addresses_in(employee, period)
    home, box = addresses_in(moved, period.following())
    assert (home.street, home.is_default) == ("Reigerspad", True)
    assert box.street == "Postbus"


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


def test_the_next_period_is_run_approved_and_opened(books: Books) -> None:
    employee = one(books, "home_working")
    days = variable_in(employee, books.company(MONTHLY).period)
    other = books.company(FOUR_WEEKLY)
    changes.raise_salary(books, employee.id, from_on=date(2026, 9, 1), by_percent=100)

    changes.next_period(books, MONTHLY)

    company = books.company(MONTHLY)
    assert str(company.period) == "2026-12-M"
    assert all(run.is_locked for run in company.runs)
    assert (company.runs[-1].period_start, company.runs[-1].kind) == (11, RunKind.NORMAL)
    assert books.clock >= company.runs[-1].run_at
    assert [(c.code, c.value) for c in variable_in(books.employee(employee.id), company.period)] == [
        (c.code, c.value) for c in days if c.code == HOME_WORKING_DAYS
    ]
    assert books.company(FOUR_WEEKLY) == other


def test_the_clock_goes_over_the_end_of_the_year(books: Books) -> None:
    for _ in range(2):
        changes.next_period(books, MONTHLY)
        changes.next_period(books, FOUR_WEEKLY)

    assert str(books.company(MONTHLY).period) == "2027-1-M"
    assert str(books.company(FOUR_WEEKLY).period) == "2027-1-4W"
    changes.next_period(books, MONTHLY)
    assert books.company(MONTHLY).runs[-1].number == 1


def test_a_revoked_token_is_gone_and_a_new_one_is_another(books: Books) -> None:
    old = books.environment.users[0].token

    changes.revoke_token(books)
    assert books.environment.users[0].token == ""
    entered = changes.issue_token(books)

    new = books.environment.users[0].token
    assert len(new) == 32
    assert new == entered.told["token"] != old


def test_a_right_goes_off_and_on(books: Books) -> None:
    changes.set_right(books, "Partner_Get", is_allowed=False)
    assert books.environment.users[0].rights == OPERATIONS - {"EmployeeService.Partner_Get"}

    changes.set_right(books, "EmployeeService.Partner_Get", is_allowed=True)
    assert books.environment.users[0].rights == OPERATIONS


def test_a_company_is_hidden_shown_and_renamed(books: Books) -> None:
    changes.show_company(books, MONTHLY, is_visible=False)
    assert not books.sees(books.environment.users[0], MONTHLY)
    assert books.sees(books.environment.users[0], FOUR_WEEKLY)
    changes.show_company(books, MONTHLY, is_visible=True)
    assert books.sees(books.environment.users[0], MONTHLY)

    changes.rename_company(books, MONTHLY, name="Vlierhof  Techniek B.V.")
    assert books.company(MONTHLY).name == "Vlierhof  Techniek B.V."


def test_tampering_does_what_it_says(books: Books) -> None:
    employee = one(books, "full_time")
    account = employee.bank_accounts[0].iban

    changes.break_salary(books, employee.id)
    changes.break_birth_date(books, employee.id)
    changes.break_bsn(books, employee.id)
    changes.change_iban(books, employee.id)
    changes.overlap_employments(books, employee.id)

    after = books.employee(employee.id)
    assert salary_now(books, employee.id) < 0
    assert after.person.birth_on > books.clock.date()
    assert not passes_eleven_test(after.person.bsn)
    assert after.bank_accounts[0].iban != account
    assert [employment.end_on for employment in after.employments][-2:] == [None, None]


def test_one_vanishes_from_one_answer_and_comes_back(books: Books) -> None:
    employee = one(books, "full_time")
    salaries, lists = (
        "EmployeeService.Salary_GetAll_AllEmployeesByCompany",
        "EmployeeService.List_GetByCompany",
    )

    changes.vanish(books, employee.id, operations=["List_GetByCompany"])

    assert employee.id not in {e.id for e in books.employees_of(MONTHLY, lists)}
    assert employee.id in {e.id for e in books.employees_of(MONTHLY, salaries)}
    changes.vanish(books, employee.id)
    assert employee.id not in {e.id for e in books.employees_of(MONTHLY, salaries)}
    changes.vanish(books, employee.id, is_gone=False)
    assert employee.id in {e.id for e in books.employees_of(MONTHLY, lists)}


REFUSALS: dict[str, Callable[[Books, int], object]] = {
    "nobody": lambda b, _: changes.leave(b, 1, end_on=date(2026, 11, 30)),
    "no such company": lambda b, _: changes.next_period(b, 1),
    "two ways of raising": lambda b, e: changes.raise_salary(
        b, e, from_on=date(2026, 9, 1), to=1, by_amount=1
    ),
    "no way of raising": lambda b, e: changes.raise_salary(b, e, from_on=date(2026, 9, 1)),
    "a salary of nothing": lambda b, e: changes.raise_salary(b, e, from_on=date(2026, 9, 1), to=0),
    "a raise too far back": lambda b, e: changes.raise_salary(b, e, from_on=date(2024, 12, 31), to=400_000),
    "a raise before service": lambda b, e: changes.raise_salary(b, e, from_on=date(1990, 1, 1), to=400_000),
    "no such line": lambda b, e: changes.correct_salary(b, e, start_on=date(2026, 9, 2), to=400_000),
    "no hours": lambda b, e: changes.change_hours(b, e, from_on=date(2026, 11, 1), hours=0),
    "too many hours": lambda b, e: changes.change_hours(b, e, from_on=date(2026, 11, 1), hours=6001),
    "leaving before coming": lambda b, e: changes.leave(b, e, end_on=date(1990, 1, 1)),
    "coming back while there": lambda b, e: changes.rehire(b, e, start_on=date(2026, 11, 1)),
    "no such status": lambda b, e: changes.marry(b, e, on=date(2026, 11, 1), status="Verloofd"),
    "an unborn child": lambda b, e: changes.add_child(b, e, child=NewRelative("A", "B", date(2027, 1, 1))),
    "no such wage code": lambda b, e: changes.set_component(b, e, code=1, value=1),
    "a variable one of next year": lambda b, e: changes.set_component(
        b, e, code=2305, value=1, from_on=date(2027, 1, 1), is_fixed=False
    ),
    "ending what does not run": lambda b, e: changes.set_component(b, e, code=5991, value=0),
    "no such operation": lambda b, _: changes.set_right(b, "Salary_Insert", is_allowed=True),
    "no such user": lambda b, _: changes.revoke_token(b, email="nobody@vlierhof.example"),
    "a name of spaces": lambda b, _: changes.rename_company(b, MONTHLY, name="  "),
    "vanishing from nothing known": lambda b, e: changes.vanish(b, e, operations=["Nothing_Get"]),
    "an unborn hire": lambda b, _: changes.hire(
        b, MONTHLY, NewEmployee("A", "B", date(2027, 1, 1), date(2026, 11, 1), 300_000)
    ),
    "a hire that ends before it starts": lambda b, _: changes.hire(
        b,
        MONTHLY,
        NewEmployee("A", "B", date(1990, 1, 1), date(2026, 11, 9), 300_000, end_on=date(2026, 11, 1)),
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_what_is_allowed_and_changes_nothing(books: Books, name: str) -> None:
    employee = one(books, "full_time")
    before = (dict(books.employees), dict(books.companies), books.environment, books.clock, books.version)

    with pytest.raises(RefusedError) as refused:
        REFUSALS[name](books, employee.id)

    assert refused.value.nl != refused.value.en
    assert refused.value.allowed
    assert employee.person.last_name not in refused.value.en
    after = (dict(books.employees), dict(books.companies), books.environment, books.clock, books.version)
    assert after == before


def test_a_married_employee_does_not_marry_and_a_leaver_does_not_leave(books: Books) -> None:
    married = next(one for one in books.employees.values() if one.person.marital_status == "Gehuwd")
    with pytest.raises(RefusedError, match="already married"):
        changes.marry(books, married.id, on=date(2026, 11, 1))
    single = one(books, "single")
    with pytest.raises(RefusedError, match="No partner"):
        changes.marry(books, single.id, on=date(2026, 11, 1))
    with pytest.raises(RefusedError, match="entered before"):
        changes.leave(books, one(books, "leaver", without=()).id, end_on=date(2026, 11, 30))


def test_many_clerks_at_once_lose_nothing(books: Books) -> None:
    employee = one(books, "full_time")
    before = len(employee.children)
    child = NewRelative("Kim", "Vos", date(2026, 1, 1))

    clerks = [
        threading.Thread(
            target=lambda: [changes.add_child(books, employee.id, child=child) for _ in range(25)]
        )
        for _ in range(8)
    ]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    children = books.employee(employee.id).children
    assert len(children) == before + 200
    assert len({one.id for one in children}) == len(children)
    assert books.version == 200


def test_the_same_changes_on_the_same_seed_give_the_same_books() -> None:
    made = []
    for _ in range(2):
        books = generate(start_on=date(2026, 11, 16), seed=9)
        employee = one(books, "full_time")
        changes.raise_salary(books, employee.id, from_on=date(2026, 9, 1), by_percent=250)
        changes.hire(books, FOUR_WEEKLY, NewEmployee("A", "B", date(1990, 1, 1), date(2026, 11, 9), 300_000))
        changes.next_period(books, MONTHLY)
        changes.issue_token(books)
        made.append((dict(books.employees), dict(books.companies), books.environment, books.clock))

    assert made[0] == made[1]
