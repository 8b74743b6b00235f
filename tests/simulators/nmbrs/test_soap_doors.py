"""How a call finds its operation, and what a request that is not right gets: the ways in, one by one."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.simulators.nmbrs.soap_calls import (
    BASE,
    SOAP_11,
    SOAP_12,
    Reply,
    call,
    element,
    envelope,
    header,
    post,
)

from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.soap.profile import Profile

COMPANIES = "CompanyService"
LIST = f'"{BASE}{COMPANIES}/List_GetAll"'


@pytest.fixture(scope="module")
def nmbrs() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=10, seed=5, profile=Profile(delay="off")) as made:
        yield made


@pytest.fixture(autouse=True)
def default_profile(nmbrs: NmbrsSimulator) -> None:
    nmbrs.application.profile = Profile(delay="off")


def companies(nmbrs: NmbrsSimulator, content: bytes | None = None, **headers: str) -> Reply:
    body = envelope(header(nmbrs, COMPANIES), element(COMPANIES, "List_GetAll", {}))
    return post(nmbrs, COMPANIES, body if content is None else content, **headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"SOAPAction": LIST},
        {"SOAPAction": LIST.strip('"')},
        {},
        {"SOAPAction": '""'},
        {"Content_Type": f"text/xml; charset=utf-8; action={LIST}"},
    ],
    ids=["quoted", "bare", "absent", "empty", "in the media type"],
)
@pytest.mark.parametrize("namespace", [SOAP_11, SOAP_12], ids=["1.1", "1.2"])
def test_an_operation_is_found_by_action_or_else_by_the_body(
    nmbrs: NmbrsSimulator, headers: dict[str, str], namespace: str
) -> None:
    """Clients that work against the vendor send a 1.2 envelope as text/xml, and no action at all."""
    content = envelope(header(nmbrs, COMPANIES), element(COMPANIES, "List_GetAll", {}), namespace)
    reply = companies(nmbrs, content, **headers)
    assert reply.status == 200
    assert reply.values("ID") == [str(company.id) for company in nmbrs.companies]
    assert reply.media_type.startswith("text/xml" if namespace == SOAP_11 else "application/soap+xml")


@pytest.mark.parametrize(
    "action", ["List_GetAll", f"{BASE}{COMPANIES}/Nothing", f"{BASE}EmployeeService/List_GetAll", "urn:x"]
)
def test_an_action_that_is_none_of_ours_is_a_fault_of_the_client(nmbrs: NmbrsSimulator, action: str) -> None:
    reply = companies(nmbrs, SOAPAction=f'"{action}"')
    assert reply.status == 500
    assert reply.fault.startswith("soap:Client Unable to handle request without a valid action parameter")


def test_the_same_name_in_another_service_is_another_operation(nmbrs: NmbrsSimulator) -> None:
    content = envelope(header(nmbrs, COMPANIES), element("DebtorService", "List_GetAll", {}))
    assert "valid action" in companies(nmbrs, content).fault
    assert "another element" in companies(nmbrs, content, SOAPAction=LIST).fault


DOCTYPE = b'<!DOCTYPE e [<!ENTITY who SYSTEM "urn:elsewhere">]>'


def with_doctype(content: bytes) -> bytes:
    return content.replace(b"?>", b"?>" + DOCTYPE, 1)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"", "soap:Client"),
        (lambda content: content[:-20], "soap:Client"),
        (lambda _: b"<html></html>", "not a SOAP envelope"),
        (lambda content: content.replace(SOAP_11.encode(), b"urn:other"), "soap:VersionMismatch"),
        (lambda content: content.replace(b"e:Body", b"e:Corpus"), "no body"),
        (lambda content: content.replace(b"</e:Body>", b"<second/></e:Body>"), "one element"),
        (with_doctype, "document type is not allowed"),
    ],
    ids=["empty", "cut off", "html", "version", "no body", "two bodies", "doctype"],
)
def test_what_is_not_an_envelope_is_a_fault_of_the_client(
    nmbrs: NmbrsSimulator, spoil: Any, said: str
) -> None:
    content = spoil(envelope(header(nmbrs, COMPANIES), element(COMPANIES, "List_GetAll", {})))
    reply = companies(nmbrs, content, SOAPAction=LIST)
    assert reply.status == 500
    assert said in reply.fault


PERSON = "PersonalInfo_GetCurrent"


@pytest.mark.parametrize(
    "parameters",
    [{}, {"EmployeeId": "abc"}, {"EmployeeId": ""}, {"EmployeeId": "1", "More": "2"}, {"EmployeeId": 10**12}],
    ids=["missing", "text", "empty", "unknown", "too large for an int"],
)
def test_a_request_that_does_not_fit_the_schema_is_a_fault_of_the_client(
    nmbrs: NmbrsSimulator, parameters: dict[str, Any]
) -> None:
    reply = call(nmbrs, "EmployeeService", PERSON, **parameters)
    assert reply.status == 500
    assert reply.fault.startswith("soap:Client Server was unable to read request. --->")
    assert nmbrs.log[-1].outcome == "client"


def test_a_name_in_the_wrong_case_is_a_number_that_is_missing(nmbrs: NmbrsSimulator) -> None:
    """The vendor's server leaves it at 0: nobody has that id."""
    assert "2003" in call(nmbrs, "EmployeeService", PERSON, employeeid=700101).fault
    company = nmbrs.companies[0].id
    right = call(nmbrs, "EmployeeService", "List_GetByCompany", CompanyId=company, EmployeeType=2)
    assert right.status == 200
    wrong = call(nmbrs, "EmployeeService", "List_GetByCompany", CompanyID=company, EmployeeType=2)
    assert "2004" in wrong.fault


def test_read_as_asp_net_does_what_is_unknown_is_passed_over(nmbrs: NmbrsSimulator) -> None:
    nmbrs.set_profile(requests="asmx")
    assert call(nmbrs, "EmployeeService", PERSON, More=1, EmployeeId=700101).status == 200
    assert "2003" in call(nmbrs, "EmployeeService", PERSON).fault
    assert "soap:Client" in call(nmbrs, "EmployeeService", PERSON, EmployeeId="abc").fault


@pytest.mark.parametrize("year", ["intYear", "Year", "year"])
@pytest.mark.parametrize("code", ["WageCode", "wageCode", "intWageCode"])
def test_the_report_nobody_published_a_call_of_takes_every_likely_name(
    nmbrs: NmbrsSimulator, year: str, code: str
) -> None:
    company = nmbrs.companies[0]
    run = company.runs[-1]
    told = {"CompanyId": company.id, "RunId": run.id, year: run.year, code: 1000}
    reply = call(nmbrs, COMPANIES, "Reports_GetWageCodesByRunCompany_FilterByWageCode", **told)
    assert reply.status == 200
    assert "<code>1000</code>" in str(reply.response[0].text)


def test_what_is_no_soap_request_at_all_gets_the_plain_answer_of_a_server(nmbrs: NmbrsSimulator) -> None:
    address = f"{nmbrs.base_url}{COMPANIES}.asmx"
    assert httpx.put(address, content=b"x", trust_env=False).status_code == 405
    assert httpx.post(address, json={}, trust_env=False).status_code == 415
    assert (
        httpx.post(address, content=b"x", headers={"Content-Type": "text/xml"}, trust_env=False).status_code
        == 500
    )
    large = httpx.post(
        address, content=b" " * 1_100_000, headers={"Content-Type": "text/xml"}, trust_env=False
    )
    assert large.status_code == 413
    assert httpx.get(f"{nmbrs.base_url}PayrollService.asmx", trust_env=False).status_code == 404


def test_the_journal_tells_who_asked_what_about_whom_and_never_the_token(nmbrs: NmbrsSimulator) -> None:
    httpx.delete(f"{nmbrs.desk}log", trust_env=False)
    company = nmbrs.companies[1]
    call(nmbrs, COMPANIES, "Run_GetList", CompanyId=company.id, Year=2026)
    call(nmbrs, "EmployeeService", PERSON, EmployeeId=700102)
    call(nmbrs, "EmployeeService", PERSON, EmployeeId=3)
    answer = httpx.get(f"{nmbrs.desk}log", trust_env=False)
    assert nmbrs.token not in answer.text
    told = answer.json()
    assert told["counts"] == {"Run_GetList": 1, PERSON: 2}
    first, second, third = told["requests"]
    assert first["company_id"] == company.id
    assert first["parameters"] == {"CompanyId": str(company.id), "Year": "2026"}
    assert (second["employee_id"], second["outcome"], second["status"]) == (700102, "ok", 200)
    assert (third["employee_id"], third["outcome"], third["status"]) == (3, "2003", 500)
    later = httpx.get(f"{nmbrs.desk}log?after={second['number']}&operation={PERSON}", trust_env=False).json()
    assert [entry["employee_id"] for entry in later["requests"]] == [3]
    assert httpx.get(f"{nmbrs.desk}log?after=x", trust_env=False).status_code == 400
    assert httpx.patch(f"{nmbrs.desk}log", trust_env=False).status_code == 405


def test_the_profile_can_be_changed_at_the_desk(nmbrs: NmbrsSimulator) -> None:
    four_weekly = nmbrs.companies[1]
    asked = {"CompanyId": four_weekly.id}
    assert call(nmbrs, COMPANIES, "Company_GetCurrentPeriod", **asked).values(
        "Company_GetCurrentPeriodResult"
    ) == ["2026-12-4W"]
    told = httpx.post(f"{nmbrs.desk}profile", json={"period_suffix": "letter_first"}, trust_env=False)
    assert told.json()["period_suffix"] == "letter_first"
    assert call(nmbrs, COMPANIES, "Company_GetCurrentPeriod", **asked).values(
        "Company_GetCurrentPeriodResult"
    ) == ["2026-12-W4"]
    wrongs: tuple[Any, ...] = ({"period_suffix": "W4"}, {"colour": "blue"}, [])
    for wrong in wrongs:
        assert httpx.post(f"{nmbrs.desk}profile", json=wrong, trust_env=False).status_code == 400


def test_the_root_is_the_clerks_page(nmbrs: NmbrsSimulator) -> None:
    page = httpx.get(nmbrs.address, trust_env=False)
    assert page.headers["content-type"].startswith("text/html")
    assert nmbrs.companies[0].name in page.text
