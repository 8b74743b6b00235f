"""Reading XML from outside: nothing is expanded, nothing is fetched, nothing is guessed, nothing is quoted."""

import socket
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.payroll.recorded import recorded

from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RefusedByPeer,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.connectors.payroll.nmbrs_soap import answers, histories
from schakel.connectors.payroll.nmbrs_soap.answers import Reading
from schakel.connectors.payroll.nmbrs_soap.faults import (
    CallRefused,
    CompanyNotVisible,
    EmployeeNotVisible,
    Hiccup,
    LogInUncertain,
    fault_error,
)
from schakel.connectors.payroll.nmbrs_soap.histories import SALARIES, read_salaries
from schakel.connectors.payroll.nmbrs_soap.rights import PERSONAL

ENVELOPE = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{}</e:Body></e:Envelope>'
RESPONSE = '<PersonalInfo_GetCurrentResponse xmlns="https://api.nmbrs.nl/soap/v3/EmployeeService">{}</PersonalInfo_GetCurrentResponse>'


def envelope(result: str, prolog: str = "") -> bytes:
    return (prolog + ENVELOPE.format(RESPONSE.format(result))).encode()


def read_small(body: bytes) -> None:
    answers.result_of(PERSONAL, body)


def read_stream(body: bytes) -> None:
    read_salaries(Reading(SALARIES), body)


def read_fault(body: bytes) -> None:
    answers.fault_in(PERSONAL, body)


READERS = (read_small, read_stream, read_fault)
SECRET = "vertrouwelijk"
HOSTILE = {
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    "utf-16 declared": '<?xml version="1.0" encoding="utf-16"?>',
    "windows-1252 declared": "<?xml version='1.0' encoding='windows-1252'?>",
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("how", sorted(HOSTILE))
def test_what_no_answer_needs_is_refused_before_parsing(read: Callable[[bytes], None], how: str) -> None:
    with pytest.raises(UnexpectedFormat):
        read(
            envelope(f"<PersonalInfo_GetCurrentResult>{SECRET}</PersonalInfo_GetCurrentResult>", HOSTILE[how])
        )


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{}",
        b"<!doctype html><title>Onderhoud</title>",
        b"\n <HTML><body>Onderhoud",
        b"<x/>",
        b"<x",
        envelope("")[:-20],
        envelope("<a>\xff</a>").replace("\xff".encode(), b"\xff"),
        envelope("<a/>").decode().encode("utf-16"),
    ],
)
def test_what_is_no_answer_is_unexpected(read: Callable[[bytes], None], body: bytes) -> None:
    with pytest.raises(UnexpectedFormat):
        read(body)


def test_no_file_and_no_address_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *where, **_: opened.append(where))
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    )
    result = answers.result_of(PERSONAL, envelope(f"<r>{include}</r>"))
    assert result is not None
    assert SECRET not in "".join(str(text) for text in result.itertext())
    with pytest.raises(UnexpectedFormat) as caught:
        read_small(envelope("<r>&a;</r>", f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'))
    assert SECRET not in str(caught.value)
    assert not opened


@given(body=st.binary(max_size=400))
def test_any_bytes_give_a_named_error(body: bytes) -> None:
    for read in READERS:
        with pytest.raises(UnexpectedFormat):
            read(body)


@given(cut=st.integers(0, 2_000))
def test_any_cut_of_a_true_answer_is_found_out(cut: int) -> None:
    body = recorded(SALARIES).encode()
    whole = len(body.rstrip())
    if cut < whole:
        with pytest.raises(UnexpectedFormat):
            read_stream(body[:cut])


FAULT = (
    "<e:Fault><faultcode>e:{}</faultcode><faultstring>Server was unable to process request. ---&gt; {}"
    "</faultstring><detail/></e:Fault>"
)
FAULT_12 = (
    "<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code>"
    "<e:Reason><e:Text>x ---&gt; {}</e:Text></e:Reason></e:Fault>"
)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("1001: Invalid Authentication", AuthorisationExpired),
        ("1004: Disabled, no valid subscription", AuthorisationExpired),
        ("1003: Unauthorized access", CompanyNotVisible),
        ("2004: Unauthorized access", CompanyNotVisible),
        ("2003: Unauthorized access", EmployeeNotVisible),
        ("1006: Generic Login Security Failure", LogInUncertain),
        ("9999: Unkown", Hiccup),
        ("2006: Invalid Period", CallRefused),
        ("something else", Hiccup),
    ],
)
@pytest.mark.parametrize("shape", [FAULT.replace("{}", "Server", 1), FAULT_12])
@pytest.mark.parametrize("trace", ["", "\n   at Nmbrs.Api.Check(String token) in C:\\x.cs:line 1001"])
def test_a_fault_is_known_by_its_code(text: str, error: type[ConnectorError], shape: str, trace: str) -> None:
    found = answers.fault_in(PERSONAL, ENVELOPE.format(shape.format(text + trace)).encode())
    assert type(found) is error
    assert found.operation == PERSONAL
    for language in ("nl", "en"):
        assert "x.cs" not in found.message(language)


def test_a_fault_in_a_good_status_is_a_fault() -> None:
    with pytest.raises(AuthorisationExpired):
        read_small(ENVELOPE.format(FAULT.format("Server", "1001: Invalid Authentication")).encode())


def test_a_request_that_nmbrs_cannot_read_is_ours_to_repair() -> None:
    assert type(fault_error(PERSONAL, "Unable to handle request", is_client=True)) is CallRefused
    assert issubclass(CallRefused, RefusedByPeer)
    assert issubclass(Hiccup, TemporarilyUnavailable)


def fields(inner: str) -> answers.Fields:
    result = answers.result_of(
        PERSONAL, envelope(f'<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</r>')
    )
    assert result is not None
    return Reading(PERSONAL).fields(result, "PersonalInfo")


@pytest.mark.parametrize(
    "empty", ["", "<Birthday/>", '<Birthday xsi:nil="true"/>', "<Birthday>0001-01-01T00:00:00</Birthday>"]
)
def test_no_value_is_written_in_four_ways(empty: str) -> None:
    assert fields(empty).day("Birthday") is None


@pytest.mark.parametrize(
    "text",
    [
        "1988-04-17T00:00:00",
        "1988-04-17",
        "1988-04-17T00:00:00.127",
        "1988-04-17T00:00:00+02:00",
        "1988-04-17T23:59:59Z",
    ],
)
def test_a_date_is_the_day_as_written(text: str) -> None:
    assert fields(f"<Birthday>{text}</Birthday>").day("Birthday") == date(1988, 4, 17)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("3780.50", 378_050),
        ("3780,5", 378_050),
        ("-183.42", -18_342),
        ("0", 0),
        ("18.755", 1_876),
        ("18.745", 1_875),
        ("+1.", 100),
    ],
)
def test_a_number_is_exact_and_a_comma_is_a_point(text: str, hundredths: int) -> None:
    assert fields(f"<Number>{text}</Number>").scaled("Number") == hundredths


@pytest.mark.parametrize("text", ["1e5", "NaN", "1.000,50", "1,000.50", "٣", "0x10", "9" * 400])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UnexpectedFormat):
        fields(f"<Number>{text}</Number>").scaled("Number")


def test_another_casing_of_a_name_we_know_is_that_name() -> None:
    assert fields("<lastname>Proef</lastname>").text("LastName") == "Proef"


def test_a_name_from_outside_is_shown_only_when_it_is_one() -> None:
    result = answers.result_of(PERSONAL, envelope(f"<r><Nieuw/><{'x' * 80}/></r>"))
    assert result is not None
    reading = Reading(PERSONAL)
    reading.fields(result, "PersonalInfo")
    assert reading.unknown == {f"{PERSONAL}: PersonalInfo/Nieuw", f"{PERSONAL}: PersonalInfo/?"}


def test_a_company_wide_answer_is_read_as_a_stream() -> None:
    """Reading adds the rows and next to nothing more: no tree of everybody at any moment."""
    text = recorded(SALARIES)
    start, end = (
        text.index("<EmployeeSalaryItem>"),
        text.index("</EmployeeSalaryItem>") + len("</EmployeeSalaryItem>"),
    )
    items = "".join(text[start:end].replace("700101", str(700101 + n)) for n in range(1_500))
    body = (text[:start] + items + text[end:]).encode()
    assert len(body) > 1_400_000
    tracemalloc.start()
    found = read_salaries(Reading(SALARIES), body)
    rows, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1_500
    assert {len(salaries) for salaries in found.values()} == {3}
    assert peak < rows + 300_000
    assert rows < 2 * len(body)


def test_someone_named_twice_in_one_answer_has_all_rows() -> None:
    text = recorded(SALARIES)
    start, end = (
        text.index("<EmployeeSalaryItem>"),
        text.index("</EmployeeSalaryItem>") + len("</EmployeeSalaryItem>"),
    )
    body = (text[:end] + text[start:end] + text[end:]).encode()
    assert [len(rows) for rows in histories.read_salaries(Reading(SALARIES), body).values()] == [6]
