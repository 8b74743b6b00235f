"""A real Chromium against a real server: skipped aloud where there is no Chromium, never in CI."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.browser.seed import PASSWORD, World, seeded

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for this folder, gone with its event loop when the folder is done."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no Chromium on this machine: the pages were not clicked through (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        # Playwright keeps an event loop in this thread, which Django takes for a view that must not wait.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def world(chromium: Browser, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A firm with two employers, as the chain really made it."""
    with seeded(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="package")
def address(world: World) -> Iterator[str]:
    """Where the portal answers."""
    server = LiveServer("127.0.0.1:0")
    yield server.url
    server.stop()


@pytest.fixture
def open_page(chromium: Browser, world: World, address: str) -> Iterator[Open]:
    """A fresh visitor. Whatever the browser complains about fails the test: scripts, and the content policy."""
    complaints: list[str] = []
    contexts = []

    def opened(
        where: str = "/",
        who: str | None = "adviser",
        *,
        width: int = 1366,
        dark: bool = False,
        **options: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            locale="nl-NL",
            reduced_motion="reduce",  # colours are judged as they are, not halfway to another theme
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if who is not None:
            page.goto("/account/login/")
            page.get_by_label("E-mailadres").fill(world.emails[who])
            page.get_by_label("Wachtwoord", exact=False).first.fill(PASSWORD)
            page.get_by_role("button", name="Inloggen").click()
            page.wait_for_url("**/")
        page.goto(where)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe-core finds wrong, in a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:140]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
