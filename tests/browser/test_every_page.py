"""Every page in a browser: nothing that keeps people out, in both themes, and nothing wider than a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.browser.conftest import Open, violations
from tests.browser.seed import PASSWORD, World

pytestmark = pytest.mark.browser

OPEN = ["/account/login/", "/account/password/reset/"]
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="package")
def every_page(world: World, django_db_blocker: Any) -> list[str]:
    """The addresses of one of each kind of page, found by following links, without a browser."""
    with django_db_blocker.unblock():
        visitor = Client()
        visitor.login(email=world.emails["adviser"], password=PASSWORD)
        return list(addresses(visitor, world))


def addresses(visitor: Client, world: World) -> Iterator[str]:
    employer = f"/employers/{world.employers[0]}/"
    yield from (
        "/",
        employer,
        f"{employer}employees/",
        f"{employer}schemes/",
        "/messages/",
        "/issues/",
        "/audit/",
    )
    yield from (
        "/links/",
        f"/links/{world.link}/",
        f"/links/{world.link}/reconnect/",
        "/links/connect/nmbrs/",
    )
    yield from ("/organisation/", "/account/2fa/", "/account/password/change/")

    def first(where: str, pattern: str) -> str:
        return re.findall(f'href="({pattern})"', visitor.get(where).text)[0]

    someone = first(f"{employer}employees/?q=Dam", r"/employees/[^/]+/")
    yield someone
    yield from (f"{someone}#{tab}" for tab in ("facts", "messages", "revisions"))
    what_if = first(f"{employer}schemes/", r"/employers/[^/]+/schemes/[^/]+/what-if/")
    yield from (what_if, f"{what_if}?contribution_rate=27.5", f"{what_if}?contribution_rate=much")
    yield first(someone, r"/employees/[^/]+/why/[^/]+/[^/]+/[^/]+/[^/]+/")
    yield first(f"{employer}employees/?q=Hendriks", r"/employees/[^/]+/")
    yield first("/messages/?state=stuck", r"/messages/[0-9a-f-]{36}/")


def test_supposing_something_keeps_nobody_out(open_page: Open, every_page: list[str]) -> None:
    page = open_page(next(where for where in every_page if "/why/" in where))
    page.select_option("#suppose-name", "salary_amount")
    page.fill("#suppose-written", "5.000,00")
    page.get_by_role("button", name="Berekenen").click()
    page.wait_for_selector("[aria-labelledby=suppose] .why")
    assert page.locator("[aria-labelledby=suppose] .why-line").count() > 1
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_page_keeps_anybody_out(open_page: Open, every_page: list[str]) -> None:
    page = open_page()
    wrong = {}
    for where in every_page:
        page.goto("about:blank")
        page.goto(where)
        page.wait_for_load_state("networkidle")
        if "#" not in where:
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = violations(page)
        # The other theme has other colours, and nothing else.
        page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
        if found := found + violations(page, COLOURS):
            wrong[where] = found
    assert wrong == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("where", OPEN)
def test_no_page_before_the_log_in_keeps_anybody_out(open_page: Open, where: str, dark: bool) -> None:
    assert violations(open_page(where, None, dark=dark)) == []


def test_no_page_is_wider_than_a_phone(open_page: Open, every_page: list[str]) -> None:
    page = open_page(width=390, has_touch=True, is_mobile=True)
    too_wide = {}
    for where in [*every_page, *OPEN]:
        page.goto("about:blank")
        page.goto(where)
        page.wait_for_load_state("networkidle")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            too_wide[where] = over
    assert too_wide == {}
