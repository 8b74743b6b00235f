"""What the books know of one employee, as the answers of the EmployeeService about one employee."""

from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import (
    Address,
    BankAccount,
    Child,
    Coded,
    Contract,
    Employee,
    FixedComponent,
    InsuranceSettings,
    Partner,
    Person,
    Schedule,
    VariableComponent,
)
from schakel_simulators.nmbrs.books.reading import (
    addresses_in,
    contracts_in,
    fixed_in,
    insurance_in,
    schedule_in,
    variable_in,
)
from schakel_simulators.nmbrs.soap.wire import (
    MINIMUM_DATE,
    Wire,
    at,
    decimal,
    midnight,
    number,
    optional_number,
    short_decimal,
    text,
    truth,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(f"Hours{day}{week}" for week in ("", "2") for day in DAYS)


def personal_info(employee: Employee, _: Company, wire: Wire, result: str) -> str:
    """`PersonalInfo_GetCurrent`. DisplayName is left out: nobody has seen it here."""
    person = employee.person
    inside = (
        number("Id", employee.id)
        + number("Number", employee.number)
        + number("EmployeeNumber", employee.number)
        + _identity(person)
        + _reached(person)
        + text("BurgerlijkeStaat", person.marital_status)
        + text("Naamstelling", person.name_usage)
        + wire.day("Birthday", person.birth_on)
        + wire.day("DeceasedDate", person.deceased_on)
        + text("InCaseOfEmergency", person.emergency_name)
        + text("InCaseOfEmergencyPhone", person.emergency_phone)
        + text("InCaseOfEmergencyRelation", person.emergency_relation)
        + text("TitleAfter", person.title_after)
    )
    return f"<{result}>{inside}</{result}>"


def _identity(person: Person) -> str:
    return (
        text("BSN", person.bsn)
        + text("Title", person.title)
        + text("FirstName", person.first_name)
        + text("Initials", person.initials)
        + text("Prefix", person.prefix)
        + text("LastName", person.last_name)
        + text("Nickname", person.nickname)
        + text("Gender", person.gender)
        + number("NationalityCode", person.nationality_code)
        + text("PlaceOfBirth", person.place_of_birth)
        + text("CountryOfBirthISOCode", person.country_of_birth)
        + text("IdentificationNumber", person.identification_number)
        + number("IdentificationType", person.identification_type)
        + text("PartnerPrefix", person.partner_prefix)
        + text("PartnerLastName", person.partner_last_name)
    )


def _reached(person: Person) -> str:
    return (
        text("TelephonePrivate", person.phone_private)
        + text("TelephoneWork", person.phone_work)
        + text("TelephoneMobilePrivate", person.mobile_private)
        + text("TelephoneMobileWork", person.mobile_work)
        + text("TelephoneOther", person.phone_other)
        + text("EmailPrivate", person.email_private)
        + text("EmailWork", person.email_work)
    )


def addresses(employee: Employee, company: Company, wire: Wire, result: str) -> str:
    """`Address_GetListCurrent`."""
    return wire.listed(result, (_address(one) for one in addresses_in(employee, company.period)))


def _address(one: Address) -> str:
    return (
        f"<EmployeeAddress><Id>{one.id}</Id>{truth('Default', value=one.is_default)}"
        + text("Street", one.street)
        + text("HouseNumber", one.house_number)
        + text("HouseNumberAddition", one.house_number_addition)
        + text("PostalCode", one.postal_code)
        + text("City", one.city)
        + text("StateProvince", one.state_province)
        + text("CountryISOCode", one.country)
        + f"<Type>{one.type}</Type></EmployeeAddress>"
    )


def bank_accounts(employee: Employee, _: Company, wire: Wire, result: str) -> str:
    """`BankAccount_GetListCurrent`."""
    return wire.listed(result, (_bank_account(one) for one in employee.bank_accounts))


def _bank_account(one: BankAccount) -> str:
    return (
        f"<BankAccount><Id>{one.id}</Id>"
        + text("Number", one.number)
        + text("Description", one.description)
        + text("IBAN", one.iban)
        + text("BIC", one.bic)
        + text("City", one.city)
        + text("Name", one.name)
        + f"<Type>{one.type}</Type></BankAccount>"
    )


def partner(employee: Employee, _: Company, wire: Wire, result: str) -> str:
    """`Partner_Get`."""
    if employee.partner is None and wire.profile.no_partner == "absent":
        return ""
    inside = "" if employee.partner is None else _partner(employee.partner, wire)
    return f"<{result}><EmployeeId>{employee.id}</EmployeeId>{inside}</{result}>"


def _partner(one: Partner, wire: Wire) -> str:
    return (
        f"<Partner><Id>{one.id}</Id>"
        + text("PartnerName", one.last_name)
        + text("FirstName", one.first_name)
        + text("Initials", one.initials)
        + text("Gender", one.gender)
        + wire.day("Birthday", one.birth_on)
        + wire.day("StartDate", one.start_on)
        + text("Telephone", one.phone)
        + text("Email", one.email)
        + "</Partner>"
    )


def children(employee: Employee, _: Company, wire: Wire, result: str) -> str:
    """`Children_Get`."""
    inside = wire.listed("EmployeeChildren", (_child(one, wire) for one in employee.children))
    return f"<{result}><EmployeeId>{employee.id}</EmployeeId>{inside}</{result}>"


def _child(one: Child, wire: Wire) -> str:
    return (
        f"<Child><Id>{one.id}</Id>"
        + text("Name", one.last_name)
        + text("FirstName", one.first_name)
        + text("Initials", one.initials)
        + text("Gender", one.gender)
        + wire.day("Birthday", one.birth_on)
        + "</Child>"
    )


def contracts(employee: Employee, company: Company, wire: Wire, result: str) -> str:
    """`Contract_GetCurrentPeriod`."""
    held = contracts_in(employee, company.period)
    inside = wire.listed("EmployeeContracts", (_contract(one, wire) for one in held))
    return f"<{result}><EmployeeId>{employee.id}</EmployeeId>{inside}</{result}>"


def _contract(one: Contract, wire: Wire) -> str:
    return (
        f"<EmployeeContract><ContractID>{one.id}</ContractID>"
        f"<CreationDate>{at(one.created_at)}</CreationDate>"
        + wire.day("StartDate", one.start_on)
        + wire.day("TrialPeriod", one.trial_until_on)
        + wire.day("EndDate", one.end_on)
        + number("EmployementType", one.employment_type)
        + number("EmploymentSequenceTaxId", one.income_relationship)
        + truth("Indefinite", value=one.is_indefinite)
        + number("PhaseClassification", one.phase)
        + truth("WrittenContract", value=one.is_written)
        + f"<HoursPerWeek>{decimal(one.hours_per_week)}</HoursPerWeek></EmployeeContract>"
    )


def current_schedule(employee: Employee, company: Company, wire: Wire, result: str) -> str:
    """`Schedule_GetCurrent`; without one, zeros from the first day that .NET knows."""
    held = schedule_in(employee, company.period)
    if held is not None:
        return f"<{result}>{schedule(held, wire)}</{result}>"
    zeros = "".join(number(name, 0) for name in (*HOURS, "ParttimePercentage"))
    return f"<{result}>{zeros}<StartDate>{MINIMUM_DATE}</StartDate></{result}>"


def schedule(one: Schedule, wire: Wire) -> str:
    """The inside of a `Schedule`."""
    hours = "".join(
        f"<{name}>{short_decimal(value)}</{name}>" for name, value in zip(HOURS, one.hours, strict=True)
    )
    return (
        f"{hours}<ParttimePercentage>{wire.part_time(one.part_time_percentage)}</ParttimePercentage>"
        f"<StartDate>{midnight(one.start_on)}</StartDate>"
    )


def insurance(employee: Employee, company: Company, _: Wire, result: str) -> str:
    """`SVW_GetCurrent`; no result when nothing was ever set."""
    held = insurance_in(employee, company.period)
    return "" if held is None else f"<{result}>{_insurance(held)}</{result}>"


def _insurance(one: InsuranceSettings) -> str:
    return (
        f"<Id>{one.id}</Id><CreateDate>{at(one.created_at)}</CreateDate>"
        + number("StartYear", one.start_year)
        + number("StartPeriod", one.start_period)
        + text("InfluenceObligedInsuranced", one.influence)
        + truth("Wao_Wia", value=one.wao_wia)
        + truth("Ww", value=one.ww)
        + truth("Zw", value=one.zw)
        + number("IncomeRelatedContributionZvw", one.zvw_contribution)
        + text("CodeZvw", one.zvw_code)
        + number("EmploymentType", one.employment_type)
        + number("PhaseClassification", one.phase)
        + number("EmploymentSequenceTaxId", one.income_relationship)
        + _coded("CAO", one.cao)
        + _coded("RiskGroup", one.risk_group)
        + _coded("Sector", one.sector)
        + f"<WageCostBenefit><WageCostBenefitCode>{one.wage_cost_benefit_code}</WageCostBenefitCode>"
        + optional_number("EndPeriod", one.wage_cost_benefit_end_period)
        + optional_number("EndYear", one.wage_cost_benefit_end_year)
        + "</WageCostBenefit>"
    )


def _coded(name: str, one: Coded) -> str:
    return (
        f"<{name}><{name}Id>{one.id}</{name}Id>"
        + text(f"{name}Code", one.code)
        + text(f"{name}Description", one.description)
        + f"</{name}>"
    )


def fixed_components(employee: Employee, company: Company, wire: Wire, result: str) -> str:
    """`WageComponentFixed_GetCurrent`."""
    return wire.listed(result, (_component(one) for one in fixed_in(employee, company.period)))


def variable_components(employee: Employee, company: Company, wire: Wire, result: str) -> str:
    """`WageComponentVar_GetCurrent`."""
    return wire.listed(result, (_component(one) for one in variable_in(employee, company.period)))


def _component(one: FixedComponent | VariableComponent) -> str:
    """Comment and cost places are left out: they were only ever seen on the write operation."""
    return (
        f"<WageComponent><Id>{one.id}</Id><Code>{one.code}</Code>"
        f"<Value>{decimal(one.value)}</Value></WageComponent>"
    )
