"""The page of the desk: self-contained, without scripts, and its forms do what JSON does."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from tests.simulators.nmbrs.desk_client import MONTHLY, Call, Client

from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.desk.actions import ACTIONS
from schakel_simulators.nmbrs.desk.kinds import KINDS


@pytest.fixture
def desk() -> Client:
    return Client(generate(start_on=date(2026, 11, 16), employees=120, seed=1))


@pytest.mark.parametrize("address", ["/", "/desk/", "/desk"])
def test_the_page_is_one_file_without_scripts_or_anything_from_outside(desk: Client, address: str) -> None:
    status, text = desk.ask("GET", address)

    assert status == 200
    assert desk.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in desk.headers["Content-Security-Policy"]
    assert "<script" not in text
    assert "http" not in text.replace('http-equiv="', "")
    assert {f'action="/desk/{name}"' for name in ACTIONS} <= set(re.findall(r'action="/desk/\w+"', text))


def test_the_page_shows_calls_companies_and_the_chosen_employee(desk: Client) -> None:
    desk.calls.append(Call())
    employee = desk.one("with_children")
    name = desk.get(f"/desk/employees/{employee}")["now"]["name"]

    text = desk.ask("GET", f"/?employee={employee}&company={MONTHLY}&kind=in_service")[1]

    assert "EmployeeService.Partner_Get" in text
    assert "2026-11-M" in text
    assert f"<h2>{name}</h2>" in unescape(text)
    assert f'name="employee" value="{employee}"' in text
    assert desk.books.employee(employee).person.bsn not in text


def test_the_page_finds_by_name_and_says_when_nobody_is_found(desk: Client) -> None:
    assert "Niemand gevonden" in desk.ask("GET", "/?search=zzzz")[1]
    assert desk.ask("GET", "/?kind=astronaut")[0] == 400


def test_a_form_does_what_json_does_and_says_so(desk: Client) -> None:
    status, text = desk.form(
        "hire",
        {
            "company": str(MONTHLY),
            "from": "2026-11-01",
            "first_name": "Sjoukje",
            "prefix": "",
            "last_name": "Boersma",
            "birth_on": "1991-03-02",
            "salary": "3900,50",
            "hours": "36",
            "partner.first_name": "Oege",
            "partner.last_name": "Wiersma",
            "partner.birth_on": "1990-01-05",
            "children.0.first_name": "Fenna",
            "children.0.last_name": "Wiersma",
            "children.0.birth_on": "2020-02-02",
            "children.1.first_name": "",
        },
    )

    assert status == 200
    assert "Ingevoerd:" in text
    hired = max(desk.books.employees.values(), key=lambda one: one.id)
    assert hired.salaries[0].value == 390_050
    assert hired.partner is not None
    assert len(hired.children) == 1
    assert "<h2>Sjoukje Boersma</h2>" in text


def test_a_refused_form_keeps_what_was_typed(desk: Client) -> None:
    employee = desk.one("full_time")

    status, text = desk.form("raise", {"employee": str(employee), "from": "1999-01-01", "to": "4000"})

    assert status == 400
    assert "Niet ingevoerd" in text
    assert 'value="1999-01-01"' in text
    assert "<details open><summary><b>Ander salaris</b>" in text


def test_what_people_type_is_shown_as_text(desk: Client) -> None:
    name = '<img src=x onerror="alert(1)">'
    desk.post("rename_company", company=MONTHLY, name=name)

    for address in ("/", f"/?search={urlencode({'': name})[1:]}"):
        text = desk.ask("GET", address)[1]
        assert "<img" not in text
        assert "&lt;img" in text


def test_a_new_token_is_shown_once(desk: Client) -> None:
    text = desk.form("issue_token", {})[1]
    token = desk.books.environment.users[0].token

    assert token in text
    assert token not in desk.ask("GET", "/")[1]


def test_the_page_has_a_word_for_every_kind(desk: Client) -> None:
    text = desk.ask("GET", "/")[1]

    assert all(f'<option value="{kind}">' in text for kind in KINDS)
