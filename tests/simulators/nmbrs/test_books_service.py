"""Coming, leaving and home: a hire, a leaver, a re-hire, a marriage, a child, a move."""

from datetime import date

import pytest
from tests.simulators.nmbrs.clerk import MONTHLY, one, open_twk, salary_now

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import NewEmployee, NewRelative
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.books.model import EmployeeType, Gender
from schakel_simulators.nmbrs.books.numbers import passes_eleven_test
from schakel_simulators.nmbrs.books.reading import (
    addresses_in,
    contracts_in,
    employee_type,
    variable_in,
)
from schakel_simulators.nmbrs.books.wage_codes import run_reports


@pytest.fixture
def books() -> Books:
    return generate(start_on=date(2026, 11, 16), employees=120, seed=1)


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
