"""The payroll clerk's desk over HTTP: what it tells, what it takes and what it refuses."""

import json
from datetime import date
from typing import Any

import pytest
from tests.simulators.nmbrs.desk_client import MONTHLY, Client

from schakel_simulators.nmbrs.books.generator import generate
from schakel_simulators.nmbrs.desk.actions import ACTIONS


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
