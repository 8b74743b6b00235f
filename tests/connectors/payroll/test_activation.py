"""Connecting Nmbrs: what was filled in wrong is named for what it is, and never repeated when it is secret."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.connectors.errors import AuthorisationExpired, TemporarilyUnavailable, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap import activation
from schakel.connectors.payroll.nmbrs_soap.activation import (
    check_token,
    check_username,
    clean_domain,
    match_entities,
)
from schakel.connectors.payroll_source import Entity, TypedWrong
from schakel_simulators.nmbrs import NmbrsSimulator

TOKEN = "0123456789abcdef0123456789ABCDEF"


def code(problem: TypedWrong | None) -> str | None:
    return None if problem is None else problem.code


@pytest.mark.parametrize(
    ("username", "found"),
    [
        ("api@jansen.example", None),
        ("", "username-missing"),
        ("jansen", "username-no-address"),
        ("api@jansen", "username-no-address"),
        ("api@jansen.", "username-no-address"),
        ("@jansen.example", "username-no-address"),
        ("a pi@jansen.example", "username-no-address"),
        ("api@jan@sen.example", "username-no-address"),
    ],
)
def test_a_user_name_is_an_address(username: str, found: str | None) -> None:
    assert code(check_username(username)) == found


@pytest.mark.parametrize(
    ("token", "found"),
    [
        (TOKEN, None),
        ("", "token-missing"),
        (" \n ", "token-missing"),
        (TOKEN[:31], "token-length"),
        (TOKEN + "0", "token-length"),
        (TOKEN + "\n", "token-line-end"),
        ("\r\n" + TOKEN + "\r\n", "token-line-end"),
        (" " + TOKEN, "token-spaces"),
        (TOKEN[:16] + " " + TOKEN[16:], "token-spaces"),
        ("\u200b" + TOKEN, "token-spaces"),
        (TOKEN + "\t\n", "token-spaces"),
        (f'"{TOKEN}"', "token-quotes"),
        (f"‘{TOKEN}’ ", "token-quotes"),
        (TOKEN[:31] + " ", "token-characters"),
        (TOKEN[:31] + "é", "token-characters"),
        (" " + TOKEN[:30], "token-length"),
    ],
)
def test_a_token_has_32_characters_and_what_came_along_is_told_apart(token: str, found: str | None) -> None:
    assert code(check_token(token)) == found


@given(token=st.text(min_size=4, max_size=80))
def test_no_sentence_repeats_the_token(token: str) -> None:
    problem = check_token(token)
    if problem is not None and len(token.strip()) > 8:
        assert token.strip() not in repr(problem)


def test_a_token_of_31_characters_is_counted() -> None:
    problem = check_token(TOKEN[:31])
    assert problem is not None
    assert "31" in problem.nl
    assert "31" in problem.en


@pytest.mark.parametrize(
    "typed",
    [
        "jansen",
        " Jansen ",
        "'jansen'",
        "jansen.nmbrs.nl",
        "https://jansen.nmbrs.nl/applications/CompanyDashboard.aspx?id=4",
        "http://jansen.nmbrs.nl:443",
        "www.jansen.nmbrs.nl",
        "jansen.nmbrs-sandbox.nl/",
        "//jansen.nmbrs.nl.",
    ],
)
def test_the_label_is_taken_from_whatever_was_pasted(typed: str) -> None:
    assert clean_domain(typed) == ("jansen", None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://api.nmbrs.nl/soap/v3/EmployeeService.asmx", "domain-of-nmbrs"),
        ("www.nmbrs.nl", "domain-of-nmbrs"),
        ("nmbrs.nl", "domain-elsewhere"),
        ("https://jansen.example/", "domain-elsewhere"),
        ("jansen.nmbrs.nl.example", "domain-elsewhere"),
        ("jansen groep", "domain-characters"),
        ("-jansen", "domain-characters"),
        ("jan_sen", "domain-characters"),
        ("", "domain-characters"),
        ("https://[jansen/", "domain-characters"),
    ],
)
def test_what_is_no_label_of_a_customer_is_said(typed: str, found: str) -> None:
    label, problem = clean_domain(typed)
    assert (label, code(problem)) == ("", found)


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_gives_a_label_or_a_problem(typed: str) -> None:
    label, problem = clean_domain(typed)
    assert (label == "") is (problem is not None)
    assert label == "" or activation._LABEL.fullmatch(label)


KOZIJNEN = Entity("41001", "Jansen Kozijnen B.V.", "month")
DAKEN = Entity("41002", "Jansen Daken, Dakgoten B.V.", "four_weeks")
LISTED = (KOZIJNEN, DAKEN, Entity("41003", "Dubbel B.V.", None), Entity("41004", "Dubbel B.V.", None))


def test_entities_are_found_by_literal_name_or_by_id_each_once() -> None:
    asked = ("Jansen Kozijnen B.V.", "41002", "41001", " 41003 ")
    matched, problems = match_entities(asked, LISTED)
    assert [one.key for one in matched] == ["41001", "41002", "41003"]
    assert problems == ()


@pytest.mark.parametrize(
    ("asked", "differs_nl", "differs_en"),
    [
        ("Jansen  Kozijnen B.V.", "één spatie", "one space"),
        ("Jansen Kozijnen B.V. ", "één spatie", "one space"),
        ("Jansen Kozijnen B. V.", "één spatie", "one space"),
        ("JansenKozijnenB.V.", "spaties", "spaces"),
        ("jansen Kozijnen B.V.", "één hoofdletter", "one capital"),
        ("JANSEN KOZIJNEN B.V.", "hoofdletters", "capitals"),
        ("Jansen Kozijnen BV.", "één punt", "one point"),
        ("Jansen Kozijnen BV", "punten", "points"),
        ("jansen kozijnen bv", "hoofdletters en punten", "capitals and points"),
        ("Jansen Daken Dakgoten B.V.", "één komma", "one comma"),
        ("Jansen Kozynen B.V.", "één of meer tekens", "one or more characters"),
    ],
)
def test_a_near_miss_is_named_with_what_it_differs_in(asked: str, differs_nl: str, differs_en: str) -> None:
    matched, (problem,) = match_entities([asked], LISTED)
    assert (matched, problem.code) == ((), "entity-near-miss")
    meant = DAKEN if "Daken" in asked else KOZIJNEN
    assert f"“{meant.name}” ({meant.key})? Het verschilt in {differs_nl};" in problem.nl
    assert f"“{meant.name}” ({meant.key})? It differs in {differs_en};" in problem.en


def test_two_of_the_same_name_ask_for_the_id() -> None:
    _, (problem,) = match_entities(["Dubbel B.V."], LISTED)
    assert problem.code == "entity-name-twice"
    assert "41003, 41004" in problem.nl


def test_an_unknown_name_shows_what_can_be_seen_and_the_others_go_on() -> None:
    many = [Entity(str(n), f"Bedrijf {n}", None) for n in range(20)]
    matched, (problem,) = match_entities(["Geheel Iets Anders", "Bedrijf 3"], many)
    assert [one.key for one in matched] == ["3"]
    assert problem.code == "entity-unknown"
    assert "Bedrijf 7 (7) en nog 12." in problem.nl
    assert match_entities(["Iets"], [])[1][0].code == "entity-unknown"


@given(name=st.text(max_size=30), names=st.lists(st.text(min_size=1, max_size=30), max_size=6))
def test_a_match_is_always_literal(name: str, names: list[str]) -> None:
    listed = [Entity(f"key-{n}", one, None) for n, one in enumerate(names)]
    matched, problems = match_entities([name], listed)
    assert len(matched) + len(problems) == 1
    assert all(name in (one.name, one.key) for one in matched)


class Client:
    """Instead of the line to Nmbrs: one answer, or one error."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer = answer
        self.settings: Any = None
        self.is_closed = False

    def __call__(self, settings: object) -> "Client":
        self.settings = settings
        return self

    def ask(self, _call: object) -> bytes:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        self.is_closed = True


def environment(inside: str) -> bytes:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<Environment_GetResponse xmlns="https://api.nmbrs.nl/soap/v3/DebtorService">'
        f"<Environment_GetResult>{inside}</Environment_GetResult>"
        "</Environment_GetResponse></s:Body></s:Envelope>"
    ).encode()


@pytest.mark.parametrize(
    "inside",
    [
        "<Domain>nmbrs.nl</Domain><SubDomain>jansen</SubDomain>",
        "<Domain>jansen.nmbrs.nl</Domain>",
        "<SubDomain/><Domain>jansen.nmbrs.nl</Domain>",
    ],
)
def test_the_domain_is_found_from_user_and_token(monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    client = Client(environment(inside))
    monkeypatch.setattr(activation, "NmbrsClient", client)
    assert activation.discover_domain("api@jansen.example", TOKEN, host="127.0.0.1:8099") == "jansen"
    assert client.settings.address == "http://127.0.0.1:8099/soap/v3/"
    assert client.is_closed


def test_no_domain_is_asked_for_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activation, "NmbrsClient", Client(environment("<Domain>nmbrs.nl</Domain>")))
    with pytest.raises(UnexpectedFormat, match="Fill it in"):
        activation.discover_domain("api@jansen.example", TOKEN)


@pytest.mark.parametrize("error", [AuthorisationExpired(), TemporarilyUnavailable()])
def test_an_error_comes_through_and_the_line_is_closed(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    client = Client(error)
    monkeypatch.setattr(activation, "NmbrsClient", client)
    with pytest.raises(type(error)):
        activation.discover_domain("api@jansen.example", TOKEN)
    assert client.is_closed


def test_the_simulated_nmbrs_names_its_domain_and_refuses_a_wrong_token() -> None:
    with NmbrsSimulator(employees=10) as nmbrs:
        host = f"127.0.0.1:{nmbrs.port}"
        assert activation.discover_domain(nmbrs.username, nmbrs.token, host=host) == nmbrs.domain
        with pytest.raises(AuthorisationExpired):
            activation.discover_domain(nmbrs.username, TOKEN, host=host)
