"""The payroll clerk's desk over HTTP: what it tells, what it takes, what it refuses, and the page for people."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.desk import desk_app
from schakel_simulators.nmbrs.desk.actions import ACTIONS
from schakel_simulators.nmbrs.desk.kinds import KINDS

MONTHLY = 41001
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """A call as the page shows it."""

    number: int = 1
    at: str = "2026-11-16T09:00:00.000+00:00"
    service: str = "EmployeeService"
    operation: str = "Partner_Get"
    company_id: int = 0
    employee_id: int = 700102
    outcome: str = "1002"
    milliseconds: int = 3


class Client:
    """The desk called as a server would call it."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.calls: list[Call] = []
        self._desk = desk_app(books, lambda: self.calls)
        self.headers: dict[str, str] = {}

    def ask(self, method: str, address: str, body: bytes = b"", media_type: str = JSON) -> tuple[int, str]:
        path, _, query = address.partition("?")
        told: list[str] = []

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            told.append(status)
            self.headers = dict(headers)

        answer = self._desk(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": media_type,
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
            },
            start_response,
        )
        text = b"".join(answer)
        assert len(text) == int(self.headers["Content-Length"])
        return int(told[0].split()[0]), text.decode()

    def get(self, address: str) -> Any:
        status, text = self.ask("GET", address)
        assert status == 200, text
        return json.loads(text)

    def post(self, action: str, **told: Any) -> Any:
        status, text = self.ask("POST", f"/desk/{action}", json.dumps(told).encode())
        assert status == 200, text
        return json.loads(text)

    def refused(self, action: str, body: bytes) -> Any:
        status, text = self.ask("POST", f"/desk/{action}", body)
        assert status == 400, text
        return json.loads(text)

    def form(self, action: str, told: Mapping[str, str]) -> tuple[int, str]:
        return self.ask("POST", f"/desk/{action}", urlencode(told).encode(), FORM)

    def one(self, kind: str) -> int:
        found = self.get(f"/desk/employees?company={MONTHLY}&kind={kind}&not=young&limit=1")
        return int(found["employees"][0]["id"])


@pytest.fixture
def desk() -> Client:
    return Client(generate(start_on=date(2026, 11, 16), employees=120, seed=1))


def test_the_state_tells_companies_periods_and_runs_and_no_token(desk: Client) -> None:
    state = desk.get("/desk/state")

    assert [(one["id"], one["kind"], one["current_period"]) for one in state["companies"]] == [
        (41001, "month", "2026-11-M"),
        (41002, "four_weeks", "2026-12-4W"),
    ]
    assert sum(sum(one["employees"].values()) for one in state["companies"]) == 120
    assert state["users"][0]["has_token"] is True
    assert desk.books.environment.users[0].token not in json.dumps(state)


def test_employees_are_found_by_kind_company_and_name(desk: Client) -> None:
    found = desk.get(f"/desk/employees?company={MONTHLY}&kind=full_time,single&not=above_cap&limit=3")

    assert len(found["employees"]) == 3
    assert found["has_more"] is True
    ids = [one["id"] for one in found["employees"]]
    assert ids == sorted(ids)
    first = found["employees"][0]
    assert first["company"] == MONTHLY
    assert first["partner"] is False
    assert first["hours"]["part_time_percentage"] == "100.00"
    assert first["salary"]["type"] == "full_time"
    assert first["employments"][0]["end"] is None
    again = desk.get(f"/desk/employees?search={first['id']}")
    assert [one["id"] for one in again["employees"]] == [first["id"]]
    named = desk.get(f"/desk/employees?search={first['name'].lower().replace(' ', '+')}")
    assert first["id"] in [one["id"] for one in named["employees"]]


def test_the_whole_employee_is_told_with_every_history(desk: Client) -> None:
    employee = desk.one("rehired")

    told = desk.get(f"/desk/employees/{employee}")

    assert told["now"]["id"] == employee
    assert len(told["books"]["employments"]) == 2
    assert told["books"]["person"]["bsn"] == desk.books.employee(employee).person.bsn
    assert told["books"]["salaries"][0]["start_on"] == str(desk.books.employee(employee).salaries[0].start_on)


def test_the_scenario_of_the_demo_goes_over_http(desk: Client) -> None:
    employee = desk.one("full_time")
    old = desk.get(f"/desk/employees/{employee}")["now"]["salary"]["value"]

    raised = desk.post("raise", employee=employee, **{"from": "2026-09-01"}, percent="4.5")
    assert raised["told"]["old"] == old
    assert len(raised["twk_runs"]) == 1
    hours = desk.post("hours", employee=employee, **{"from": "2026-11-01"}, hours=32)
    assert (hours["told"]["old"], hours["told"]["new"]) == ("40.00", "32.00")
    hired = desk.post(
        "hire",
        company=MONTHLY,
        first_name="Sjoukje",
        last_name="Boersma",
        birth_on="1991-03-02",
        salary="3900.00",
        partner={"first_name": "Oege", "last_name": "Wiersma", "birth_on": "1990-01-05", "gender": "male"},
        partner_since="2019-05-04",
        children=[
            {"first_name": "Fenna", "last_name": "Wiersma", "birth_on": "2020-02-02"},
            {"first_name": "Hylke", "last_name": "Wiersma", "birth_on": "2023-08-09"},
        ],
        **{"from": "2026-11-01"},
    )
    now = desk.get(f"/desk/employees/{hired['employee']}")["now"]
    assert (now["name"], now["partner"], now["children"]) == ("Sjoukje Boersma", True, 2)
    assert now["hours"]["per_week"] == "40.00"
    assert desk.post("leave", employee=desk.one("part_time"), end="2026-11-30")["told"] == {
        "until": "2026-11-30"
    }
    partner = {"first_name": "Bo", "last_name": "Zandstra", "birth_on": "1990-02-03"}
    desk.post("marry", employee=desk.one("single"), on="2026-11-12", partner=partner)
    corrected = desk.post("correct_salary", employee=employee, start="2026-09-01", to="3333.33")
    assert corrected["told"]["new"] == "3333.33"
    assert corrected["twk_runs"] == raised["twk_runs"]


def test_every_action_and_its_fields_are_told(desk: Client) -> None:
    actions = desk.get("/desk/actions")["actions"]

    assert [one["address"] for one in actions] == [f"/desk/{name}" for name in ACTIONS]
    hire = next(one for one in actions if one["address"] == "/desk/hire")
    children = next(field for field in hire["fields"] if field["name"] == "children")
    assert [one["name"] for one in children["fields"]] == ["first_name", "last_name", "birth_on", "gender"]


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("next_period", {"company": MONTHLY}),
        ("rename_company", {"company": MONTHLY, "name": "Vlierhof Montage B.V."}),
        ("show_company", {"company": MONTHLY, "visible": False}),
        ("set_right", {"operation": "Children_Get", "allowed": False}),
        ("revoke_token", {}),
        ("issue_token", {}),
        ("set_component", {"employee": 700102, "code": 2151, "value": "75.00"}),
        ("set_component", {"employee": 700102, "code": 2410, "value": 9, "kind": "variable"}),
        ("child", {"employee": 700102, "first_name": "A", "last_name": "B", "birth_on": "2026-11-01"}),
        (
            "move",
            {
                "employee": 700102,
                "from": "2026-11-01",
                "street": "Reigerspad",
                "house_number": "7",
                "postal_code": "3811AB",
                "city": "Amersfoort",
            },
        ),
        ("break_salary", {"employee": 700102, "value": "-1.00"}),
        ("break_birth_date", {"employee": 700102, "birth_on": "2031-01-01"}),
        ("break_bsn", {"employee": 700102, "bsn": "123456789"}),
        ("change_iban", {"employee": 700102, "iban": "NL00FIKT0000000000"}),
        ("overlap_employments", {"employee": 700102}),
        ("vanish", {"employee": 700102, "operations": ["List_GetByCompany"]}),
    ],
)
def test_every_other_action_changes_the_books(desk: Client, action: str, told: dict[str, Any]) -> None:
    before = desk.books.version

    assert desk.post(action, **told)["action"] == action

    assert desk.books.version == before + 1


def test_a_leaver_is_rehired_over_http(desk: Client) -> None:
    found = desk.get("/desk/employees?kind=leaver&limit=1")["employees"][0]["id"]

    desk.post("rehire", employee=found, **{"from": "2026-11-16"})

    assert len(desk.get(f"/desk/employees/{found}")["now"]["employments"]) == 2


@pytest.mark.parametrize(
    ("action", "body", "field", "allowed"),
    [
        ("raise", b"{", "", "GET /desk/actions"),
        ("raise", b"[1]", "", "GET /desk/actions"),
        ("raise", b'{"from": "2026-09-01", "to": 1}', "employee", "GET /desk/state, GET /desk/employees"),
        ("raise", b'{"employee": 700102, "from": "1 September", "to": 1}', "from", "YYYY-MM-DD"),
        ("raise", b'{"employee": 700102, "from": "2026-02-30", "to": 1}', "from", "YYYY-MM-DD"),
        ("raise", b'{"employee": 700102, "from": "2026-09-01", "to": 0.001}', "to", "0.00"),
        ("raise", b'{"employee": 700102, "from": "2026-09-01", "to": true}', "to", "0.00"),
        ("raise", b'{"employee": 700102, "from": "2026-09-01", "to": NaN}', "to", "0.00"),
        ("raise", b'{"employee": 700102, "from": "2026-09-01", "to": 1e400}', "to", "0.00"),
        ("raise", b'{"employee": 1, "from": "2026-09-01", "to": 1}', "employee", "GET /desk/employees"),
        ("raise", b'{"employee": 700102, "from": "2026-09-01", "salary": 1}', "salary", "to"),
        ("next_period", b'{"company": 1}', "company", "41001"),
        ("next_period", b'{"company": 1.5}', "company", "GET /desk/state, GET /desk/employees"),
        ("show_company", b'{"company": 41001, "visible": "maybe"}', "visible", "true | false"),
        ("marry", b'{"employee": 700102, "on": "2026-11-01", "partner": "x"}', "partner", ""),
        ("set_right", b'{"operation": "X_Get", "allowed": true}', "operation", "CompanyService.List_GetAll"),
        ("rename_company", b'{"company": 41001, "name": 7}', "name", "text[0..200]"),
        ("vanish", b'{"employee": 700102, "operations": 7}', "operations", ""),
    ],
)
def test_a_refusal_names_the_field_and_what_is_allowed(
    desk: Client, action: str, body: bytes, field: str, allowed: str
) -> None:
    before = desk.books.version

    refusal = desk.refused(action, body)

    assert refusal["error"]
    assert refusal["fout"]
    assert refusal["field"] == field
    assert not allowed or allowed in refusal["allowed"]
    assert desk.books.version == before


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=astronaut", "kind"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("company=9", "company"),
        ("age=3", "age"),
    ],
)
def test_a_wrong_question_is_refused(desk: Client, query: str, field: str) -> None:
    status, text = desk.ask("GET", f"/desk/employees?{query}")

    assert status == 400
    assert json.loads(text)["field"] == field
    assert json.loads(text)["allowed"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/desk/nothing", 404),
        ("GET", "/elsewhere", 404),
        ("GET", "/desk/employees/1", 404),
        ("GET", "/desk/raise", 405),
        ("POST", "/desk/nothing", 404),
        ("POST", "/", 405),
        ("DELETE", "/desk/state", 405),
    ],
)
def test_addresses_and_methods_that_do_not_exist(
    desk: Client, method: str, address: str, status: int
) -> None:
    answered, text = desk.ask(method, address)

    assert answered == status
    assert json.loads(text)["allowed"]


def test_a_body_larger_than_a_megabyte_is_not_read(desk: Client) -> None:
    assert desk.ask("POST", "/desk/raise", b" " * (1024 * 1024 + 1))[0] == 413


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
