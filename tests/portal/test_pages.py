"""Every page, with the firm as the chain made it: what stands on it, and in how few queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.browser.seed import World
from tests.portal.conftest import Visit


def reference_of(client: Client, world: World, last_name: str) -> str:
    page = client.get(f"/employers/{world.employers[0]}/employees/?show=all&q={last_name}").text
    (found,) = set(re.findall(r'href="/employees/([0-9a-f-]{36})/"', page))
    return found


PAGES = {
    "/": 26,
    "/employers/{employer}/": 66,
    "/employers/{employer}/employees/": 45,
    "/employers/{employer}/schemes/": 40,
    "/employers/{employer}/schemes/{benefit}/what-if/": 30,
    "/employers/{employer}/schemes/{benefit}/what-if/?contribution_rate=27.5": 50,
    "/employees/{employee}/": 50,
    "/employees/{employee}/why/{benefit}/{year}/1/contribution/": 36,
    "/messages/": 35,
    "/issues/": 20,
    "/audit/": 15,
    "/links/": 20,
    "/links/{link}/": 35,
    "/links/{link}/reconnect/": 35,
    "/links/connect/nmbrs/": 20,
    "/organisation/": 12,
}
"""Each page with the most queries it may take; the session, both walls and their savepoints are counted too."""


def address(pattern: str, client: Client, world: World) -> str:
    someone = reference_of(client, world, "Aalbers")
    page = client.get(f"/employees/{someone}/").text
    found = re.search(r"/why/(\d+)/(\d+)/1/contribution/", page)
    assert found is not None
    return pattern.format(
        employer=world.employers[0],
        employee=someone,
        benefit=found[1],
        year=found[2],
        link=world.link,
    )


@pytest.mark.parametrize("pattern", PAGES)
def test_a_page_answers_in_few_queries(world: World, visit: Visit, pattern: str) -> None:
    client = visit(language="en")
    where = address(pattern, client, world)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(where)
    assert page.status_code == 200
    assert '<html lang="en"' in page.text
    assert len(queries) <= PAGES[pattern]


def test_the_overview_takes_as_many_queries_for_one_employer_as_for_two(world: World, visit: Visit) -> None:
    counts = []
    for who in ("adviser", "hr"):
        client = visit(who)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_overview_shows_figures_and_the_age_of_each_link(world: World, visit: Visit) -> None:
    page = visit().get("/").text
    assert "Voorbeeld Kozijnen B.V." in page
    assert "Voorbeeld Staal B.V." in page
    assert re.search(r"12\xa0minuten geleden|1\d\xa0minuten geleden", page)
    assert "1 afgewezen" in page


def test_employers_are_found_and_sorted_without_the_frame(world: World, visit: Visit) -> None:
    client = visit()
    rows = client.get("/?q=staal", headers={"hx-request": "true"}).text
    assert "<html" not in rows
    assert "Voorbeeld Staal" in rows
    assert "Kozijnen" not in rows
    names = re.findall(r"Voorbeeld (\w+) B", client.get("/?sort=name&down=1").text)
    assert names.index("Staal") < names.index("Kozijnen")


def test_a_sort_that_does_not_exist_is_the_usual_one(world: World, visit: Visit) -> None:
    assert visit().get("/?sort=;drop").status_code == 200


def test_an_employer_shows_totals_as_a_chart_and_as_a_table(world: World, visit: Visit) -> None:
    page = visit().get(f"/employers/{world.employers[0]}/").text
    assert '<script id="totals-data" type="application/json">' in page
    assert "Ouderdomspensioen" in page
    assert "Premies samen" in page


def test_employees_are_searched_filtered_and_told_apart(world: World, visit: Visit) -> None:
    client = visit()
    base = f"/employers/{world.employers[0]}/employees/"
    assert "Aalbers" in client.get(base).text
    found = client.get(base + "?q=dam", headers={"hx-request": "true"}).text
    assert "van Dam" in found
    assert "Aalbers" not in found
    assert 'data-announce="1 werknemer"' in found
    left = client.get(base + "?show=left", headers={"hx-request": "true"}).text
    assert "de Graaf" in left
    assert "Aalbers" not in left
    nobody = client.get(base + "?q=zzz", headers={"hx-request": "true"}).text
    assert "Niemand gevonden" in nobody


def test_an_employee_shows_amounts_that_link_to_why(world: World, visit: Visit) -> None:
    client = visit()
    someone = reference_of(client, world, "Aalbers")
    page = client.get(f"/employees/{someone}/").text
    assert "J.P. Aalbers" in page
    links = re.findall(rf'href="(/employees/{someone}/why/[^"]+)">([^<]+)</a>', page)
    assert len(links) > 50
    assert "999990" not in page, "a citizen service number is masked"


def test_why_ends_at_the_field_the_parameter_and_its_source(world: World, visit: Visit) -> None:
    client = visit()
    page = client.get(
        address("/employees/{employee}/why/{benefit}/{year}/1/contribution/", client, world)
    ).text
    assert "tot op de cent gelijk aan het bewaarde bedrag" in page
    assert "EmployeeService.Salary_GetAll_AllEmployeesByCompany" in page
    assert "Salaries/Salary/Value" in page
    assert "Minimale AOW-franchise" in page
    assert "Wet op de loonbelasting 1964" in page
    assert "afgerond op hele centen, vanaf een half naar boven" in page


def test_every_amount_on_the_page_is_the_amount_that_is_explained(world: World, visit: Visit) -> None:
    client = visit()
    someone = reference_of(client, world, "Bakker")
    page = client.get(f"/employees/{someone}/").text
    links = re.findall(rf'href="(/employees/{someone}/why/[^"]+)">([^<]+)</a>', page)
    for where, amount in links[::11]:
        assert f'figures">{amount}</div>' in client.get(where).text


def test_as_we_knew_it_before_the_raise(world: World, visit: Visit) -> None:
    client = visit()
    someone = reference_of(client, world, "Aalbers")
    before = (world.moment.date() - date.resolution * 10).isoformat()
    now, then = (client.get(f"/employees/{someone}/{query}").text for query in ("", f"?known={before}"))
    assert "4.480,00" in now
    assert "4.480,00" not in then
    assert "zoals ze op" in then


@pytest.mark.parametrize(
    "query", ["?known=gisteren", "?known=2026-13-45", "?year=abc", "?year=-1", "?page=0"]
)
def test_nonsense_in_an_address_is_read_as_nothing(world: World, visit: Visit, query: str) -> None:
    client = visit()
    assert client.get(f"/employees/{reference_of(client, world, 'Aalbers')}/{query}").status_code == 200


def test_what_could_not_be_calculated_is_told_once_with_who_must_act(world: World, visit: Visit) -> None:
    client = visit()
    page = client.get(f"/employees/{reference_of(client, world, 'Hendriks')}/").text
    assert page.count("Niet te berekenen") == 1
    assert "“salaris”" in page
    assert "voor: salarisadministratie" in page


def test_a_rejected_message_shows_its_ladder_the_reason_and_the_next_step(world: World, visit: Visit) -> None:
    client = visit()
    rows = client.get("/messages/?state=stuck", headers={"hx-request": "true"}).text
    (where,) = set(re.findall(r'href="(/messages/[0-9a-f-]{36}/)"', rows))
    page = client.get(where).text
    assert "Het verzekerde bedrag is hoger dan de polis toelaat." in page
    assert "Adviseur:" in page
    assert "Ontvangen" in page


def test_a_link_shows_its_rights(world: World, visit: Visit) -> None:
    page = visit().get(f"/links/{world.link}/").text
    assert "staat uit" in page
    assert "Zet dit recht aan in Nmbrs" in page
    assert "niet nodig" in page
    assert "xxxxxxxx" not in page, "the token is never shown"
