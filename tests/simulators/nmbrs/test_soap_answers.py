"""What goes over the wire of what the books hold: the vendor's oddities, one by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from lxml import etree
from tests.simulators.nmbrs.soap_calls import Reply, call

from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.books.changes import leave, next_period, raise_salary
from schakel_simulators.nmbrs.books.model import (
    Child,
    Contract,
    Employee,
    FixedComponent,
    Gender,
    Salary,
    SalaryTable,
    SalaryType,
    Schedule,
    VariableComponent,
)
from schakel_simulators.nmbrs.soap.envelope import Version, wrapped
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.wire import at, decimal, short_decimal

EMPLOYEES = "EmployeeService"
COMPANIES = "CompanyService"
THEN = datetime(2026, 2, 4, 16, 20, 11)  # noqa: DTZ001 - the vendor's moments have no zone


@pytest.fixture
def nmbrs() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=10, seed=5, report_seconds=0, profile=Profile(delay="off")) as made:
        yield made


@pytest.fixture
def employee(nmbrs: NmbrsSimulator) -> Employee:
    """Somebody of the monthly company, whose open period is November 2026."""
    return next(iter(nmbrs.books.employees_of(nmbrs.companies[0].id)))


def ask(nmbrs: NmbrsSimulator, employee: Employee, operation: str, **more: Any) -> Reply:
    return call(nmbrs, EMPLOYEES, operation, EmployeeId=employee.id, **more)


def children_of(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_hundredths_become_decimals_with_a_point() -> None:
    assert [decimal(value) for value in (360000, 5, -18342, 0)] == ["3600.00", "0.05", "-183.42", "0.00"]
    assert [short_decimal(value) for value in (800, 750, 0, 1000)] == ["8", "7.5", "0", "10"]


def test_a_moment_has_a_fraction_only_when_there_is_one() -> None:
    assert at(THEN) == "2026-02-04T16:20:11"
    assert at(THEN.replace(microsecond=600_000)) == "2026-02-04T16:20:11.6"


def test_text_is_escaped_and_empty_text_is_no_element(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    person = replace(employee.person, last_name="d'Âge & <Zn>", title="", partner_last_name="")
    nmbrs.books.keep(employees=[replace(employee, person=person)])
    reply = ask(nmbrs, employee, "PersonalInfo_GetCurrent")
    assert reply.values("LastName") == ["d'Âge & <Zn>"]
    assert reply.values("Title") == []
    assert reply.values("Id") == [str(employee.id)]
    assert reply.values("Number") == reply.values("EmployeeNumber") == [str(employee.number)]
    assert reply.values("Birthday") == [f"{employee.person.birth_on}T00:00:00"]
    assert "DisplayName" not in children_of(reply.response[0])


@pytest.mark.parametrize(
    ("missing_dates", "nil", "value"), [("nil", "true", ""), ("minimum", None, "0001-01-01T00:00:00")]
)
def test_a_date_that_is_missing(
    nmbrs: NmbrsSimulator, employee: Employee, missing_dates: str, nil: str | None, value: str
) -> None:
    nmbrs.set_profile(missing_dates=missing_dates)
    reply = ask(nmbrs, employee, "PersonalInfo_GetCurrent")
    (element,) = reply.response.iter("{*}DeceasedDate")
    assert element.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == nil
    assert reply.values("DeceasedDate") == [value]


def test_the_result_of_the_contracts_is_called_after_the_item(
    nmbrs: NmbrsSimulator, employee: Employee
) -> None:
    """The trap that a published client fell into: not `Contract_GetCurrentPeriodResult`."""
    contract = Contract(
        9, THEN, date(2026, 3, 1), None, is_indefinite=True, hours_per_week=3650, income_relationship=2
    )
    nmbrs.books.keep(employees=[replace(employee, contracts=(contract,))])
    reply = ask(nmbrs, employee, "Contract_GetCurrentPeriod")
    assert children_of(reply.response) == ["EmployeeContractItem"]
    assert reply.values("EmployementType") == ["1"]
    assert reply.values("EmploymentSequenceTaxId") == ["2"]
    assert reply.values("HoursPerWeek") == ["36.50"]
    assert reply.values("Indefinite") == ["true"]


def test_several_contracts_and_none(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    first = Contract(1, THEN, date(2026, 1, 1), None, is_indefinite=True, hours_per_week=2000)
    second = replace(first, id=2, end_on=date(2026, 12, 31))
    over = replace(first, id=3, end_on=date(2026, 10, 31))
    nmbrs.books.keep(employees=[replace(employee, contracts=(first, second, over))])
    assert ask(nmbrs, employee, "Contract_GetCurrentPeriod").values("ContractID") == ["1", "2"]
    nmbrs.books.keep(employees=[replace(employee, contracts=())])
    assert children_of(ask(nmbrs, employee, "Contract_GetCurrentPeriod").response[0]) == [
        "EmployeeId",
        "EmployeeContracts",
    ]
    nmbrs.set_profile(empty_lists="absent")
    assert children_of(ask(nmbrs, employee, "Contract_GetCurrentPeriod").response[0]) == ["EmployeeId"]


def test_a_partner_or_none(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    nmbrs.books.keep(employees=[replace(employee, partner=None)])
    assert children_of(ask(nmbrs, employee, "Partner_Get").response[0]) == ["EmployeeId"]
    nmbrs.set_profile(no_partner="absent")
    assert children_of(ask(nmbrs, employee, "Partner_Get").response) == []


def test_the_two_results_nobody_has_seen_can_be_called_after_the_item(
    nmbrs: NmbrsSimulator, employee: Employee
) -> None:
    child = Child(1, "Jansen", "Noor", "N.", Gender.FEMALE, date(2018, 9, 2))
    nmbrs.books.keep(employees=[replace(employee, children=(child,))])
    assert children_of(ask(nmbrs, employee, "Children_Get").response) == ["Children_GetResult"]
    nmbrs.set_profile(wrappers="by_item")
    reply = ask(nmbrs, employee, "Children_Get")
    assert children_of(reply.response) == ["EmployeeChildrenItem"]
    assert (reply.values("Name"), reply.values("Gender")) == (["Jansen"], ["female"])
    assert children_of(ask(nmbrs, employee, "Partner_Get").response) == ["EmployeePartnerItem"]


HOURS = (800, 800, 800, 750, 400, 0, 0, 800, 800, 800, 750, 0, 0, 0)


@pytest.mark.parametrize(("part_time", "said"), [("percent", "88.75"), ("fraction", "0.8875")])
def test_a_schedule_has_two_weeks_and_a_percentage_or_a_fraction(
    nmbrs: NmbrsSimulator, employee: Employee, part_time: str, said: str
) -> None:
    nmbrs.set_profile(part_time=part_time)
    schedule = Schedule(1, HOURS, 8875, date(2026, 7, 1), THEN)
    later = replace(schedule, id=2, part_time_percentage=5000, start_on=date(2026, 12, 1))
    nmbrs.books.keep(employees=[replace(employee, schedules=(later, schedule))])
    reply = ask(nmbrs, employee, "Schedule_GetCurrent")
    assert [child.text for child in reply.response[0]][:7] == ["8", "8", "8", "7.5", "4", "0", "0"]
    assert reply.values("HoursFriday2") == ["0"]
    assert reply.values("ParttimePercentage") == [said]
    listed = ask(nmbrs, employee, "Schedule_GetList", Period=12, Year=2026)
    assert listed.values("StartDate") == ["2026-07-01T00:00:00", "2026-12-01T00:00:00"]
    assert ask(nmbrs, employee, "Schedule_GetList", Period=6, Year=2026).values("StartDate") == []


def test_without_a_schedule_the_date_is_the_first_that_net_knows(
    nmbrs: NmbrsSimulator, employee: Employee
) -> None:
    nmbrs.books.keep(employees=[replace(employee, schedules=(), insurance=())])
    reply = ask(nmbrs, employee, "Schedule_GetCurrent")
    assert reply.values("StartDate") == ["0001-01-01T00:00:00"]
    assert set(reply.values("HoursMonday")) == {"0"}
    assert len(ask(nmbrs, employee, "SVW_GetCurrent").response) == 0


def test_the_insurance_settings_keep_the_vendors_spelling(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    reply = ask(nmbrs, employee, "SVW_GetCurrent")
    held = employee.insurance[-1]
    assert reply.values("InfluenceObligedInsuranced") == [held.influence]
    assert reply.values("CAOCode") == [held.cao.code]
    assert reply.values("SectorDescription") == [held.sector.description]
    assert reply.values("WageCostBenefitCode") == ["0"]


def test_wage_components_of_the_open_period(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    fixed = FixedComponent(1, 5991, -18342, date(2026, 1, 1), None, THEN)
    over = replace(fixed, id=2, code=2151, end_on=date(2026, 9, 30))
    once = VariableComponent(3, 2305, 25000, 2026, 11, THEN)
    before = replace(once, id=4, period=10)
    nmbrs.books.keep(
        employees=[replace(employee, fixed_components=(fixed, over), variable_components=(once, before))]
    )
    reply = ask(nmbrs, employee, "WageComponentFixed_GetCurrent")
    assert (reply.values("Code"), reply.values("Value")) == (["5991"], ["-183.42"])
    assert ask(nmbrs, employee, "WageComponentVar_GetCurrent").values("Id") == ["3"]


def test_a_salary_says_its_type_as_a_number_and_its_table_when_it_has_one(
    nmbrs: NmbrsSimulator, employee: Employee
) -> None:
    table = SalaryTable(751, "Voorbeeldtabel", "8", "Schaal 8", "3", "Trede 3", 378050)
    rows = (
        Salary(1, 360000, SalaryType.GROSS_FULL_TIME, date(2025, 1, 1), THEN),
        Salary(2, 378050, SalaryType.GROSS_FULL_TIME, date(2026, 1, 1), THEN, table),
    )
    nmbrs.books.keep(employees=[replace(employee, salaries=rows)])
    company = nmbrs.companies[0].id
    item = call(nmbrs, EMPLOYEES, "Salary_GetAll_AllEmployeesByCompany", CompanyID=company).response[0][0]
    texts = [found.text for found in item.iter("{*}Value", "{*}Type", "{*}Code", "{*}Scale", "{*}Step")]
    assert texts == ["3600.00", "1", "3780.50", "1", "751", "8", "3"]
    created = [found.text for found in item.iter("{*}StartDate", "{*}CreationDate")]
    assert created[:2] == ["2025-01-01T00:00:00", "2026-02-04T16:20:11"]


def test_a_raise_entered_now_is_in_the_next_answer(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    company = nmbrs.companies[0].id
    raise_salary(nmbrs.books, employee.id, from_on=date(2026, 9, 1), to=543210)
    reply = call(nmbrs, EMPLOYEES, "Salary_GetAll_AllEmployeesByCompany", CompanyID=company)
    assert "5432.10" in reply.values("Value")


def test_a_leaver_stays_on_the_list_until_the_period_is_closed(
    nmbrs: NmbrsSimulator, employee: Employee
) -> None:
    company = nmbrs.companies[0].id
    leave(nmbrs.books, employee.id, end_on=date(2026, 11, 20))
    active, former = (
        {"CompanyId": company, "EmployeeType": kind}
        for kind in (2, 4)
    )  # fmt: skip
    assert str(employee.id) in call(nmbrs, EMPLOYEES, "List_GetByCompany", **active).values("Id")
    next_period(nmbrs.books, company)
    assert call(nmbrs, COMPANIES, "Company_GetCurrentPeriod", CompanyId=company).values(
        "Company_GetCurrentPeriodResult"
    ) == ["2026-12-M"]
    assert str(employee.id) not in call(nmbrs, EMPLOYEES, "List_GetByCompany", **active).values("Id")
    assert str(employee.id) in call(nmbrs, EMPLOYEES, "List_GetByCompany", **former).values("Id")
    everybody = call(nmbrs, EMPLOYEES, "Employment_GetAll_AllEmployeesByCompany", CompanyID=company)
    assert str(employee.id) in everybody.values("EmployeeId")


def test_the_partners_name_stands_first_in_a_display_name(nmbrs: NmbrsSimulator, employee: Employee) -> None:
    person = replace(
        employee.person, initials="A.M.", prefix="de", last_name="Vries", partner_prefix="", partner_last_name="Jansen"
    )  # fmt: skip
    nmbrs.books.keep(employees=[replace(employee, person=person)])
    asked = {"CompanyId": nmbrs.companies[0].id, "EmployeeType": 2}
    assert "Jansen - de Vries, A.M." in call(nmbrs, EMPLOYEES, "List_GetByCompany", **asked).values(
        "DisplayName"
    )


def report(nmbrs: NmbrsSimulator, run: int, **more: int) -> str:
    told = {"CompanyId": nmbrs.companies[0].id, "RunId": run, "intYear": 2026} | more
    name = "FilterByWageCode" if "WageCode" in more else "v2"
    reply = call(nmbrs, COMPANIES, f"Reports_GetWageCodesByRunCompany_{name}", **told)
    return reply.response[0].text or ""


def test_a_report_is_a_document_in_a_string_that_says_utf_16(nmbrs: NmbrsSimulator) -> None:
    run = next(run for run in nmbrs.companies[0].runs if run.year == 2026)
    said = report(nmbrs, run.id)
    assert said.startswith('<?xml version="1.0" encoding="utf-16"?>\n<reports>')
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(said.encode())
    root = etree.fromstring(said.partition("?>")[2])
    assert children_of(root[0]) == ["employeeid", "period", "year", "runnumber", "lines"]
    assert children_of(root[0][-1][0]) == ["code", "description", "value"]
    one = etree.fromstring(report(nmbrs, run.id, WageCode=1000).partition("?>")[2])
    assert {code.text for code in one.iter("code")} == {"1000"}
    nmbrs.set_profile(report_decimals="comma")
    assert ",00</value>" in report(nmbrs, run.id)
    assert report(nmbrs, run.id, WageCode=4).endswith("<reports />")


def test_a_report_in_the_background_goes_through_its_states() -> None:
    now = [0.0]
    profile = Profile(delay="off")
    with NmbrsSimulator(employees=10, report_seconds=4, clock=lambda: now[0], profile=profile) as nmbrs:
        company = nmbrs.companies[0]
        run = next(run for run in company.runs if run.year == 2026)
        told = {"companyId": company.id, "runId": run.id, "year": 2026, "wageCode": 1000}
        name = "Reports_GetWageCodesByRunCompany_FilterByWageCode_Background"
        task = call(nmbrs, "ReportService", name, **told).response[0].text
        states = []
        for moment in (0.0, 2.0, 4.0):
            now[0] = moment
            reply = call(nmbrs, "ReportService", "Reports_BackgroundTask_Result", TaskId=task)
            states.append((reply.values("Status"), len(reply.values("Content"))))
        assert states == [(["Enqueued"], 0), (["Executing"], 0), (["Success"], 1)]
        assert reply.values("TaskId") == [task]
        assert children_of(reply.response) == ["Reports_BackgroundTask_ResultResult"]
        assert reply.values("Content") == [report(nmbrs, run.id, WageCode=1000)]


def test_a_long_answer_is_made_while_it_is_sent() -> None:
    made = 0

    def pieces() -> Iterator[str]:
        nonlocal made
        for made in range(1, 1_000_001):  # noqa: B007 - counted from outside
            yield "<Employee />"

    stream = wrapped(Version.SOAP_11, pieces())
    first = next(stream)
    assert first.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert len(first) < 70_000
    assert made < 10_000
