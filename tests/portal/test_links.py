"""Connecting from the page, what people can do to a link, and a number that is shown for a reason only."""

import re
from typing import Literal

import pytest
from django.test import Client, RequestFactory
from tests.browser.seed import World
from tests.portal.conftest import Visit

from schakel.chain import connecting
from schakel.connectors.payroll_source import Entity, Right
from schakel.portal import links

TOKEN = "abcdefghijklmnopqrstuvwxyz012345"
GIVEN = {
    "group": "new",
    "group_name": "Nieuwe Groep",
    "username": "koppeling@example.com",
    "token": TOKEN,
    "domain": "nieuw",
    "entities": "Nieuw Bedrijf B.V.",
    "host": "",
}


class Source:
    """What the far side would say; no network."""

    def __init__(self, state: Literal["granted", "refused"]) -> None:
        self.state = state

    def entities(self) -> list[Entity]:
        return [Entity("9001", "Nieuw Bedrijf B.V.", "month"), Entity("9002", "Nieuw  Bedrijf B.V.", "month")]

    def rights(self, _entity: Entity, _needs: object) -> list[Right]:
        return [
            Right("EmployeeService.List_GetByCompany", "granted"),
            Right(
                "EmployeeService.Partner_Get", self.state, "Zet Partner › Lezen aan.", "Tick Partner › Read."
            ),
        ]


@pytest.fixture
def far_side(monkeypatch: pytest.MonkeyPatch) -> Source:
    source = Source("granted")
    monkeypatch.setattr(connecting, "open_source", lambda _connector, _settings: source)
    return source


def errors_beside(page: str, field: str) -> str:
    found = re.search(rf'id="id_{field}_error">([^<]*)<', page)
    return found[1] if found else ""


def test_the_four_questions_are_asked(world: World, visit: Visit) -> None:
    page = visit().get("/links/connect/nmbrs/").text
    for field in ("username", "token", "domain", "entities"):
        assert f'name="{field}"' in page
    assert 'type="password"' in page


@pytest.mark.parametrize("length", [31, 33])
def test_a_token_of_another_length_is_refused_at_once_beside_its_field(
    world: World, visit: Visit, length: int
) -> None:
    answer = visit().post("/links/connect/nmbrs/", GIVEN | {"token": "x" * length})
    assert answer.status_code == 422
    assert "32" in errors_beside(answer.text, "token")
    assert str(length) in errors_beside(answer.text, "token")
    assert "x" * 31 not in answer.text, "the token is never filled in again"
    assert 'value="koppeling@example.com"' in answer.text, "the rest is"


def test_a_user_name_that_is_no_address_is_named(world: World, visit: Visit) -> None:
    answer = visit().post("/links/connect/nmbrs/", GIVEN | {"username": "koppeling"})
    assert errors_beside(answer.text, "username")


def test_a_new_group_needs_a_name(world: World, visit: Visit) -> None:
    answer = visit().post("/links/connect/nmbrs/", GIVEN | {"group_name": " "})
    assert errors_beside(answer.text, "group_name") == "Geef de nieuwe groep een naam."


def test_a_near_miss_of_a_name_is_told(world: World, visit: Visit, far_side: Source) -> None:
    answer = visit().post("/links/connect/nmbrs/", GIVEN | {"entities": "Nieuw Bedrijf B.V"})
    told = errors_beside(answer.text, "entities")
    assert "Nieuw Bedrijf B.V." in told
    assert "9001" in answer.text, "what the log-in may see stands beside it"


def test_a_right_that_is_off_shows_where_to_tick_it_and_connects_nothing(
    world: World, visit: Visit, far_side: Source
) -> None:
    far_side.state = "refused"
    client = visit()
    answer = client.post("/links/connect/nmbrs/", GIVEN)
    assert "Zet Partner › Lezen aan." in answer.text
    assert "staat uit" in answer.text
    assert "Nieuw Bedrijf" not in client.get("/").text


def test_when_all_is_well_it_connects(world: World, visit: Visit, far_side: Source) -> None:
    client = visit()
    answer = client.post("/links/connect/nmbrs/", GIVEN, follow=True)
    assert "Verbonden." in answer.text
    assert "Nmbrs nieuw" in answer.text
    assert TOKEN not in answer.text
    assert "Nieuw Bedrijf B.V." in client.get("/").text


def test_who_may_not_manage_links_has_no_button_and_no_way_in(world: World, visit: Visit) -> None:
    client = visit("hr")
    assert "Nu synchroniseren" not in client.get(f"/links/{world.link}/").text
    assert client.post(f"/links/{world.link}/sync/").status_code in {403, 404}
    assert client.get("/links/connect/nmbrs/").status_code == 403


def test_a_sync_is_put_in_the_queue_once(world: World, visit: Visit) -> None:
    client = visit()
    first = client.post(f"/links/{world.link}/sync/", follow=True).text
    second = client.post(f"/links/{world.link}/sync/", follow=True).text
    assert "Bezig met synchroniseren" in first
    assert "in de wachtrij" in first
    assert "Er stond al een synchronisatie klaar" in second


@pytest.mark.parametrize("what", ["sync", "preflight"])
def test_what_changes_something_is_never_a_get(world: World, visit: Visit, what: str) -> None:
    assert visit().get(f"/links/{world.link}/{what}/").status_code == 405


def held(client: Client, world: World) -> str:
    page = client.get(f"/links/{world.link}/").text
    (reference,) = set(re.findall(r"/deliveries/([0-9a-f-]{36})/refuse/", page))
    return reference


def test_a_held_delivery_is_refused_by_a_person_and_leads_back_to_its_link(
    world: World, visit: Visit
) -> None:
    client = visit()
    assert "Vastgehouden: Voorbeeld Staal B.V." in client.get(f"/links/{world.link}/").text
    reference = held(client, world)
    answer = client.post(f"/deliveries/{reference}/refuse/", {"link": world.link}, follow=True)
    assert answer.redirect_chain[0][0] == f"/links/{world.link}/"
    assert "Geweigerd. Er is niets van overgenomen." in answer.text
    assert "Vastgehouden:" not in answer.text
    assert client.post(f"/deliveries/{reference}/refuse/", {"link": world.link}).status_code == 404


def test_a_form_cannot_send_people_elsewhere() -> None:
    request = RequestFactory().post("/", {"link": "//elsewhere.example"})
    assert links._back(request) == "/links/"


def someone(client: Client, world: World) -> str:
    page = client.get(f"/employers/{world.employers[0]}/employees/?q=Aalbers").text
    return re.findall(r'href="/employees/([0-9a-f-]{36})/"', page)[0]


def test_a_citizen_service_number_is_shown_for_a_reason_only(world: World, visit: Visit) -> None:
    client = visit()
    where = f"/employees/{someone(client, world)}/bsn/"
    assert client.get(where).status_code == 405
    short = client.post(where, {"reason": "zomaar"})
    assert "99999" not in short.text
    assert 'id="id_reason_error"' in short.text
    shown = client.post(where, {"reason": "controle van een afgewezen melding"})
    assert re.search(r"99999\d{4}", shown.text)
    assert "no-store" in shown.headers["Cache-Control"]
    trail = client.get("/audit/").text
    assert "controle van een afgewezen melding" in trail
    assert not re.search(r"99999\d{4}", trail)
