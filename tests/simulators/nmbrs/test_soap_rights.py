"""Who may ask what, of whom: Nmbrs' own no, in both versions of SOAP, and the brake on calls."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import etree
from tests.simulators.nmbrs.soap_calls import (
    BASE,
    SOAP_11,
    SOAP_12,
    Reply,
    call,
    call_12,
    element,
    envelope,
    header,
    post,
    sample,
)

from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.books.changes import revoke_token, set_right, show_company
from schakel_simulators.nmbrs.books.environment import User
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.throttle import Throttle

COMPANIES = "CompanyService"
EMPLOYEES = "EmployeeService"


@pytest.fixture
def nmbrs() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=10, seed=5, report_seconds=0, profile=Profile(delay="off")) as made:
        yield made


def with_header(nmbrs: NmbrsSimulator, head: str, namespace: str = SOAP_11) -> Reply:
    return post(nmbrs, COMPANIES, envelope(head, element(COMPANIES, "List_GetAll", {}), namespace))


def test_a_fault_has_the_form_of_the_vendor_in_1_1(nmbrs: NmbrsSimulator) -> None:
    reply = with_header(nmbrs, "")
    assert (reply.status, reply.media_type) == (500, "text/xml; charset=utf-8")
    assert [(part.tag, part.text) for part in reply.response] == [
        ("faultcode", "soap:Server"),
        ("faultstring", "Server was unable to process request. ---> 1001: Invalid Authentication"),
        ("detail", None),
    ]


def test_a_fault_has_the_form_of_the_vendor_in_1_2(nmbrs: NmbrsSimulator) -> None:
    reply = with_header(nmbrs, "", SOAP_12)
    assert (reply.status, reply.media_type) == (500, "application/soap+xml; charset=utf-8")
    names = [etree.QName(part).localname for part in reply.response.iter()]
    assert names == ["Fault", "Code", "Value", "Reason", "Text", "Detail"]
    assert reply.values("Value") == ["soap:Receiver"]
    assert reply.values("Text") == ["Server was unable to process request. ---> 1001: Invalid Authentication"]


def test_a_stack_trace_may_follow_the_message(nmbrs: NmbrsSimulator) -> None:
    nmbrs.set_profile(fault_trace="stack")
    text = with_header(nmbrs, "").values("faultstring")
    assert text[0].startswith(
        "Server was unable to process request. ---> 1001: Invalid Authentication\n   at "
    )


@pytest.mark.parametrize(
    "replaced",
    [
        {"Username": "iemand@elders.example"},
        {"Username": None},
        {"Token": "0" * 32},
        {"Token": ""},
        {"Token": None},
        {"Domain": "elders"},
        {"Domain": "vlierhofpayroll.nmbrs.nl"},
        {"Domain": None},
        {"Domain": ""},
    ],
    ids=str,
)
def test_a_login_that_is_wrong_in_one_part_is_1001(
    nmbrs: NmbrsSimulator, replaced: dict[str, str | None]
) -> None:
    assert "1001: Invalid Authentication" in with_header(nmbrs, header(nmbrs, COMPANIES, **replaced)).fault


def test_the_parts_of_a_login_come_in_any_order_and_case_of_name_and_domain_do_not_count(
    nmbrs: NmbrsSimulator,
) -> None:
    head = (
        f'<AuthHeaderWithDomain xmlns="{BASE}{COMPANIES}"><Domain>{nmbrs.domain.upper()}</Domain>'
        f"<Token>{nmbrs.token}</Token><Username>{nmbrs.username.upper()}</Username></AuthHeaderWithDomain>"
    )
    assert with_header(nmbrs, head).status == 200


def test_a_login_in_the_namespace_of_another_service_is_no_login(nmbrs: NmbrsSimulator) -> None:
    assert "1001" in with_header(nmbrs, header(nmbrs, EMPLOYEES)).fault


def test_only_environment_get_takes_a_login_without_a_domain(nmbrs: NmbrsSimulator) -> None:
    reply = call(nmbrs, "DebtorService", "Environment_Get")
    assert reply.values("SubDomain") == [nmbrs.domain]
    plain = header(nmbrs, "DebtorService").replace("DebtorService", COMPANIES)
    assert "1001" in with_header(nmbrs, plain).fault
    wrong = header(nmbrs, "DebtorService", Token="0" * 32)
    content = envelope(wrong, element("DebtorService", "Environment_Get", {}))
    assert "1001" in post(nmbrs, "DebtorService", content).fault


def test_a_lenient_environment_lets_a_call_without_domain_in_but_not_one_with_a_wrong_one(
    nmbrs: NmbrsSimulator,
) -> None:
    nmbrs.set_profile(domain="lenient")
    assert with_header(nmbrs, header(nmbrs, COMPANIES, Domain=None)).status == 200
    assert "1001" in with_header(nmbrs, header(nmbrs, COMPANIES, Domain="elders")).fault


def test_a_revoked_token_is_1001_and_an_empty_one_is_not_the_way_back(nmbrs: NmbrsSimulator) -> None:
    before = header(nmbrs, COMPANIES)
    revoke_token(nmbrs.books)
    assert nmbrs.token == ""
    assert "1001" in with_header(nmbrs, before).fault
    assert "1001" in with_header(nmbrs, header(nmbrs, COMPANIES, Token="")).fault


def test_each_right_is_off_for_its_own_operation_only(nmbrs: NmbrsSimulator) -> None:
    samples = sample(nmbrs)
    for key, parameters in samples.items():
        service, operation = key.split(".")
        set_right(nmbrs.books, key, is_allowed=False)
        off = [
            other for other, told in samples.items() if call(nmbrs, *other.split("."), **told).status != 200
        ]
        assert off == [key]
        assert "1002: Unauthorized access" in call_12(nmbrs, service, operation, **parameters).fault
        set_right(nmbrs.books, key, is_allowed=True)


def test_a_hidden_company_and_its_employees_are_as_if_they_did_not_exist(nmbrs: NmbrsSimulator) -> None:
    hidden, seen = nmbrs.companies
    samples = sample(nmbrs)
    show_company(nmbrs.books, hidden.id, is_visible=False)
    assert call(nmbrs, COMPANIES, "List_GetAll").values("ID") == [str(seen.id)]
    for key, parameters in samples.items():
        reply = call(nmbrs, *key.split("."), **parameters)
        about_one = {name.lower() for name in parameters} & {"companyid", "taskid"}
        if about_one:
            assert "2004: Unauthorized access" in reply.fault, key
        elif "EmployeeId" in parameters:
            assert "2003: Unauthorized access" in reply.fault, key
        else:
            assert reply.status == 200


def test_the_profile_can_tell_a_hidden_company_from_one_that_is_not_there(nmbrs: NmbrsSimulator) -> None:
    nmbrs.set_profile(hidden_company="1003")
    show_company(nmbrs.books, nmbrs.companies[0].id, is_visible=False)
    asked = "Company_GetCurrentPeriod"
    assert "1003" in call(nmbrs, COMPANIES, asked, CompanyId=nmbrs.companies[0].id).fault
    assert "2004" in call(nmbrs, COMPANIES, asked, CompanyId=1).fault


@pytest.mark.parametrize(
    ("service", "operation", "more", "code"),
    [
        (COMPANIES, "Run_GetList", {"Year": 0}, "2006: Invalid Period"),
        (EMPLOYEES, "Schedule_GetList", {"Year": 2026, "Period": 13}, "2006: Invalid Period"),
        (EMPLOYEES, "Schedule_GetList", {"Year": 0, "Period": 1}, "2006: Invalid Period"),
        (COMPANIES, "Reports_GetWageCodesByRunCompany_v2", {"RunId": 1, "intYear": 2026}, "2046: Not Found"),
        (COMPANIES, "Reports_GetWageCodesByRunCompany_v2", {"intYear": 2001}, "2006: Invalid Period"),
    ],
)
def test_a_period_or_a_run_that_is_not_there(
    nmbrs: NmbrsSimulator, service: str, operation: str, more: dict[str, int], code: str
) -> None:
    """The monthly company knows no thirteenth period."""
    parameters = sample(nmbrs)[f"{service}.{operation}"] | more
    assert f"---> {code}" in call(nmbrs, service, operation, **parameters).fault


def test_a_task_of_nobody_or_of_somebody_else_is_2019(nmbrs: NmbrsSimulator) -> None:
    asked = sample(nmbrs)["ReportService.Reports_BackgroundTask_Result"]
    unknown = {"TaskId": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    assert "2019" in call(nmbrs, "ReportService", "Reports_BackgroundTask_Result", **unknown).fault
    other = User("ander@vlierhof.example", "a" * 32)
    nmbrs.books.keep(users=(nmbrs.user, other))
    head = header(nmbrs, "ReportService", Username=other.email, Token=other.token)
    content = envelope(head, element("ReportService", "Reports_BackgroundTask_Result", asked))
    assert "2019" in post(nmbrs, "ReportService", content).fault
    assert call(nmbrs, "ReportService", "Reports_BackgroundTask_Result", **asked).status == 200


def test_the_brake_counts_a_sliding_second() -> None:
    now = [0.0]
    brake = Throttle(lambda: now[0])
    assert {brake.delay() for _ in range(150)} == {0.0}
    assert brake.delay() == 0.5
    now[0] = 0.999
    assert brake.delay() == 0.5
    now[0] = 1.0
    assert brake.delay() == 0.0


def test_above_150_calls_in_a_second_a_call_waits_and_is_not_refused() -> None:
    with NmbrsSimulator(employees=10, clock=lambda: 0.0) as nmbrs:
        for _ in range(150):
            nmbrs.application.throttle.delay()
        reply = call(nmbrs, COMPANIES, "List_GetAll")
        assert reply.status == 200
        assert nmbrs.log[-1].delayed
        assert nmbrs.log[-1].milliseconds >= 500
        httpx.post(f"{nmbrs.desk}profile", json={"delay": "off"}, trust_env=False)
        call(nmbrs, COMPANIES, "List_GetAll")
        assert not nmbrs.log[-1].delayed
