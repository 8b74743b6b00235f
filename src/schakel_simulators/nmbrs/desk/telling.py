"""The books as the desk tells them: plain JSON, amounts as decimals in text, days as YYYY-MM-DD."""

from collections import Counter
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import Entered
from schakel_simulators.nmbrs.books.changes.pay import cents
from schakel_simulators.nmbrs.books.environment import OPERATIONS, Company, User
from schakel_simulators.nmbrs.books.model import Employee, Person, Salary, SalaryType, Schedule
from schakel_simulators.nmbrs.books.reading import employee_type, salary_in, schedule_in
from schakel_simulators.nmbrs.books.wage_codes import WAGE_CODES

TYPE_NAMES = {
    SalaryType.GROSS_FULL_TIME: "full_time",
    SalaryType.GROSS_PART_TIME: "part_time",
    SalaryType.GROSS_HOURLY: "hourly",
}


def state(books: Books) -> dict[str, Any]:
    """What the payroll knows as a whole; the token is not told here."""
    with books.lock:
        return {
            "clock": books.clock.isoformat(),
            "version": books.version,
            "domain": books.environment.sub_domain,
            "users": [_user(one) for one in books.environment.users],
            "companies": [_company(books, one) for one in books.companies.values()],
            "wage_codes": {str(code): name for code, name in WAGE_CODES.items()},
        }


def _user(user: User) -> dict[str, Any]:
    return {
        "user": user.email,
        "has_token": bool(user.token),
        "rights_off": sorted(OPERATIONS - user.rights),
        "hidden_companies": sorted(user.hidden_company_ids),
    }


def counts(books: Books, company: Company) -> dict[str, int]:
    """How many employees of each type the company has in its current period."""
    return Counter(employee_type(one, company.period).name.lower() for one in books.employees_of(company.id))


def _company(books: Books, company: Company) -> dict[str, Any]:
    return {
        "id": company.id,
        "number": company.number,
        "name": company.name,
        "kvk_number": company.kvk_number,
        "kind": company.kind.value,
        "current_period": str(company.period),
        "period_start": company.period.start_on.isoformat(),
        "period_end": company.period.end_on.isoformat(),
        "full_time_hours": cents(company.full_time_hours),
        "employees": dict(sorted(counts(books, company).items())),
        "runs": [
            {
                "id": run.id,
                "number": run.number,
                "year": run.year,
                "periods": [run.period_start, run.period_end],
                "description": run.description,
                "run_at": run.run_at.isoformat(),
                "locked": run.is_locked,
                "kind": run.kind.value,
            }
            for run in company.runs
        ],
    }


def brief(books: Books, employee: Employee) -> dict[str, Any]:
    """One employee in a list: who, and what holds in the current period."""
    company = books.company(employee.company_id)
    return {
        "id": employee.id,
        "company": employee.company_id,
        "number": employee.number,
        "name": name_of(employee.person),
        "type": employee_type(employee, company.period).name.lower(),
        "birth_on": employee.person.birth_on.isoformat(),
        "salary": _salary(salary_in(employee, company.period)),
        "hours": _hours(schedule_in(employee, company.period)),
        "employments": [
            {"start": one.start_on.isoformat(), "end": one.end_on.isoformat() if one.end_on else None}
            for one in employee.employments
        ],
        "partner": employee.partner is not None,
        "children": len(employee.children),
    }


def whole(books: Books, employee: Employee) -> dict[str, Any]:
    """One employee with every history, in the words of the books; amounts in hundredths as they are kept."""
    told = {
        field.name: _plain(getattr(employee, field.name))
        for field in fields(employee)
        if field.name not in ("id", "company_id", "number")
    }
    return {"now": brief(books, employee), "books": told}


def entered(change: Entered) -> dict[str, Any]:
    """A change that was made."""
    return {
        "action": change.action,
        "entered_at": change.entered_at.isoformat(),
        "company": change.company_id,
        "employee": change.employee_id,
        "twk_runs": list(change.twk_run_ids),
        "told": dict(change.told),
    }


def name_of(person: Person) -> str:
    """First name, prefix and last name."""
    return " ".join(part for part in (person.first_name, person.prefix, person.last_name) if part)


def _salary(salary: Salary | None) -> dict[str, str] | None:
    if salary is None:
        return None
    return {
        "value": cents(salary.value),
        "type": TYPE_NAMES.get(salary.type, salary.type.name.lower()),
        "start": salary.start_on.isoformat(),
    }


def _hours(schedule: Schedule | None) -> dict[str, str] | None:
    if schedule is None:
        return None
    return {
        "per_week": cents(sum(schedule.hours[:7])),
        "part_time_percentage": cents(schedule.part_time_percentage),
        "start": schedule.start_on.isoformat(),
    }


def _plain(value: Any) -> Any:
    """Dataclasses, days and enumerations as JSON has them."""
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value, int) else value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
