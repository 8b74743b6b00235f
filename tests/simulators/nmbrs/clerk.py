"""What the tests of the books share: whom to pick, and what holds of them now."""

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company, Run, RunKind
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.reading import salary_in
from schakel_simulators.nmbrs.desk.kinds import find

MONTHLY, FOUR_WEEKLY = 41001, 41002


def one(books: Books, *kinds: str, company: int = MONTHLY, without: tuple[str, ...] = ("young",)) -> Employee:
    return next(find(books, company_id=company, kinds=kinds, excluded=without))


def open_twk(company: Company) -> list[Run]:
    return [run for run in company.runs if run.kind is RunKind.TWK and not run.is_locked]


def salary_now(books: Books, employee_id: int) -> int:
    employee = books.employee(employee_id)
    salary = salary_in(employee, books.company(employee.company_id).period)
    assert salary is not None
    return salary.value
