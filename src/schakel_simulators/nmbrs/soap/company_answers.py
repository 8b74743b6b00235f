"""What the books know of companies and of all employees of one, as the answers about a company."""

from collections.abc import Iterable, Iterator

from schakel_simulators.nmbrs.books.environment import Company, Environment, Run
from schakel_simulators.nmbrs.books.model import Employee, EmployeeType, Employment, Salary, SalaryTable
from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind
from schakel_simulators.nmbrs.books.reading import employee_type
from schakel_simulators.nmbrs.soap.wire import Wire, at, decimal, midnight, number, text, truth


def environment(one: Environment, result: str) -> str:
    """`Environment_Get`."""
    return f"<{result}>{text('Domain', one.domain)}{text('SubDomain', one.sub_domain)}</{result}>"


def companies(seen: Iterable[Company], wire: Wire, result: str) -> str:
    """`List_GetAll` of the CompanyService."""
    return wire.listed(result, (_company(one) for one in seen))


def _company(one: Company) -> str:
    return (
        f"<Company><ID>{one.id}</ID><Number>{one.number}</Number>"
        + text("Name", one.name)
        + text("PhoneNumber", one.phone)
        + text("FaxNumber", one.fax)
        + text("Email", one.email)
        + text("Website", one.website)
        + text("LoonaangifteTijdvak", one.kind.tax_name)
        + text("KvkNr", one.kvk_number)
        + "</Company>"
    )


def current_period(company: Company, wire: Wire, result: str) -> str:
    """`Company_GetCurrentPeriod`: `2026-11-M`; the vendor's texts have both 4W and W4."""
    return text(result, _period(company.period, wire))


def _period(period: PayPeriod, wire: Wire) -> str:
    suffix = {PeriodKind.MONTH: "M", PeriodKind.FOUR_WEEKS: "4W", PeriodKind.WEEK: "1W"}[period.kind]
    if wire.profile.period_suffix == "letter_first":
        suffix = suffix[::-1]
    return f"{period.year}-{period.number}-{suffix}"


def runs(found: Iterable[Run], wire: Wire, result: str) -> str:
    """`Run_GetList`. The kind of a run is not on this wire."""
    return wire.listed(result, (_run(one) for one in found))


def _run(one: Run) -> str:
    return (
        f"<RunInfo><ID>{one.id}</ID><Number>{one.number}</Number><Year>{one.year}</Year>"
        f"<PeriodStart>{one.period_start}</PeriodStart><PeriodEnd>{one.period_end}</PeriodEnd>"
        + text("Description", one.description)
        + f"<RunAt>{at(one.run_at)}</RunAt>{truth('IsLocked', value=one.is_locked)}</RunInfo>"
    )


def employee_types(wire: Wire, result: str) -> str:
    """`EmployeeType_GetList`."""
    return wire.listed(
        result,
        (
            f"<EmployeeType>{number('Id', one)}{text('Description', one.description)}</EmployeeType>"
            for one in EmployeeType
        ),
    )


def employees(
    found: Iterable[Employee], company: Company, kind: int, result: str, wire: Wire
) -> Iterator[str]:
    """`List_GetByCompany`: those of one kind in the open period."""
    entries = (_employee(one) for one in found if employee_type(one, company.period) == kind)
    return streamed(result, entries, wire)


def _employee(one: Employee) -> str:
    return (
        f"<Employee><Id>{one.id}</Id><Number>{one.number}</Number>"
        f"{text('DisplayName', display_name(one))}</Employee>"
    )


def display_name(employee: Employee) -> str:
    """As the vendor's lists show somebody: `Jansen - de Vries, A.M.`, the partner's name first when used."""
    person = employee.person
    own = f"{person.prefix} {person.last_name}".strip()
    partners = f"{person.partner_prefix} {person.partner_last_name}".strip()
    return f"{partners} - {own}, {person.initials}" if partners else f"{own}, {person.initials}"


def salaries(found: Iterable[Employee], result: str, wire: Wire) -> Iterator[str]:
    """`Salary_GetAll_AllEmployeesByCompany`: the type as a number, unlike its twins."""
    entries = (
        f"<EmployeeSalaryItem><EmployeeId>{one.id}</EmployeeId>"
        f"{wire.listed('EmployeeSalaries', map(_salary, one.salaries))}</EmployeeSalaryItem>"
        for one in found
    )
    return streamed(result, entries, wire)


def _salary(one: Salary) -> str:
    return (
        f"<Salary_V2><ID>{one.id}</ID><Value>{decimal(one.value)}</Value><Type>{int(one.type)}</Type>"
        f"{'' if one.table is None else _table(one.table)}"
        f"<StartDate>{midnight(one.start_on)}</StartDate>"
        f"<CreationDate>{at(one.created_at)}</CreationDate></Salary_V2>"
    )


def _table(one: SalaryTable) -> str:
    return (
        f"<SalaryTable><Code>{one.code}</Code>"
        + text("Description", one.description)
        + "<Schaal>"
        + text("Scale", one.scale)
        + text("SchaalDescription", one.scale_description)
        + "<ScaleValue>0</ScaleValue><ScalePercentageMax>0</ScalePercentageMax>"
        + "<ScalePercentageMin>0</ScalePercentageMin></Schaal><Trede>"
        + text("Step", one.step)
        + text("StepDescription", one.step_description)
        + f"<StepValue>{decimal(one.step_value)}</StepValue></Trede></SalaryTable>"
    )


def employments(found: Iterable[Employee], result: str, wire: Wire) -> Iterator[str]:
    """`Employment_GetAll_AllEmployeesByCompany`: leavers too, a re-hire twice."""
    entries = (
        f"<EmployeeEmploymentItem><EmployeeId>{one.id}</EmployeeId>"
        f"{wire.listed('EmployeeEmployments', (_employment(held, wire) for held in one.employments))}"
        "</EmployeeEmploymentItem>"
        for one in found
    )
    return streamed(result, entries, wire)


def _employment(one: Employment, wire: Wire) -> str:
    return (
        f"<Employment><EmploymentId>{one.id}</EmploymentId>"
        f"<CreationDate>{at(one.created_at)}</CreationDate>"
        + wire.day("StartDate", one.start_on)
        + wire.day("EndDate", one.end_on)
        + wire.day("InitialStartDate", one.initial_start_on)
        + "</Employment>"
    )


def streamed(result: str, entries: Iterator[str], wire: Wire) -> Iterator[str]:
    """A list that may be very long, entry by entry; nothing is kept."""
    first = next(entries, None)
    if first is None:
        yield wire.listed(result, ())
        return
    yield f"<{result}>{first}"
    yield from entries
    yield f"</{result}>"
