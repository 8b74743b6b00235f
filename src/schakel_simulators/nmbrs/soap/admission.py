"""May this login make this call, and see this company or employee: 1001, 1002, 1003, 2003, 2004."""

import hmac

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company, User
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.soap.fault import nmbrs_fault
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.request import Call


def admitted(books: Books, call: Call, profile: Profile) -> User:
    """The login behind a call, if it may make it. Raises SoapFault 1001 or 1002."""
    told = call.credentials
    user = books.user(told.username) if told else None
    if told is None or user is None or not user.token:
        raise nmbrs_fault(1001)
    if not hmac.compare_digest(told.token.encode(), user.token.encode()):
        raise nmbrs_fault(1001)
    if call.operation.header == "AuthHeaderWithDomain" and not _domain_fits(books, told.domain, profile):
        raise nmbrs_fault(1001)
    if call.operation.key not in user.rights:
        raise nmbrs_fault(1002)
    return user


def visible_company(books: Books, user: User, company_id: int, profile: Profile) -> Company:
    """A company this login may see. Existence is not told: 2004 either way, unless the profile says 1003."""
    if books.sees(user, company_id):
        return books.companies[company_id]
    exists = company_id in books.companies
    raise nmbrs_fault(int(profile.hidden_company) if exists else 2004)


def visible_employee(books: Books, user: User, employee_id: int, operation: str) -> tuple[Employee, Company]:
    """An employee of a company this login may see, and that company. Raises SoapFault 2003."""
    with books.lock:
        employee = books.employees.get(employee_id)
        if employee is None or operation in employee.absent_from:
            raise nmbrs_fault(2003)
        if not books.sees(user, employee.company_id):
            raise nmbrs_fault(2003)
        return employee, books.companies[employee.company_id]


def _domain_fits(books: Books, domain: str | None, profile: Profile) -> bool:
    if not domain:
        return profile.domain == "lenient"
    return domain.casefold() == books.environment.sub_domain.casefold()
