"""The environment of the simulated payroll: users and their rights, companies, clocks and runs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind

SERVICES_AND_OPERATIONS: dict[str, tuple[str, ...]] = {
    "DebtorService": ("Environment_Get",),
    "CompanyService": (
        "List_GetAll",
        "Company_GetCurrentPeriod",
        "Run_GetList",
        "Reports_GetWageCodesByRunCompany_v2",
        "Reports_GetWageCodesByRunCompany_FilterByWageCode",
    ),
    "EmployeeService": (
        "EmployeeType_GetList",
        "List_GetByCompany",
        "PersonalInfo_GetCurrent",
        "Address_GetListCurrent",
        "BankAccount_GetListCurrent",
        "Partner_Get",
        "Children_Get",
        "Contract_GetCurrentPeriod",
        "Schedule_GetCurrent",
        "Schedule_GetList",
        "SVW_GetCurrent",
        "WageComponentFixed_GetCurrent",
        "WageComponentVar_GetCurrent",
        "Salary_GetAll_AllEmployeesByCompany",
        "Employment_GetAll_AllEmployeesByCompany",
    ),
    "ReportService": (
        "Reports_GetWageCodesByRunCompany_v2_Background",
        "Reports_GetWageCodesByRunCompany_FilterByWageCode_Background",
        "Reports_BackgroundTask_Result",
    ),
}
OPERATIONS: frozenset[str] = frozenset(
    f"{service}.{operation}" for service, names in SERVICES_AND_OPERATIONS.items() for operation in names
)
"""Every operation as `Service.Operation`; the API template grants them one by one."""


@dataclass(frozen=True, slots=True)
class User:
    """A log-in of the environment. `rights` are entries of OPERATIONS; `company_ids` None means all."""

    email: str
    token: str  #: 32 lower-case hexadecimal characters; empty after it was revoked
    rights: frozenset[str] = OPERATIONS
    company_ids: frozenset[int] | None = None
    hidden_company_ids: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        return f"User(rights={len(self.rights)} of {len(OPERATIONS)})"


@dataclass(frozen=True, slots=True)
class Environment:
    """One Nmbrs environment. `sub_domain` is what `AuthHeaderWithDomain/Domain` must hold."""

    sub_domain: str
    domain: str  #: the root, `nmbrs.nl`
    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Debtor:
    """The accountant's client, above the companies."""

    id: int
    number: str
    name: str


class RunKind(StrEnum):
    """A normal run pays a period; a TWK run settles earlier ones. Not visible on the SOAP wire."""

    NORMAL = "normal"
    TWK = "twk"


@dataclass(frozen=True, slots=True)
class Run:
    """One payroll run. Its amounts follow from what the books knew at `run_at`: see `wage_codes.py`."""

    id: int
    number: int
    year: int
    period_start: int
    period_end: int
    description: str
    run_at: datetime
    is_locked: bool
    kind: RunKind = RunKind.NORMAL
    employee_ids: frozenset[int] = frozenset()  #: whom a TWK run settles; empty for a normal run: everybody


@dataclass(frozen=True, slots=True)
class Company:
    """A legal entity of the employer. `period` is its clock: what *current* means in every answer."""

    id: int
    number: int
    debtor_id: int
    name: str
    kvk_number: str
    kind: PeriodKind
    period: PayPeriod
    full_time_hours: int = 4000  #: per week, hundredths
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    runs: tuple[Run, ...] = ()
