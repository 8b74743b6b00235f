"""The simulated Nmbrs against its own WSDL: nothing missing, every answer valid, and zeep reads them all."""

from collections.abc import Iterator

import httpx
import pytest
import zeep
from tests.simulators.nmbrs.soap_calls import Reply, call, call_12, login, sample, zeep_client

from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.books.environment import OPERATIONS
from schakel_simulators.nmbrs.soap.operations import ANSWERS
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.wsdl import SERVICES, services

DESCRIBED = sorted(one.key for service in services().values() for one in service.operations.values())
OTHER_SETTINGS = [
    ("domain", "lenient"),
    ("requests", "asmx"),
    ("wrappers", "by_item"),
    ("empty_lists", "absent"),
    ("no_partner", "absent"),
    ("missing_dates", "minimum"),
    ("part_time", "fraction"),
    ("period_suffix", "letter_first"),
    ("report_decimals", "comma"),
    ("hidden_company", "1003"),
    ("fault_trace", "stack"),
    ("delay", "off"),
]


@pytest.fixture(scope="module")
def nmbrs() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=40, seed=3, report_seconds=0, profile=Profile(delay="off")) as made:
        yield made


@pytest.fixture(autouse=True)
def default_profile(nmbrs: NmbrsSimulator) -> None:
    nmbrs.application.profile = Profile(delay="off")


def test_what_the_wsdl_describes_is_what_is_answered_and_what_can_be_granted() -> None:
    assert set(DESCRIBED) == set(ANSWERS) == set(OPERATIONS)


def test_every_setting_of_the_profile_is_tried_here() -> None:
    assert [name for name, _ in OTHER_SETTINGS] == list(Profile.__dataclass_fields__)
    assert all(getattr(Profile(), name) != value for name, value in OTHER_SETTINGS)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("query", ["?WSDL", "?wsdl", "?singleWsdl"])
def test_the_wsdl_is_served_with_its_own_address(nmbrs: NmbrsSimulator, service: str, query: str) -> None:
    answer = httpx.get(f"{nmbrs.base_url}{service}.asmx{query}", trust_env=False)
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text.count(f'location="{nmbrs.base_url}{service}.asmx"') == 2
    assert 'location="https://' not in answer.text
    assert f'targetNamespace="https://api.nmbrs.nl/soap/v3/{service}"' in answer.text


@pytest.mark.parametrize("service", SERVICES)
def test_a_browser_is_told_what_a_service_offers(nmbrs: NmbrsSimulator, service: str) -> None:
    page = httpx.get(f"{nmbrs.base_url}{service.lower()}.asmx", trust_env=False).text
    assert all(name in page for name in services()[service].operations)


@pytest.mark.parametrize("key", DESCRIBED)
def test_every_answer_fits_the_schema_in_both_versions(nmbrs: NmbrsSimulator, key: str) -> None:
    service, operation = key.split(".")
    parameters = sample(nmbrs)[key]
    first, second = (send(nmbrs, service, operation, **parameters) for send in (call, call_12))
    assert first.media_type == "text/xml; charset=utf-8"
    assert second.media_type == "application/soap+xml; charset=utf-8"
    for reply in (first, second):
        assert_fits(nmbrs, service, operation, reply)


@pytest.mark.parametrize("name", ["empty_lists", "no_partner", "missing_dates", "part_time", "wrappers"])
def test_whatever_the_profile_every_answer_of_everybody_fits_the_schema(
    nmbrs: NmbrsSimulator, name: str
) -> None:
    """People of every kind, as an answer without a partner or without a last day is written another way."""
    nmbrs.set_profile(**{name: dict(OTHER_SETTINGS)[name]})
    company = nmbrs.companies[1]
    for key, parameters in sample(nmbrs).items():
        service, operation = key.split(".")
        if "EmployeeId" not in parameters:
            assert_fits(nmbrs, service, operation, call(nmbrs, service, operation, **parameters))
            continue
        for employee in nmbrs.books.employees_of(company.id):
            asked = {**parameters, "EmployeeId": employee.id}
            assert_fits(nmbrs, service, operation, call(nmbrs, service, operation, **asked))


@pytest.mark.parametrize("settings", [{}, dict(OTHER_SETTINGS)], ids=["default", "all other"])
def test_zeep_reads_every_operation_strictly(nmbrs: NmbrsSimulator, settings: dict[str, str]) -> None:
    nmbrs.set_profile(**settings)
    samples = sample(nmbrs)
    for service in SERVICES:
        client = zeep_client(nmbrs, service)
        assert {f"{service}.{name}" for name in client.service._operations} == {
            key for key in DESCRIBED if key.startswith(f"{service}.")
        }
        for port in (f"{service}Soap", f"{service}Soap12"):
            bound = client.bind(service, port)
            for key, parameters in samples.items():
                if key.startswith(f"{service}."):
                    bound[key.split(".")[1]](**parameters, _soapheaders=login(nmbrs, service))


def test_zeep_reads_what_the_books_hold(nmbrs: NmbrsSimulator) -> None:
    client = zeep_client(nmbrs, "EmployeeService")
    headers = login(nmbrs, "EmployeeService")
    company = nmbrs.companies[0]
    listed = client.service.Salary_GetAll_AllEmployeesByCompany(company.id, _soapheaders=headers)
    held = list(nmbrs.books.employees_of(company.id))
    assert [item.EmployeeId for item in listed] == [employee.id for employee in held]
    for item, employee in zip(listed, held, strict=True):
        assert [int(salary.Value * 100) for salary in item.EmployeeSalaries.Salary_V2] == [
            salary.value for salary in employee.salaries
        ]


@pytest.mark.parametrize("port", ["EmployeeServiceSoap", "EmployeeServiceSoap12"])
def test_zeep_sees_a_fault_with_code_and_text(nmbrs: NmbrsSimulator, port: str) -> None:
    bound = zeep_client(nmbrs, "EmployeeService").bind("EmployeeService", port)
    with pytest.raises(zeep.exceptions.Fault, match="---> 2003: Unauthorized access"):
        bound.SVW_GetCurrent(1, _soapheaders=login(nmbrs, "EmployeeService"))


def assert_fits(nmbrs: NmbrsSimulator, service: str, operation: str, reply: Reply) -> None:
    assert reply.status == 200, reply.content
    assert reply.response.tag.endswith(f"}}{operation}Response")
    assert nmbrs.application.services[service].complaint(reply.response) == ""
