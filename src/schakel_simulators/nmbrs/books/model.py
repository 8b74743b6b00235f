"""What the simulated payroll keeps of an employee: the person, and the history of each fact.

Everything is frozen; a change makes new values and hands them to `Books` (books.py) in one go, so a reader
never sees half a change. Money, hours and percentages are whole hundredths: 360000 is € 3,600.00.
Days are inclusive, as the vendor's are: `end_on` is the last day that counts. An empty text: not filled.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Gender(StrEnum):
    """The vendor's words on the wire."""

    UNDEFINED = "undefined"
    MALE = "male"
    FEMALE = "female"


class AddressType(StrEnum):
    """The vendor's words on the wire."""

    HOME = "HomeAddress"
    POST = "PostAddress"
    ABSENCE = "AbsenceAddress"
    HOLIDAYS = "HolidaysAddress"
    WEEKEND = "WeekendAddress"


class BankAccountType(StrEnum):
    """The vendor's words on the wire, as far as the books use them."""

    NONE = "None"
    FIRST = "Bankrekening1"
    STANDARD = "Standaard"


class SalaryType(IntEnum):
    """What a salary's value means; the int goes on the wire in `Salary_GetAll_AllEmployeesByCompany`."""

    NONE = 0
    GROSS_FULL_TIME = 1  #: multiplied by the part-time percentage
    GROSS_PART_TIME = 2  #: paid as it stands
    GROSS_HOURLY = 3
    NET_PART_TIME_INCLUDING_COMPONENTS = 4
    NET_PART_TIME_EXCLUDING_COMPONENTS = 5
    NET_HOURLY_EXCLUDING_COMPONENTS = 6
    EMPLOYER_CHARGES = 7
    NET_HOURLY_INCLUDING_COMPONENTS = 8


class EmployeeType(IntEnum):
    """Ids of `EmployeeType_GetList`. 2 and 4 are seen in public clients, the others are ours: unverified."""

    NEW_HIRE = 1
    PAYROLL = 2
    FORMER_PAYROLL = 4

    @property
    def description(self) -> str:
        """The vendor's label: unverified."""
        return {1: "New hire", 2: "Payroll employee", 4: "Former payroll employee"}[self]


@dataclass(frozen=True, slots=True)
class Person:
    """`PersonalInfo_GetCurrent`. Kept without history: the vendor's call has none."""

    bsn: str
    first_name: str
    initials: str
    prefix: str
    last_name: str
    gender: Gender
    birth_on: date
    title: str = ""
    title_after: str = ""
    nickname: str = ""
    nationality_code: int = 1
    place_of_birth: str = ""
    country_of_birth: str = "NL"
    identification_number: str = ""
    identification_type: int = 0
    partner_prefix: str = ""
    partner_last_name: str = ""
    phone_private: str = ""
    phone_work: str = ""
    mobile_private: str = ""
    mobile_work: str = ""
    phone_other: str = ""
    email_private: str = ""
    email_work: str = ""
    marital_status: str = ""  #: a string on this wire; the vendor's vocabulary is unseen: unverified
    name_usage: str = ""  #: Naamstelling; likewise
    deceased_on: date | None = None
    emergency_name: str = ""
    emergency_phone: str = ""
    emergency_relation: str = ""

    def __repr__(self) -> str:
        return "Person(…)"


@dataclass(frozen=True, slots=True)
class Address:
    """One address from the first day of a pay period on; the latest of a type is the one that holds."""

    id: int
    type: AddressType
    is_default: bool
    street: str
    house_number: str
    house_number_addition: str
    postal_code: str
    city: str
    start_on: date
    created_at: datetime
    state_province: str = ""
    country: str = "NL"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank account, current ones only."""

    id: int
    number: str
    description: str
    iban: str
    bic: str
    city: str
    name: str
    type: BankAccountType


@dataclass(frozen=True, slots=True)
class Partner:
    """The partner; `last_name` is the vendor's PartnerName, `start_on` the start of the partnership."""

    id: int
    last_name: str
    first_name: str
    initials: str
    gender: Gender
    birth_on: date
    start_on: date
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A child; `last_name` is the vendor's Name."""

    id: int
    last_name: str
    first_name: str
    initials: str
    gender: Gender
    birth_on: date


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract, or a later version of one under the same id: the newest `created_at` holds."""

    id: int
    created_at: datetime
    start_on: date
    end_on: date | None
    is_indefinite: bool
    hours_per_week: int  #: hundredths
    trial_until_on: date | None = None
    employment_type: int = 1
    income_relationship: int = 1  #: EmploymentSequenceTaxId
    phase: int = 0
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Employment:
    """One interval of service; a re-hire has two. `initial_start_on` is the seniority date."""

    id: int
    created_at: datetime
    start_on: date
    end_on: date | None
    initial_start_on: date
    ended_at: datetime | None = None  #: when the end was entered; not on the wire


@dataclass(frozen=True, slots=True)
class SalaryTable:
    """Scale and step of a salary that comes from a table."""

    code: int
    description: str
    scale: str
    scale_description: str
    step: str
    step_description: str
    step_value: int  #: cents


@dataclass(frozen=True, slots=True)
class Salary:
    """A salary per pay period (or hour) from a day on; of one start, the newest `created_at` holds."""

    id: int
    value: int  #: cents
    type: SalaryType
    start_on: date
    created_at: datetime
    table: SalaryTable | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hours per day of two weeks, Monday to Sunday twice; a second week of zeros means one week."""

    id: int
    hours: tuple[int, ...]  #: fourteen, hundredths of an hour
    part_time_percentage: int  #: hundredths of a percent
    start_on: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Coded:
    """An entry of one of the vendor's lists: CAO, risk group, sector."""

    id: int
    code: str
    description: str


@dataclass(frozen=True, slots=True)
class InsuranceSettings:
    """`SVW_GetCurrent` from a period on: what social insurance holds of an income relationship."""

    id: int
    created_at: datetime
    start_year: int
    start_period: int
    influence: str = "0"
    wao_wia: bool = True
    ww: bool = True
    zw: bool = True
    zvw_contribution: int = 1
    zvw_code: str = "K"
    employment_type: int = 1
    phase: int = 0
    income_relationship: int = 1
    cao: Coded = Coded(0, "9999", "Geen CAO")
    risk_group: Coded = Coded(1, "01", "Standaard")
    sector: Coded = Coded(44, "44", "Zakelijke dienstverlening II")
    wage_cost_benefit_code: int = 0
    wage_cost_benefit_end_period: int | None = None
    wage_cost_benefit_end_year: int | None = None


@dataclass(frozen=True, slots=True)
class FixedComponent:
    """A wage component that repeats every period from `start_on`, until and including the one of `end_on`."""

    id: int
    code: int
    value: int  #: hundredths of a euro or of a number
    start_on: date
    end_on: date | None
    created_at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class VariableComponent:
    """A wage component of one period."""

    id: int
    code: int
    value: int  #: hundredths of a euro or of a number
    year: int
    period: int
    created_at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Employee:
    """One employee of one company. The number is chosen by people and not unique; the id is the key."""

    id: int
    company_id: int
    number: int
    person: Person
    addresses: tuple[Address, ...]
    bank_accounts: tuple[BankAccount, ...]
    contracts: tuple[Contract, ...]
    employments: tuple[Employment, ...]
    salaries: tuple[Salary, ...]
    schedules: tuple[Schedule, ...]
    insurance: tuple[InsuranceSettings, ...]
    partner: Partner | None = None
    children: tuple[Child, ...] = ()
    fixed_components: tuple[FixedComponent, ...] = ()
    variable_components: tuple[VariableComponent, ...] = ()
    absent_from: frozenset[str] = frozenset()
    """Operations whose answers leave this employee out, for tests; `Service.Operation`."""

    def __repr__(self) -> str:
        return f"Employee(id={self.id}, company_id={self.company_id})"
