"""The books themselves: one lock, one clock, every change all or nothing.

Readers need no lock: values are frozen and each is replaced in one go. Whoever reads several that must agree
takes `lock`. The clock is the books' own and moves a minute per change, so that the same changes on the same
seed give the same bytes.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from types import MappingProxyType

from schakel_simulators.nmbrs.books.environment import Company, Debtor, Environment, User
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.numbers import bsns
from schakel_simulators.nmbrs.books.refusal import RefusedError

FIRST_IDS = {
    "employee": 700101,
    "address": 5100801,
    "bank_account": 310077,
    "partner": 220045,
    "child": 660031,
    "contract": 440210,
    "employment": 990101,
    "salary": 3304001,
    "schedule": 8100001,
    "insurance": 1203300,
    "component": 7700001,
    "run": 905001,
}
"""Where each kind of id starts; kinds do not share ids, as an id of one kind asked as another must fail."""


class Ids:
    """Hands out ids, per kind, in order."""

    def __init__(self) -> None:
        self._counters = {kind: count(first) for kind, first in FIRST_IDS.items()}
        self._bsns = bsns()

    def next(self, kind: str) -> int:
        return next(self._counters[kind])

    def next_bsn(self) -> str:
        return next(self._bsns)


class Books:
    """Everything the simulated payroll knows."""

    def __init__(
        self,
        environment: Environment,
        debtors: Iterable[Debtor],
        companies: Iterable[Company],
        employees: Iterable[Employee],
        *,
        clock: datetime,
        ids: Ids,
        seed: int = 1,
    ) -> None:
        self.lock = threading.RLock()
        self.environment = environment
        self.debtors = tuple(debtors)
        self.clock = clock
        self.ids = ids
        self.seed = seed
        self.version = 0
        self._companies = {company.id: company for company in companies}
        self._employees: dict[int, Employee] = {}
        self._by_company: dict[int, list[int]] = {number: [] for number in self._companies}
        for employee in employees:
            self._place(employee)

    @property
    def companies(self) -> Mapping[int, Company]:
        """Every company by id."""
        return MappingProxyType(self._companies)

    @property
    def employees(self) -> Mapping[int, Employee]:
        """Every employee by id, leavers too."""
        return MappingProxyType(self._employees)

    def employees_of(self, company_id: int, operation: str = "") -> Iterator[Employee]:
        """The employees of one company in order of id; without those that tests hid from `operation`."""
        for employee_id in tuple(self._by_company.get(company_id, ())):
            employee = self._employees[employee_id]
            if operation not in employee.absent_from:
                yield employee

    def user(self, email: str) -> User | None:
        """The log-in with that e-mail address; capitals do not count."""
        wanted = email.casefold()
        return next((one for one in self.environment.users if one.email.casefold() == wanted), None)

    def sees(self, user: User, company_id: int) -> bool:
        """Whether that user may see the data of that company."""
        granted = user.company_ids is None or company_id in user.company_ids
        return granted and company_id in self._companies and company_id not in user.hidden_company_ids

    def company(self, company_id: int) -> Company:
        """One company. Raises RefusedError when the books have no such company."""
        company = self._companies.get(company_id)
        if company is None:
            raise RefusedError(
                "Dit bedrijf staat niet in de administratie.",
                "The books have no such company.",
                field="company",
                allowed=[str(known) for known in self._companies],
            )
        return company

    def employee(self, employee_id: int) -> Employee:
        """One employee. Raises RefusedError when the books have nobody under that id."""
        employee = self._employees.get(employee_id)
        if employee is None:
            raise RefusedError(
                "Onder dit id staat niemand in de administratie.",
                "The books have nobody under this id.",
                field="employee",
                allowed=["GET /desk/employees"],
            )
        return employee

    @contextmanager
    def changing(self) -> Iterator[datetime]:
        """Hold the lock and give the moment of the change; the clock keeps moving only when it succeeds."""
        with self.lock:
            before, done = self.clock, False
            self.clock = before + timedelta(minutes=1)
            try:
                yield self.clock
                done = True
            finally:
                if not done:
                    self.clock = before

    def keep(
        self,
        *,
        employees: Iterable[Employee] = (),
        companies: Iterable[Company] = (),
        users: Iterable[User] | None = None,
        clock: datetime | None = None,
    ) -> None:
        """Put new values in the place of old ones, together; the only way in."""
        new_employees, new_companies = tuple(employees), tuple(companies)
        with self.lock:
            for company in new_companies:
                self._companies[company.id] = company
                self._by_company.setdefault(company.id, [])
            for employee in new_employees:
                self._place(employee)
            if users is not None:
                self.environment = replace(self.environment, users=tuple(users))
            if clock is not None:
                self.clock = clock
            self.version += 1

    def _place(self, employee: Employee) -> None:
        if employee.id not in self._employees:
            self._by_company[employee.company_id].append(employee.id)
        self._employees[employee.id] = employee
