"""Every page in a browser: nothing that keeps people out, in both themes, and nothing wider than a phone."""

import re

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Open, violations
from tests.browser.seed import World

pytestmark = pytest.mark.browser

OPEN = ["/account/login/", "/account/password/reset/"]


def every_page(page: Page, world: World) -> list[str]:
    """The addresses of one of each kind of page, found by following links."""
    employer = f"/employers/{world.employers[0]}/"
    found = [
        "/",
        employer,
        f"{employer}employees/",
        f"{employer}schemes/",
        "/messages/",
        "/issues/",
        "/audit/",
    ]
    found += ["/links/", f"/links/{world.link}/", f"/links/{world.link}/reconnect/", "/links/connect/nmbrs/"]
    found += ["/organisation/", "/account/2fa/", "/account/password/change/"]
    for where, pattern in (
        (f"{employer}employees/?q=Dam", r'href="(/employees/\d+/)"'),
        (f"{employer}employees/?q=Hendriks", r'href="(/employees/\d+/)"'),
        ("/messages/?state=stuck", r'href="(/messages/[0-9a-f-]{36}/)"'),
    ):
        page.goto(where)
        first = re.findall(pattern, page.content())[0]
        found.append(first)
        if where.endswith("Dam"):
            page.goto(first)
            found += [f"{first}#{tab}" for tab in ("facts", "messages", "revisions")]
            found.append(re.findall(r'href="(/employees/\d+/why/[^"]+)"', page.content())[0])
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_keeps_anybody_out(open_page: Open, world: World, dark: bool) -> None:
    page = open_page(dark=dark)
    wrong = {}
    for where in every_page(page, world):
        page.goto("about:blank")
        page.goto(where)
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("data-bs-theme") == ("dark" if dark else "light")
        if "#" not in where:
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if found := violations(page):
            wrong[where] = found
    assert wrong == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("where", OPEN)
def test_no_page_before_the_log_in_keeps_anybody_out(open_page: Open, where: str, dark: bool) -> None:
    assert violations(open_page(where, None, dark=dark)) == []


def test_no_page_is_wider_than_a_phone(open_page: Open, world: World) -> None:
    page = open_page(width=390, has_touch=True, is_mobile=True)
    too_wide = {}
    for where in [*every_page(page, world), *OPEN]:
        page.goto("about:blank")
        page.goto(where)
        page.wait_for_load_state("networkidle")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            too_wide[where] = over
    assert too_wide == {}
