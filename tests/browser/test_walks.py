"""What people do, by mouse, keyboard and ear."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.browser.seed import World, utc_now

pytestmark = pytest.mark.browser


def test_from_the_overview_to_the_field_an_amount_came_from(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="Voorbeeld Kozijnen B.V.").click()
    page.get_by_role("link", name="Werknemers", exact=False).first.click()
    page.get_by_label("Werknemers zoeken").fill("aalb")
    expect(page.locator("#live")).to_have_text("1 werknemer")
    page.get_by_role("link", name="J.P. Aalbers").click()
    amount = page.locator("a.amount-link").first
    shown = amount.inner_text()
    amount.click()
    expect(page.locator(".display-6")).to_have_text(shown)
    page.get_by_role("button", name="Alles openen").click()
    expect(page.get_by_text("Salaries/Salary/Value", exact=False).first).to_be_visible()
    expect(page.get_by_text("Wet op de loonbelasting 1964", exact=False).first).to_be_visible()


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page("/account/login/", None)
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    page.keyboard.type("adviseur@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("vier losse woorden samen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Werkgevers")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_tabs_go_by_arrows_and_keep_their_address(open_page: Open, world: World) -> None:
    page = open_page(f"/employers/{world.employers[0]}/employees/")
    page.get_by_role("link", name="M.A. van Dam").click()
    page.get_by_role("tab", name="Bedragen").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Gegevens in de tijd")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("#facts$"))
    page.reload()
    expect(page.get_by_role("heading", name="Elk gegeven en waar het vandaan komt")).to_be_visible()


def test_a_chart_is_drawn_and_follows_the_theme(open_page: Open, world: World) -> None:
    page = open_page(f"/employers/{world.employers[0]}/")
    expect(page.locator(".chart svg")).to_be_visible()
    assert page.locator(".chart svg path").count() > 20
    light = page.locator(".chart").inner_html()
    page.get_by_role("button", name="Donker thema").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.wait_for_function("before => document.querySelector('.chart').innerHTML !== before", arg=light)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("button", name="Donker thema")).to_have_attribute("aria-pressed", "true")


def test_sorting_and_searching_keep_the_address(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("columnheader", name="Werknemers").get_by_role("link").click()
    expect(page).to_have_url(re.compile("sort=in_service"))
    expect(page.get_by_role("columnheader", name="Werknemers")).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("Werkgevers zoeken").fill("staal")
    expect(page.get_by_role("link", name="Voorbeeld Kozijnen B.V.")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("1 werkgever")


def test_a_number_is_shown_after_a_reason_without_leaving_the_page(open_page: Open, world: World) -> None:
    page = open_page(f"/employers/{world.employers[0]}/employees/")
    page.get_by_role("link", name="S. Bakker").click()
    before = page.url
    page.locator("#bsn summary").click()
    page.get_by_label("Waarom hebt u dit nummer nodig?").fill("kort")
    page.get_by_role("button", name="Toon het nummer").click()
    expect(page.locator("#id_reason_error")).to_be_visible()
    page.get_by_label("Waarom hebt u dit nummer nodig?").fill("controle van een afwijzing")
    page.get_by_role("button", name="Toon het nummer").click()
    expect(page.locator("#bsn")).to_contain_text(re.compile(r"99999\d{4}"))
    expect(page.locator("#live")).to_have_text("Het nummer wordt getoond")
    assert page.url == before


def test_a_held_delivery_asks_before_it_is_refused(open_page: Open, world: World) -> None:
    page = open_page(f"/links/{world.link}/")
    page.get_by_role("button", name="Weigeren …").click()
    dialog = page.get_by_role("dialog", name="Deze levering weigeren?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Weigeren …").click()
    dialog.get_by_role("button", name="Weigeren", exact=True).click()
    expect(page.get_by_text("Geweigerd. Er is niets van overgenomen.")).to_be_visible()
    expect(page.get_by_text("Vastgehouden:", exact=False)).to_have_count(0)


def test_english_and_back(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Employers")
    page.get_by_role("link", name="Links").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Links")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Koppelingen")


def test_the_menu_of_a_phone_opens_and_closes(open_page: Open) -> None:
    page = open_page(width=390, has_touch=True, is_mobile=True)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="Berichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Berichten aan uitvoerders")
    expect(menu).to_be_hidden()


def test_logging_out_ends_it(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="adviseur@example.com").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_a_sync_that_was_asked_for_is_followed_until_it_is_done(open_page: Open, world: World) -> None:
    page = open_page(f"/links/{world.link}/")
    page.get_by_role("button", name="Nu synchroniseren").click()
    bar = page.get_by_role("progressbar", name="Bezig met synchroniseren")
    expect(bar).to_be_visible()
    expect(page.locator("#progress")).to_contain_text("in de wachtrij")
    world.go_to(utc_now())
    world.sync()
    expect(page.get_by_role("heading", name="De synchronisatie is klaar")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Toon de uitkomst").click()
    expect(page.locator("#progress")).to_have_count(0)
