"""Suppose: one amount with one thing changed, typed as people type it."""

import re

import pytest
from django.test import Client
from django.utils import translation
from tests.browser.seed import World
from tests.portal.conftest import Visit
from tests.portal.test_pages import address

from schakel.participation.models import AmountLine
from schakel.portal.typed import typed
from schakel.tenancy.models import AuditLine
from schakel.tenancy.scope import tenant_scope

WHY = "/employees/{employee}/why/{benefit}/{year}/1/contribution/"


def supposed(client: Client, where: str, name: str, written: str) -> str:
    answer = client.post(where, {"name": name, "written": written})
    assert answer.status_code == 200
    return re.search(r'id="suppose">.*?</section>', answer.text, re.DOTALL)[0]  # type: ignore[index]  # else it fails here


def cents(text: str) -> list[int]:
    return [int(re.sub(r"[^\d-]", "", one)) for one in re.findall(r"€\xa0(-?[\d.]+,\d\d)", text)]


def test_a_term_supposed_otherwise_shows_what_differs(world: World, visit: Visit) -> None:
    client = visit()
    where = address(WHY, client, world)
    with tenant_scope(world.tenant_id):
        before = list(AmountLine.objects.order_by("id").values_list("id", "amounts"))
    found = supposed(client, where, "contribution_rate", "27,5 %")
    shown = found.partition('aria-live="polite"')[2]
    now, then, difference = cents(shown)[:3]
    assert then - now == difference > 0
    # The contribution is a share of the same base.
    assert then * 265 == pytest.approx(now * 275, abs=275)
    assert "Premiepercentage" in shown
    assert "26,5 % → 27,5 %" in shown
    with tenant_scope(world.tenant_id):
        assert list(AmountLine.objects.order_by("id").values_list("id", "amounts")) == before
        line = AuditLine.objects.filter(act="suppose").latest("id")
        assert line.detail["changed"] == "contribution_rate"
        assert "27" not in str(line.detail["changed"]), "what was typed is in no audit line"


def test_a_wage_is_typed_as_people_do_and_is_in_no_address(world: World, visit: Visit) -> None:
    client = visit()
    where = address(WHY, client, world)
    found = supposed(client, where, "salary_amount", "€ 4.200,50")
    assert "→ €\xa04.200,50" in found
    assert 'method="post"' in found


def test_what_cannot_be_says_what_may(world: World, visit: Visit) -> None:
    client = visit()
    where = address(WHY, client, world)
    for name, written in (
        ("salary_amount", "veel"),
        ("contribution_rate", "200"),
        ("salary_amount", "[1, 2]"),
    ):
        found = supposed(client, where, name, written)
        assert 'role="alert"' in found, (name, written)
        assert "aria-live" not in found


def test_what_the_amount_was_not_made_of_is_not_supposed(world: World, visit: Visit) -> None:
    client = visit()
    found = supposed(client, address(WHY, client, world), "car_list_price", "1")
    assert "aria-live" not in found


@pytest.mark.parametrize(
    ("language", "text", "unit", "is_fact", "written"),
    [
        ("nl", "4.200,50", "euros", True, "4200.50"),
        ("nl", "4.200", "euros", True, "4200"),
        ("nl", "€ 4200", "euros", True, "4200"),
        ("nl", "0.5", "euros", True, "0.5"),
        ("en", "4,200.50", "euros", True, "4200.50"),
        ("en", "4,200", "euros", True, "4200"),
        ("nl", "80 %", "share", True, "0.8"),
        ("nl", "26,5", "share", False, "26.5"),
        ("nl", "1-7-2026", "date", True, "2026-07-01"),
        ("nl", "Ja", "yes_no", True, "true"),
        ("nl", "veel", "share", True, "veel"),
    ],
)
def test_what_people_type_is_read(language: str, text: str, unit: str, is_fact: bool, written: str) -> None:
    with translation.override(language):
        assert typed(text, unit, is_fact=is_fact) == written
