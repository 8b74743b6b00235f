"""Making calls: the envelope, the host, the budget, deadlines, and what is tried again."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.connectors.payroll.recorded import SETTINGS, recorded
from zeep import Client, Transport

from schakel.connectors.errors import RefusedByPeer, TemporarilyUnavailable, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap import wsdl as bundled
from schakel.connectors.payroll.nmbrs_soap.budget import CallBudget
from schakel.connectors.payroll.nmbrs_soap.client import MOST_TRIES, NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.entities import PERIOD
from schakel.connectors.payroll.nmbrs_soap.rights import OPERATIONS
from schakel.connectors.payroll.nmbrs_soap.settings import HOSTS, address_of, read_settings
from schakel.connectors.payroll.nmbrs_soap.wsdl import SERVICES, Envelopes, call, described, operation

EVERY_OPERATION = [one.name for service in SERVICES for one in described(service).operations.values()]
WSDL_FOLDER = Path(bundled.__file__).parent / "wsdl"
TOKEN = str(SETTINGS["token"])


class NoNetwork(Transport):
    """Lets zeep read the bundled files, which have everything in them, and nothing else."""

    def load(self, url: str) -> bytes:
        assert Path(url).parent == WSDL_FOLDER, url
        return Path(url).read_bytes()


def said(element: Any) -> tuple[Any, ...]:
    """What an element says, whatever its prefixes: full name, attributes, text and children."""
    return element.tag, dict(element.attrib), (element.text or "").strip(), [said(child) for child in element]


@pytest.mark.parametrize("name", EVERY_OPERATION)
def test_the_envelope_says_what_a_standard_soap_client_would_say(name: str) -> None:
    """Built from the same WSDL by zeep, element for element."""
    of = operation(name)
    values = tuple("0f8fad5b-d9cb-469f-a165-70867728950e" if p == "TaskId" else 7 for p in of.parameters)
    standard: Any = Client
    without_network: Any = NoNetwork
    client = standard(str(WSDL_FOLDER / f"{of.service}.wsdl"), transport=without_network())
    login = {"Username": "a&b@x.example", "Token": "<t>", "Domain": "é"}
    if of.header == "AuthHeader":
        del login["Domain"]
    header = client.get_element(f"{{{of.namespace}}}{of.header}")(**login)
    expected = client.create_message(
        client.bind(of.service, f"{of.service}Soap"),
        of.local_name,
        **dict(zip(of.parameters, values, strict=True)),
        _soapheaders=[header],
    )
    built = Envelopes("a&b@x.example", "<t>", "é").build(call(name, *values))
    assert said(etree.fromstring(built)) == said(expected)


def test_all_nineteen_operations_are_in_the_bundled_wsdl() -> None:
    assert len(set(OPERATIONS)) == 19
    assert set(OPERATIONS) <= set(EVERY_OPERATION)


def test_parameters_are_spelled_as_the_vendor_does() -> None:
    assert operation("EmployeeService.List_GetByCompany").parameters == ("CompanyId", "EmployeeType")
    assert operation("EmployeeService.Salary_GetAll_AllEmployeesByCompany").parameters == ("CompanyID",)
    assert operation("ReportService.Reports_GetWageCodesByRunCompany_v2_Background").parameters == (
        "companyId",
        "runId",
        "year",
    )
    assert call(PERIOD, 41001).key == "CompanyService.Company_GetCurrentPeriod?CompanyId=41001"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("", "https://api.nmbrs.nl/soap/v3/"),
        *((host, f"https://{host}/soap/v3/") for host in sorted(HOSTS)),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/soap/v3/"),
        ("localhost:1", "http://localhost:1/soap/v3/"),
        ("[::1]:65535", "http://[::1]:65535/soap/v3/"),
    ],
)
def test_the_host_is_one_of_a_list(host: str, address: str) -> None:
    assert address_of(host) == address


@pytest.mark.parametrize(
    "host",
    [
        "example.com", "api.nmbrs.nl.example.com", "api.nmbrs.nl:8443", "api.nmbrs.nl/", "api.nmbrs.nl@example.com",
        "API.NMBRS.NL ", "http://127.0.0.1:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.2:80",
        "169.254.169.254:80", "localhost:80/x", "localhost:80#", "127.0.0.1:80@example.com", "[::1]:8\n", 5, None,
    ],
)  # fmt: skip
def test_any_other_host_is_refused_and_not_repeated(host: object) -> None:
    with pytest.raises(ValueError, match="host of the Nmbrs link") as caught:
        address_of(host)
    assert "example.com" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("token", ""), ("token", None), ("token", "a\nb"), ("username", "  "), ("domain", 5),
        ("calls_per_second", -1), ("calls_per_second", 151), ("calls_per_second", True), ("calls_per_second", "20"),
        ("concurrency", 0), ("concurrency", 17), ("call_seconds", 0), ("employee_types", "2"), ("employee_types", [-1]),
        ("wage_codes", {"nieuw": 1}), ("wage_codes", {"salary": "x"}), ("wage_codes", []),
        ("full_time_hours_per_week", 0),
    ],
)  # fmt: skip
def test_a_setting_that_is_not_usable_is_named(name: str, wrong: object) -> None:
    with pytest.raises(ValueError, match=name):
        read_settings({**SETTINGS, name: wrong})


def test_no_secret_shows() -> None:
    made = read_settings(SETTINGS)
    assert TOKEN not in repr(made) + repr(NmbrsClient(made)) + repr(Envelopes("a", TOKEN, "b"))


Answer = tuple[int, bytes]
GOOD: Answer = (200, recorded(PERIOD).encode())


class Server:
    """Answers in order, then with the last one for ever; keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.busy = self.busiest = 0
        self.lock = threading.Lock()
        self.seconds = 0.0
        self.port = 0

    @contextmanager
    def running(self) -> Iterator["Server"]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = outer.take(self.path, dict(self.headers.items()), body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                outer.leave()

            def log_message(self, *_: object) -> None:
                """Silent."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.port = server.server_port
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        with self.lock:
            self.asked.append((path, headers, body))
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        threading.Event().wait(self.seconds)
        return answer

    def leave(self) -> None:
        with self.lock:
            self.busy -= 1


@contextmanager
def asking(server: Server, **settings: Any) -> Iterator[tuple[NmbrsClient, list[float]]]:
    """A client of this server; and the pauses it made, none of which took time."""
    pauses: list[float] = []
    with server.running():
        given = {**SETTINGS, "host": f"127.0.0.1:{server.port}", "first_retry_seconds": 1.0, **settings}
        client = NmbrsClient(read_settings(given), sleep=pauses.append, jitter=lambda: 1.0)
        try:
            yield client, pauses
        finally:
            client.close()


def test_a_request_on_the_wire() -> None:
    server = Server(GOOD)
    with asking(server) as (client, _):
        assert client.ask(call(PERIOD, 41001)) == GOOD[1]
    path, headers, body = server.asked[0]
    assert path == "/soap/v3/CompanyService.asmx"
    assert headers["SOAPAction"] == '"https://api.nmbrs.nl/soap/v3/CompanyService/Company_GetCurrentPeriod"'
    assert headers["Content-Type"] == "text/xml; charset=utf-8"
    assert TOKEN.encode() in body
    assert not any(TOKEN in text for text in headers.values())


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with asking(Server(GOOD)) as (client, _):
        assert client.ask(call(PERIOD, 41001))


@pytest.mark.parametrize("status", [502, 503, 504])
def test_tries_are_bounded_and_further_and_further_apart(status: int) -> None:
    server = Server((status, b"<html>"))
    with asking(server) as (client, pauses):
        with pytest.raises(TemporarilyUnavailable) as caught:
            client.ask(call(PERIOD, 41001))
        assert client.traffic.retries == MOST_TRIES - 1
    assert len(server.asked) == MOST_TRIES
    assert pauses == [1.0, 2.0, 4.0, 8.0]
    assert str(status) in caught.value.message("nl")
    assert len({body for _, _, body in server.asked}) == 1


def test_after_a_passing_failure_the_answer_comes() -> None:
    with asking(Server((503, b""), GOOD)) as (client, pauses):
        assert client.ask(call(PERIOD, 41001)) == GOOD[1]
    assert len(pauses) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405])
def test_another_status_is_not_tried_again(status: int) -> None:
    server = Server((status, b"nee"))
    with asking(server) as (client, _), pytest.raises(RefusedByPeer):
        client.ask(call(PERIOD, 41001))
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [201, 204, 302, 307])
def test_only_a_plain_good_status_is_an_answer(status: int) -> None:
    with asking(Server((status, b""))) as (client, _), pytest.raises(UnexpectedFormat):
        client.ask(call(PERIOD, 41001))


def test_nobody_there_is_temporary() -> None:
    server = Server(GOOD)
    with asking(server):
        pass
    client = NmbrsClient(
        read_settings({**SETTINGS, "host": f"127.0.0.1:{server.port}"}), sleep=lambda _: None
    )
    with pytest.raises(TemporarilyUnavailable):
        client.ask(call(PERIOD, 41001))
    assert client.traffic.calls == MOST_TRIES


def test_no_try_begins_after_the_total_deadline() -> None:
    server = Server((503, b""))
    with (
        asking(server, first_retry_seconds=60, total_seconds=30) as (client, pauses),
        pytest.raises(TemporarilyUnavailable),
    ):
        client.ask(call(PERIOD, 41001))
    assert (len(server.asked), pauses) == (1, [])


def test_no_more_calls_at_once_than_agreed() -> None:
    server = Server(GOOD)
    server.seconds = 0.02
    with asking(server, concurrency=3) as (client, _), ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.ask(call(PERIOD, 41001)), range(24)))
    assert server.busiest <= 3


class Time:
    """A clock that only sleeping moves; several threads may sleep at once."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_the_budget_is_kept_to_and_used_whole() -> None:
    time = Time()
    budget = CallBudget(20, 4, time.clock, time.sleep)
    moments = []
    for _ in range(200):
        budget.take()
        moments.append(time.now)
    for place, moment in enumerate(moments):
        in_a_second = sum(1 for other in moments[place:] if other < moment + 1)
        assert in_a_second <= 20 + 5
    assert moments[-1] - moments[0] == pytest.approx((200 - 5) / 20, abs=0.11)


def test_what_was_not_used_is_not_saved_up() -> None:
    time = Time()
    budget = CallBudget(10, 2, time.clock, time.sleep)
    budget.take()
    time.now += 60
    for _ in range(13):
        budget.take()
    assert sum(time.slept) == pytest.approx(1.0, abs=0.11)


def test_two_readings_of_one_link_share_their_budget_and_two_links_do_not() -> None:
    def budget(**other: Any) -> tuple[NmbrsClient, object]:
        made = NmbrsClient(read_settings({**SETTINGS, "calls_per_second": 20, **other}))
        return made, made._budget

    one, two, other = budget(), budget(), budget(domain="anders")
    assert one[1] is two[1]
    assert one[1] is not other[1]
    assert NmbrsClient(read_settings(SETTINGS))._budget is None


def test_the_time_the_budget_took_is_told() -> None:
    server = Server(GOOD)
    with asking(server, calls_per_second=2, concurrency=1) as (client, pauses):
        for _ in range(4):
            client.ask(call(PERIOD, 41001))
        assert client.traffic.waited_seconds == pytest.approx(sum(pauses))
        assert client.traffic.waited_seconds > 0
        assert client.traffic.by_operation == {PERIOD: 4}
