"""The period clock, who may see what, and the nonsense that tests put in the books."""

from datetime import date

import pytest
from tests.simulators.nmbrs.clerk import FOUR_WEEKLY, MONTHLY, one, salary_now

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import OPERATIONS, RunKind
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.books.numbers import passes_eleven_test
from schakel_simulators.nmbrs.books.reading import (
    variable_in,
)
from schakel_simulators.nmbrs.books.wage_codes import HOME_WORKING_DAYS


@pytest.fixture
def books() -> Books:
    return generate(start_on=date(2026, 11, 16), employees=120, seed=1)


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
