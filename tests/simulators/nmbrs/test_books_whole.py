"""Every change is whole or refused with the reason, whoever else is at the desk."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from tests.simulators.nmbrs.clerk import FOUR_WEEKLY, MONTHLY, one

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import NewEmployee, NewRelative
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.books.refusal import RefusedError


@pytest.fixture
def books() -> Books:
    return generate(start_on=date(2026, 11, 16), employees=120, seed=1)


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
