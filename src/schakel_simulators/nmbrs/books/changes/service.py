"""Service: somebody comes, comes back, or leaves."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.careers import schedule_of
from schakel_simulators.nmbrs.books.changes.entered import (
    Entered,
    refuse_too_far_back,
    refuse_unless_positive,
)
from schakel_simulators.nmbrs.books.changes.household import (
    NewRelative,
    new_child,
    new_partner,
    refuse_unborn,
)
from schakel_simulators.nmbrs.books.changes.settling import settle
from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import (
    Address,
    AddressType,
    BankAccount,
    BankAccountType,
    Contract,
    Employee,
    Employment,
    Gender,
    InsuranceSettings,
    Partner,
    Person,
    Salary,
    SalaryType,
)
from schakel_simulators.nmbrs.books.numbers import BIC, iban_of
from schakel_simulators.nmbrs.books.people import OWN_NAME, TOGETHER, mail_part
from schakel_simulators.nmbrs.books.periods import period_of
from schakel_simulators.nmbrs.books.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class NewEmployee:
    """Whom to hire and on what terms; hours and salary in hundredths, the salary per pay period or per hour."""

    first_name: str
    last_name: str
    birth_on: date
    start_on: date
    salary: int
    hours: int = 4000
    salary_type: SalaryType = SalaryType.GROSS_FULL_TIME
    prefix: str = ""
    gender: Gender = Gender.UNDEFINED
    end_on: date | None = None
    marital_status: str = ""
    partner: NewRelative | None = None
    partner_since: date | None = None  #: the day of hiring when not given
    children: tuple[NewRelative, ...] = ()

    def __repr__(self) -> str:
        return "NewEmployee(…)"


def hire(books: Books, company_id: int, new: NewEmployee) -> Entered:
    """Somebody new, with partner and children when given; gets an id, a number, a BSN, a home and an account."""
    with books.changing() as at:
        company = books.company(company_id)
        refuse_unborn(new.birth_on, at.date())
        refuse_unless_positive(new.salary, "salary")
        refuse_unless_positive(new.hours, "hours")
        refuse_too_far_back(company, new.start_on)
        _refuse_reversed(new.start_on, new.end_on)
        employee = _employee(books, company, new, at)
        company, runs = settle(books, company, employee.id, new.start_on, at)
        books.keep(employees=[employee], companies=[company])
        told = {"number": str(employee.number), "from": new.start_on.isoformat()}
        return Entered("hire", at, company.id, employee.id, runs, told)


def rehire(books: Books, employee_id: int, *, start_on: date) -> Entered:
    """A leaver comes back under the same id: a second service interval, the seniority date stays."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        company = books.company(employee.company_id)
        refuse_too_far_back(company, start_on)
        last = max(employee.employments, key=lambda one: one.start_on)
        if last.end_on is None or last.end_on >= start_on:
            raise RefusedError(
                "Deze werknemer is op die datum nog in dienst.",
                "This employee is still in service on that date.",
                field="start",
                allowed=["GET /desk/employees?kind=leaver" if last.end_on is None else f"> {last.end_on}"],
            )
        again = Employment(books.ids.next("employment"), at, start_on, None, last.initial_start_on)
        hours = employee.contracts[-1].hours_per_week
        contract = Contract(books.ids.next("contract"), at, start_on, None, True, hours)
        changed = replace(
            employee,
            employments=(*employee.employments, again),
            contracts=(*employee.contracts, contract),
        )
        company, runs = settle(books, company, employee_id, start_on, at)
        books.keep(employees=[changed], companies=[company])
        return Entered("rehire", at, company.id, employee_id, runs, {"from": start_on.isoformat()})


def leave(books: Books, employee_id: int, *, end_on: date) -> Entered:
    """The last day of service. In lists of the active the leaver stays until that period is closed."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        company = books.company(employee.company_id)
        last = max(employee.employments, key=lambda one: one.start_on)
        if last.end_on is not None:
            raise RefusedError(
                "Deze werknemer is al uit dienst gemeld.",
                "The end of service of this employee was entered before.",
                field="employee",
                allowed=["GET /desk/employees?kind=in_service"],
            )
        _refuse_reversed(last.start_on, end_on)
        first_day_out = end_on + timedelta(days=1)
        refuse_too_far_back(company, first_day_out)
        changed = replace(
            employee,
            employments=tuple(
                replace(one, end_on=end_on, ended_at=at) if one.id == last.id else one
                for one in employee.employments
            ),
            contracts=(*employee.contracts, *_ended(employee, end_on, at)),
        )
        company, runs = settle(books, company, employee_id, first_day_out, at)
        books.keep(employees=[changed], companies=[company])
        return Entered("leave", at, company.id, employee_id, runs, {"until": end_on.isoformat()})


def _ended(employee: Employee, end_on: date, at: datetime) -> list[Contract]:
    newest = {one.id: one for one in employee.contracts}
    return [
        replace(one, end_on=end_on, created_at=at)
        for one in newest.values()
        if one.start_on <= end_on and (one.end_on is None or one.end_on > end_on)
    ]


def _refuse_reversed(start_on: date, end_on: date | None) -> None:
    if end_on is not None and end_on < start_on:
        raise RefusedError(
            "De einddatum ligt voor de begindatum.",
            "The end lies before the start.",
            field="end",
            allowed=[f">= {start_on}"],
        )


def _employee(books: Books, company: Company, new: NewEmployee, at: datetime) -> Employee:
    ids, start_on = books.ids, new.start_on
    period = period_of(company.kind, start_on)
    numbers = [one.number for one in books.employees_of(company.id)]
    return Employee(
        id=ids.next("employee"),
        company_id=company.id,
        number=max(numbers, default=1000) + 1,
        person=_person(books, company, new),
        addresses=(_home(books, start_on, at),),
        bank_accounts=(_account(books, new),),
        contracts=(Contract(ids.next("contract"), at, start_on, new.end_on, new.end_on is None, new.hours),),
        employments=(Employment(ids.next("employment"), at, start_on, new.end_on, start_on),),
        salaries=(Salary(ids.next("salary"), new.salary, new.salary_type, start_on, at),),
        schedules=(schedule_of(ids, company, new.hours, start_on, at),),
        insurance=(InsuranceSettings(ids.next("insurance"), at, period.year, period.number),),
        partner=_partner(books, new, at),
        children=tuple(new_child(books, child, at.date()) for child in new.children),
    )


def _partner(books: Books, new: NewEmployee, at: datetime) -> Partner | None:
    if new.partner is None:
        return None
    return new_partner(books, new.partner, new.partner_since or new.start_on, at.date())


def _person(books: Books, company: Company, new: NewEmployee) -> Person:
    return Person(
        bsn=books.ids.next_bsn(),
        first_name=new.first_name,
        initials=f"{new.first_name[:1]}.",
        prefix=new.prefix,
        last_name=new.last_name,
        gender=new.gender,
        birth_on=new.birth_on,
        nickname=new.first_name,
        partner_last_name=new.partner.last_name if new.partner else "",
        email_work=f"{mail_part(new.first_name)}.{mail_part(new.last_name)}@{company.email.partition('@')[2]}",
        marital_status=new.marital_status or (TOGETHER[0] if new.partner else "Ongehuwd"),
        name_usage=OWN_NAME,
    )


def _home(books: Books, start_on: date, at: datetime) -> Address:
    number = books.ids.next("address")
    return Address(
        number,
        AddressType.HOME,
        True,
        "Zilverpad",
        str(number % 200 + 1),
        "",
        "3511ZP",
        "Utrecht",
        start_on,
        at,
    )


def _account(books: Books, new: NewEmployee) -> BankAccount:
    number = books.ids.next("bank_account")
    name = " ".join(part for part in (f"{new.first_name[:1]}.", new.prefix, new.last_name) if part)
    return BankAccount(
        number, f"{number:010d}", "Salaris", iban_of(number), BIC, "Utrecht", name, BankAccountType.STANDARD
    )
