"""Each thing that can be made to go wrong, seen from the outside; and that it goes well again afterwards."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from lxml import etree
from tests.simulators.nmbrs.soap_calls import Reply, call, element, envelope, header, sample

from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.soap.mishaps import KINDS, Mishap, Mishaps
from schakel_simulators.nmbrs.soap.profile import Profile

EMPLOYEES = "EmployeeService"
SALARIES = "Salary_GetAll_AllEmployeesByCompany"


@pytest.fixture(scope="module")
def running() -> Iterator[NmbrsSimulator]:
    with NmbrsSimulator(employees=10, seed=5, report_seconds=0, profile=Profile(delay="off")) as made:
        yield made


@pytest.fixture
def nmbrs(running: NmbrsSimulator) -> Iterator[NmbrsSimulator]:
    yield running
    running.mishaps.clear()


def salaries(nmbrs: NmbrsSimulator) -> Reply:
    return call(nmbrs, EMPLOYEES, SALARIES, CompanyID=nmbrs.companies[0].id)


def content_of(nmbrs: NmbrsSimulator) -> bytes:
    told = {"CompanyID": nmbrs.companies[0].id}
    return envelope(header(nmbrs, EMPLOYEES), element(EMPLOYEES, SALARIES, told))


def streamed(nmbrs: NmbrsSimulator, timeout: float = 10) -> Any:
    """The same call, to be read piece by piece."""
    kind = {"Content-Type": "text/xml"}
    address = f"{nmbrs.base_url}{EMPLOYEES}.asmx"
    return httpx.stream(
        "POST", address, content=content_of(nmbrs), headers=kind, timeout=timeout, trust_env=False
    )


@pytest.mark.parametrize(
    ("kind", "status", "media_type", "starts"),
    [
        ("html", 200, "text/html", b"<!doctype html>"),
        ("html_503", 503, "text/html", b"<!doctype html>"),
        ("error_500", 500, "text/html", b"<!doctype html>"),
        ("unavailable_503", 503, "text/plain", b""),
        ("throttled_429", 429, "text/plain", b""),
        ("redirect", 302, "text/html", b""),
        ("empty_body", 200, "text/xml", b""),
        ("entity_bomb", 200, "text/xml", b'<?xml version="1.0"?><!DOCTYPE'),
    ],
)
def test_something_else_in_place_of_the_answer_once(
    nmbrs: NmbrsSimulator, kind: str, status: int, media_type: str, starts: bytes
) -> None:
    nmbrs.mishaps.add(kind, operation=SALARIES)
    reply = salaries(nmbrs)
    assert reply.status == status
    assert reply.media_type.startswith(media_type)
    assert reply.content.startswith(starts)
    assert (nmbrs.log[-1].mishap, nmbrs.log[-1].status) == (kind, status)
    assert salaries(nmbrs).status == 200


def test_one_of_nmbrs_own_codes(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("nmbrs_fault", code=1006)
    reply = salaries(nmbrs)
    assert "---> 1006: Generic Login Security Failure" in reply.fault
    assert nmbrs.log[-1].outcome == "1006"


@pytest.mark.parametrize("kind", ["reset", "never"])
def test_a_connection_that_closes_without_an_answer(nmbrs: NmbrsSimulator, kind: str) -> None:
    nmbrs.mishaps.add(kind, seconds=0.2)
    with pytest.raises(httpx.RemoteProtocolError):
        salaries(nmbrs)
    assert (nmbrs.log[-1].mishap, nmbrs.log[-1].status) == (kind, 0)


def test_a_slow_answer_is_the_true_one(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("slow", seconds=0.3)
    assert salaries(nmbrs).status == 200
    assert nmbrs.log[-1].milliseconds >= 300


def test_an_answer_that_drips_keeps_coming_and_a_deadline_per_read_does_not_help(
    nmbrs: NmbrsSimulator,
) -> None:
    nmbrs.mishaps.add("drip", seconds=0.02)
    with streamed(nmbrs, timeout=1) as answer:
        pieces = [piece for piece, _ in zip(answer.iter_raw(1), range(20), strict=False)]
    assert pieces == [bytes([byte]) for byte in b'<?xml version="1.0" encoding'[:20]]


def test_half_an_answer_as_if_it_were_whole(nmbrs: NmbrsSimulator) -> None:
    whole = salaries(nmbrs).content
    nmbrs.mishaps.add("truncated")
    half = salaries(nmbrs)
    assert half.content == whole[: len(whole) // 2]
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(half.content)


def test_half_an_answer_and_then_nothing(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("cut_off")
    with pytest.raises(httpx.RemoteProtocolError, match="peer closed"):
        salaries(nmbrs)


def test_an_answer_far_too_large(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("huge")
    with streamed(nmbrs) as answer:
        assert int(answer.headers["content-length"]) > 64 * 1024 * 1024
        first = next(answer.iter_raw())
        assert first.startswith(b"<?xml")


def test_bytes_of_another_charset_than_they_say(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("wrong_charset")
    reply = salaries(nmbrs)
    assert reply.media_type == "text/xml; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        reply.content.decode("utf-8")
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(reply.content)


def test_a_list_without_anything_in_it(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("empty_list", operation=SALARIES)
    reply = salaries(nmbrs)
    assert len(reply.response) == 1
    assert len(reply.response[0]) == 0
    assert reply.status == 200


@pytest.mark.parametrize(
    ("operation", "parameters", "key"),
    [
        (SALARIES, "CompanyID", "EmployeeId"),
        ("Employment_GetAll_AllEmployeesByCompany", "CompanyID", "EmployeeId"),
        ("List_GetByCompany", "CompanyId", "Id"),
    ],
)
def test_one_employee_missing_from_one_answer(
    nmbrs: NmbrsSimulator, operation: str, parameters: str, key: str
) -> None:
    told = {parameters: nmbrs.companies[0].id} | ({"EmployeeType": 2} if key == "Id" else {})
    everybody = call(nmbrs, EMPLOYEES, operation, **told).values(key)
    nmbrs.mishaps.add("employee_missing", operation=operation, leaves_out=int(everybody[1]))
    others = call(nmbrs, EMPLOYEES, operation, **told).values(key)
    assert others == [everybody[0], *everybody[2:]]
    assert call(nmbrs, EMPLOYEES, operation, **told).values(key) == everybody


def test_an_element_that_is_new(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("unknown_element", element="Kleur", value="blauw")
    reply = salaries(nmbrs)
    items = reply.values("EmployeeId")
    assert reply.values("Kleur") == ["blauw"] * (len(items) + 1)
    assert "Kleur" in nmbrs.application.services[EMPLOYEES].complaint(reply.response)


def test_an_element_that_is_gone(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("element_removed", element="StartDate")
    reply = salaries(nmbrs)
    assert reply.values("StartDate") == []
    assert reply.values("Value") != []


def test_an_element_with_another_text_for_one_employee(nmbrs: NmbrsSimulator) -> None:
    employee = next(iter(nmbrs.books.employees_of(nmbrs.companies[0].id)))
    true = salaries(nmbrs).values("Value")
    nmbrs.mishaps.add("element_value", element="Value", value="-1", only_employee=employee.id)
    changed = salaries(nmbrs).values("Value")
    mine = len(employee.salaries)
    assert changed == ["-1"] * mine + true[mine:]


@pytest.mark.parametrize(("kind", "status"), [("report_error", "Error"), ("report_stuck", "Executing")])
def test_a_report_that_never_comes(nmbrs: NmbrsSimulator, kind: str, status: str) -> None:
    asked = sample(nmbrs)["ReportService.Reports_BackgroundTask_Result"]
    nmbrs.mishaps.add(kind, operation="Reports_BackgroundTask_Result")
    reply = call(nmbrs, "ReportService", "Reports_BackgroundTask_Result", **asked)
    assert (reply.values("Status"), reply.values("Content")) == ([status], [])
    true = call(nmbrs, "ReportService", "Reports_BackgroundTask_Result", **asked)
    assert true.values("Status") == ["Success"]


def test_a_refusal_goes_before_a_mishap_in_the_answer(nmbrs: NmbrsSimulator) -> None:
    nmbrs.mishaps.add("empty_list")
    assert "2004" in call(nmbrs, EMPLOYEES, SALARIES, CompanyID=1).fault


def test_the_desk_adds_lists_and_clears(nmbrs: NmbrsSimulator) -> None:
    address = f"{nmbrs.desk}faults"
    rule = {"kind": "error_500", "operation": "Run_GetList", "times": None}
    added = httpx.post(address, json=rule, trust_env=False)
    assert added.json()["times"] is None
    told = {"CompanyId": nmbrs.companies[0].id, "Year": 2026}
    assert [call(nmbrs, "CompanyService", "Run_GetList", **told).status for _ in range(3)] == [500, 500, 500]
    assert salaries(nmbrs).status == 200
    listed = httpx.get(address, trust_env=False).json()
    assert [one["hits"] for one in listed["rules"]] == [3]
    assert set(listed["kinds"]) == set(KINDS)
    httpx.delete(address, trust_env=False)
    assert call(nmbrs, "CompanyService", "Run_GetList", **told).status == 200


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "earthquake"},
        {"kind": "html", "operation": "Nothing_Get"},
        {"kind": "nmbrs_fault", "code": 1},
        {"kind": "element_removed"},
        {"kind": "html", "colour": "blue"},
        {},
        [],
    ],
    ids=str,
)
def test_a_rule_that_says_nothing_sensible_is_refused(nmbrs: NmbrsSimulator, rule: Any) -> None:
    refused = httpx.post(f"{nmbrs.desk}faults", json=rule, trust_env=False)
    assert refused.status_code == 400
    assert refused.json()["error"]
    assert nmbrs.mishaps.listed() == []


def test_a_rule_is_about_one_company_or_one_employee_and_used_up_in_order() -> None:
    rules = Mishaps(1)
    rules.add("html", employee_id=7)
    rules.add("reset", company_id=3, times=2)
    rules.add("slow", operation="Partner_Get", times=None)
    taken = [
        rules.take("Children_Get", 0, 8),
        rules.take("Children_Get", 0, 7),
        rules.take("Partner_Get", 0, 7),
        rules.take("Run_GetList", 3, 0),
        rules.take("Run_GetList", 3, 0),
        rules.take("Run_GetList", 3, 0),
    ]
    assert [None if rule is None else rule.kind for rule in taken] == [
        None, "html", "slow", "reset", "reset", None,
    ]  # fmt: skip


def test_chance_comes_from_the_seed() -> None:
    def drawn(seed: int) -> list[bool]:
        rules = Mishaps(seed)
        rules.add("reset", times=None, percent=30)
        return [rules.take("List_GetAll", 0, 0) is not None for _ in range(200)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 30 < sum(drawn(1)) < 90


def test_every_kind_can_be_made() -> None:
    needed = {"leaves_out": 1, "element": "Value"}
    assert [Mishap(kind, **needed).kind for kind in KINDS] == list(KINDS)  # type: ignore[arg-type]  # each takes what it needs
