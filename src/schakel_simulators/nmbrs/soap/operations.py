"""Every operation by its name, and what it answers: the table that must agree with the WSDL."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company, User
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.periods import PayPeriod, periods_in
from schakel_simulators.nmbrs.books.reading import schedules_until
from schakel_simulators.nmbrs.soap import company_answers, employee_answers, reports
from schakel_simulators.nmbrs.soap.admission import visible_company, visible_employee
from schakel_simulators.nmbrs.soap.fault import nmbrs_fault
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.reports import Tasks, WageCodes
from schakel_simulators.nmbrs.soap.request import Call
from schakel_simulators.nmbrs.soap.wire import Wire, text

YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class Asked:
    """One admitted call, and everything an operation needs to answer it."""

    books: Books
    tasks: Tasks
    profile: Profile
    call: Call
    user: User

    @property
    def wire(self) -> Wire:
        return Wire(self.profile)

    @property
    def result(self) -> str:
        return self.call.operation.result

    @property
    def key(self) -> str:
        return self.call.operation.key

    def company(self, parameter: str = "CompanyId") -> Company:
        return visible_company(self.books, self.user, self.call.number(parameter), self.profile)

    def everybody(self, company_id: int) -> tuple[Employee, ...]:
        """All employees of a company at one moment, however long the answer takes to send."""
        with self.books.lock:
            return tuple(self.books.employees_of(company_id, self.key))

    def employee(self) -> tuple[Employee, Company]:
        return visible_employee(self.books, self.user, self.call.number("EmployeeId"), self.key)


Answer = Callable[[Asked], Iterable[str]]


def _environment(asked: Asked) -> list[str]:
    return [company_answers.environment(asked.books.environment, asked.result)]


def _companies(asked: Asked) -> list[str]:
    seen = (one for one in asked.books.companies.values() if asked.books.sees(asked.user, one.id))
    return [company_answers.companies(seen, asked.wire, asked.result)]


def _current_period(asked: Asked) -> list[str]:
    return [company_answers.current_period(asked.company(), asked.wire, asked.result)]


def _runs(asked: Asked) -> list[str]:
    company, year = asked.company(), asked.call.number("Year")
    if year not in YEARS:
        raise nmbrs_fault(2006)
    found = (run for run in company.runs if run.year == year)
    return [company_answers.runs(found, asked.wire, asked.result)]


def _employee_types(asked: Asked) -> list[str]:
    return [company_answers.employee_types(asked.wire, asked.result)]


def _employees(asked: Asked) -> Iterator[str]:
    company = asked.company()
    found = asked.everybody(company.id)
    kind = asked.call.number("EmployeeType")
    return company_answers.employees(found, company, kind, asked.result, asked.wire)


def _salaries(asked: Asked) -> Iterator[str]:
    found = asked.everybody(asked.company("CompanyID").id)
    return company_answers.salaries(found, asked.result, asked.wire)


def _employments(asked: Asked) -> Iterator[str]:
    found = asked.everybody(asked.company("CompanyID").id)
    return company_answers.employments(found, asked.result, asked.wire)


def _schedules(asked: Asked) -> list[str]:
    employee, company = asked.employee()
    year, number = asked.call.number("Year"), asked.call.number("Period")
    if year not in YEARS or not 1 <= number <= periods_in(company.kind, year):
        raise nmbrs_fault(2006)
    held = schedules_until(employee, PayPeriod(company.kind, year, number))
    entries = (f"<Schedule>{employee_answers.schedule(one, asked.wire)}</Schedule>" for one in held)
    return [asked.wire.listed(asked.result, entries)]


def _of_one_employee(answer: Callable[[Employee, Company, Wire, str], str]) -> Answer:
    def about(asked: Asked) -> list[str]:
        employee, company = asked.employee()
        return [answer(employee, company, asked.wire, asked.result)]

    return about


def _wage_codes(
    run: str, year: str, company: str = "CompanyId", code: str = ""
) -> Callable[[Asked], WageCodes]:
    """Reads which report is asked; the four report calls spell their parameters differently."""

    def question(asked: Asked) -> WageCodes:
        number = asked.call.number
        told = WageCodes(asked.company(company).id, number(run), number(year), number(code) if code else None)
        return reports.checked(asked.books, told)

    return question


def _at_once(question: Callable[[Asked], WageCodes]) -> Answer:
    def answer(asked: Asked) -> Iterator[str]:
        return _inside(asked.result, _document(asked, question(asked)))

    return answer


def _in_background(question: Callable[[Asked], WageCodes]) -> Answer:
    def answer(asked: Asked) -> list[str]:
        return [text(asked.result, asked.tasks.start(asked.user.email, question(asked)))]

    return answer


def _task_result(asked: Asked) -> Iterator[str]:
    task_id = asked.call.parameters["TaskId"]
    task, status = asked.tasks.find(asked.user.email, task_id)
    visible_company(asked.books, asked.user, task.asked.company_id, asked.profile)
    content: Iterator[str] = iter(())
    if status == "Success":
        content = _inside("Content", _document(asked, task.asked))
    head = text("TaskId", task_id) + text("Status", status)
    return _inside(asked.result, _after(head, content))


def _document(asked: Asked, question: WageCodes) -> Iterator[str]:
    with asked.books.lock:
        company = asked.books.companies[question.company_id]
        everybody = asked.everybody(company.id)
    return reports.document(company, everybody, question, asked.wire)


def _inside(name: str, pieces: Iterator[str]) -> Iterator[str]:
    yield f"<{name}>"
    yield from pieces
    yield f"</{name}>"


def _after(head: str, pieces: Iterator[str]) -> Iterator[str]:
    yield head
    yield from pieces


_all = _wage_codes("RunId", "intYear")
_one = _wage_codes("RunId", "intYear", code="WageCode")
_all_later = _wage_codes("runId", "year", "companyId")
_one_later = _wage_codes("runId", "year", "companyId", "wageCode")

ANSWERS: Mapping[str, Answer] = {
    "DebtorService.Environment_Get": _environment,
    "CompanyService.List_GetAll": _companies,
    "CompanyService.Company_GetCurrentPeriod": _current_period,
    "CompanyService.Run_GetList": _runs,
    "CompanyService.Reports_GetWageCodesByRunCompany_v2": _at_once(_all),
    "CompanyService.Reports_GetWageCodesByRunCompany_FilterByWageCode": _at_once(_one),
    "EmployeeService.EmployeeType_GetList": _employee_types,
    "EmployeeService.List_GetByCompany": _employees,
    "EmployeeService.PersonalInfo_GetCurrent": _of_one_employee(employee_answers.personal_info),
    "EmployeeService.Address_GetListCurrent": _of_one_employee(employee_answers.addresses),
    "EmployeeService.BankAccount_GetListCurrent": _of_one_employee(employee_answers.bank_accounts),
    "EmployeeService.Partner_Get": _of_one_employee(employee_answers.partner),
    "EmployeeService.Children_Get": _of_one_employee(employee_answers.children),
    "EmployeeService.Contract_GetCurrentPeriod": _of_one_employee(employee_answers.contracts),
    "EmployeeService.Schedule_GetCurrent": _of_one_employee(employee_answers.current_schedule),
    "EmployeeService.Schedule_GetList": _schedules,
    "EmployeeService.SVW_GetCurrent": _of_one_employee(employee_answers.insurance),
    "EmployeeService.WageComponentFixed_GetCurrent": _of_one_employee(employee_answers.fixed_components),
    "EmployeeService.WageComponentVar_GetCurrent": _of_one_employee(employee_answers.variable_components),
    "EmployeeService.Salary_GetAll_AllEmployeesByCompany": _salaries,
    "EmployeeService.Employment_GetAll_AllEmployeesByCompany": _employments,
    "ReportService.Reports_GetWageCodesByRunCompany_v2_Background": _in_background(_all_later),
    "ReportService.Reports_GetWageCodesByRunCompany_FilterByWageCode_Background": _in_background(_one_later),
    "ReportService.Reports_BackgroundTask_Result": _task_result,
}
"""`Service.Operation` to its answer."""
