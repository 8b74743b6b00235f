"""What if: other terms beside those agreed, for everybody, and nothing is written."""

import re

import pytest
from django.test import Client
from tests.browser.seed import World
from tests.portal.conftest import Visit

from schakel.participation.models import AmountLine
from schakel.tenancy.scope import tenant_scope


def page_of(client: Client, world: World, benefit: str = "Ouderdomspensioen") -> str:
    schemes = client.get(f"/employers/{world.employers[0]}/schemes/").text
    links = re.findall(r'href="([^"]+/what-if/)" aria-label="[^"]*: ([^"]+)"', schemes)
    return {name: address for address, name in links}[benefit]


def cents(page: str) -> list[tuple[int, ...]]:
    """The rows of the table: as agreed, what if, and the difference, in cents."""
    rows = re.findall(r'<tr><th scope="row" class="fw-normal">[^<]+<div.*?</tr>', page, re.DOTALL)
    return [
        tuple(
            int(re.sub(r"[^\d-]", "", text)) for text in re.findall(r'<td class="text-end[^>]*>([^<]+)<', row)
        )
        for row in rows
    ]


def test_every_term_stands_beside_what_is_agreed(world: World, visit: Visit) -> None:
    client = visit()
    page = client.get(page_of(client, world)).text
    assert 'name="contribution_rate" value=""' in page
    assert "Afgesproken: 26,5 %" in page
    assert "Nog niets gevraagd" in page


def test_everybody_is_calculated_twice_and_nothing_is_written(world: World, visit: Visit) -> None:
    client = visit()
    with tenant_scope(world.tenant_id):
        before = list(AmountLine.objects.order_by("id").values_list("id", "amounts"))
    page = client.get(page_of(client, world) + "?contribution_rate=27,5").text
    assert "26,5 % → 27,5 %" in page
    rows = cents(page)
    assert rows
    assert all(then - now == difference for now, then, difference in rows)
    assert any(difference > 0 for _, _, difference in rows), "a higher rate costs more"
    assert 'data-chart="spread-' in page
    with tenant_scope(world.tenant_id):
        assert list(AmountLine.objects.order_by("id").values_list("id", "amounts")) == before


def test_the_same_terms_change_nothing(world: World, visit: Visit) -> None:
    client = visit()
    rows = cents(client.get(page_of(client, world) + "?contribution_rate=26.5").text)
    assert {difference for _, _, difference in rows} == {0}


@pytest.mark.parametrize("typed", ["much", "-1", "1e9", "101", "0.00000001", "٣"])
def test_what_cannot_be_says_what_may(world: World, visit: Visit, typed: str) -> None:
    client = visit()
    answer = client.get(page_of(client, world), {"contribution_rate": typed})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert "data-chart" not in answer.text


def test_who_sees_no_amounts_asks_nothing(world: World, visit: Visit) -> None:
    address = page_of(visit(), world)
    operator = visit("operator")
    assert operator.get(address).status_code == 403
    assert "what-if" not in operator.get(f"/employers/{world.employers[0]}/schemes/").text


def test_a_benefit_of_another_employer_is_not_there(world: World, visit: Visit) -> None:
    client = visit()
    address = page_of(client, world).replace(
        f"/employers/{world.employers[0]}/", f"/employers/{world.employers[1]}/"
    )
    assert client.get(address).status_code == 404
