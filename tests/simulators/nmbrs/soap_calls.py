"""Calls as any SOAP client would send them, by hand, so that a test can spoil one part; and zeep as it is."""

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import httpx
import zeep
from lxml import etree

from schakel_simulators.nmbrs import NmbrsSimulator

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
BASE = "https://api.nmbrs.nl/soap/v3/"


@dataclass(frozen=True)
class Reply:
    """What came back: the status, the bytes, and the parts of a fault when it is one."""

    status: int
    media_type: str
    content: bytes

    @property
    def response(self) -> etree._Element:
        """The element inside the body."""
        return etree.fromstring(self.content)[0][0]

    @property
    def fault(self) -> str:
        """`soap:Server Server was unable to process request. ---> 1001: Invalid Authentication`."""
        texts = [str(text).strip() for text in self.response.itertext() if text.strip()]
        return " ".join(texts)

    def values(self, name: str) -> list[str]:
        """The text of every element of that name."""
        return [found.text or "" for found in self.response.iter(f"{{*}}{name}")]


def header(simulator: NmbrsSimulator, service: str, **replaced: str | None) -> str:
    """The login header of a call; a part that is None is left out."""
    parts = {"Username": simulator.username, "Token": simulator.token, "Domain": simulator.domain}
    name = "AuthHeaderWithDomain"
    if service == "DebtorService":
        name = "AuthHeader"
        del parts["Domain"]
    told = {**parts, **replaced}
    inside = "".join(f"<{part}>{escape(value)}</{part}>" for part, value in told.items() if value is not None)
    return f'<{name} xmlns="{BASE}{service}">{inside}</{name}>'


def envelope(head: str, body: str, namespace: str = SOAP_11) -> bytes:
    """An envelope around a header and a body."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><e:Envelope xmlns:e="{namespace}">'
        f"<e:Header>{head}</e:Header><e:Body>{body}</e:Body></e:Envelope>"
    ).encode()


def element(service: str, operation: str, parameters: dict[str, Any]) -> str:
    """The body of a call."""
    inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in parameters.items())
    return f'<{operation} xmlns="{BASE}{service}">{inside}</{operation}>'


def post(simulator: NmbrsSimulator, service: str, content: bytes, **headers: str) -> Reply:
    """Send bytes to a service."""
    sent = {"Content-Type": "text/xml; charset=utf-8", **{k.replace("_", "-"): v for k, v in headers.items()}}
    # There is nothing to verify on plain loopback; reading certificates would take most of the time of a call.
    answer = httpx.post(
        f"{simulator.base_url}{service}.asmx",
        content=content,
        headers=sent,
        timeout=20,
        trust_env=False,
        verify=False,  # noqa: S501 - as the comment above says
    )
    return Reply(answer.status_code, answer.headers["content-type"], answer.content)


def call(simulator: NmbrsSimulator, service: str, operation: str, **parameters: Any) -> Reply:
    """A good call in SOAP 1.1."""
    content = envelope(header(simulator, service), element(service, operation, parameters))
    return post(simulator, service, content, SOAPAction=f'"{BASE}{service}/{operation}"')


def call_12(simulator: NmbrsSimulator, service: str, operation: str, **parameters: Any) -> Reply:
    """The same in SOAP 1.2."""
    content = envelope(header(simulator, service), element(service, operation, parameters), SOAP_12)
    kind = f'application/soap+xml; charset=utf-8; action="{BASE}{service}/{operation}"'
    return post(simulator, service, content, Content_Type=kind)


def zeep_client(simulator: NmbrsSimulator, service: str) -> zeep.Client:
    """zeep, strict, from the WSDL that the simulator serves."""
    address = f"{simulator.base_url}{service}.asmx?WSDL"
    return zeep.Client(address, settings=zeep.Settings(strict=True))  # type: ignore[no-untyped-call]  # zeep has no types


def login(simulator: NmbrsSimulator, service: str) -> dict[str, dict[str, str]]:
    """The header as zeep wants it."""
    told = {"Username": simulator.username, "Token": simulator.token}
    if service == "DebtorService":
        return {"AuthHeader": told}
    return {"AuthHeaderWithDomain": {**told, "Domain": simulator.domain}}


def sample(simulator: NmbrsSimulator) -> dict[str, dict[str, Any]]:
    """For every operation parameters that give an answer; a task is started for the one that asks for it."""
    company = simulator.companies[0]
    run = next(run for run in company.runs if run.year == 2026)
    employee = next(iter(simulator.books.employees_of(company.id)))
    of_employee = [
        "PersonalInfo_GetCurrent", "Address_GetListCurrent", "BankAccount_GetListCurrent", "Partner_Get",
        "Children_Get", "Contract_GetCurrentPeriod", "Schedule_GetCurrent", "SVW_GetCurrent",
        "WageComponentFixed_GetCurrent", "WageComponentVar_GetCurrent",
    ]  # fmt: skip
    in_report = {"companyId": company.id, "runId": run.id, "year": run.year}
    of_run = {"CompanyId": company.id, "RunId": run.id, "intYear": run.year}
    started = call(simulator, "ReportService", "Reports_GetWageCodesByRunCompany_v2_Background", **in_report)
    return {
        "DebtorService.Environment_Get": {},
        "CompanyService.List_GetAll": {},
        "CompanyService.Company_GetCurrentPeriod": {"CompanyId": company.id},
        "CompanyService.Run_GetList": {"CompanyId": company.id, "Year": 2026},
        "CompanyService.Reports_GetWageCodesByRunCompany_v2": of_run,
        "CompanyService.Reports_GetWageCodesByRunCompany_FilterByWageCode": {**of_run, "WageCode": 1000},
        "EmployeeService.EmployeeType_GetList": {},
        "EmployeeService.List_GetByCompany": {"CompanyId": company.id, "EmployeeType": 2},
        "EmployeeService.Schedule_GetList": {"EmployeeId": employee.id, "Period": 11, "Year": 2026},
        "EmployeeService.Salary_GetAll_AllEmployeesByCompany": {"CompanyID": company.id},
        "EmployeeService.Employment_GetAll_AllEmployeesByCompany": {"CompanyID": company.id},
        **{f"EmployeeService.{name}": {"EmployeeId": employee.id} for name in of_employee},
        "ReportService.Reports_GetWageCodesByRunCompany_v2_Background": in_report,
        "ReportService.Reports_GetWageCodesByRunCompany_FilterByWageCode_Background": {
            **in_report,
            "wageCode": 1000,
        },
        "ReportService.Reports_BackgroundTask_Result": {"TaskId": started.response[0].text},
    }
