"""Pictures of the portal for the documentation: `python scripts/screenshots.py ADDRESS E-MAIL PASSWORD`.

Start `make demo` first; it prints the address and the log-ins. Needs Chromium. Everybody in the demo is made up.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs/pictures"
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}


def visitor(browser: Browser, address: str, email: str, password: str, *, dark: bool, phone: bool) -> Page:
    """Somebody who is logged in."""
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]  # a width and a height, as it asks
        color_scheme="dark" if dark else "light",
        device_scale_factor=1,
        is_mobile=phone,
        has_touch=phone,
        locale="nl-NL",
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)  # a chart grows into its place
    page.screenshot(path=PICTURES / f"{name}.png")


def walk(page: Page) -> str:
    """From all employers down to the source of one amount; returns the address of the employee on the way."""
    page.goto("/")
    take(page, "overview")
    page.locator("#rows tbody th a").last.click()
    take(page, "employer")
    one = page.url
    page.goto(one + "schemes/")
    take(page, "schemes")
    page.get_by_role("link", name="Wat als: Ouderdomspensioen").click()
    page.fill("input[name='contribution_rate']", "27,5")
    page.get_by_role("button", name="Vergelijken").click()
    take(page, "what-if")
    page.goto(one + "employees/")
    page.locator("#rows tbody th a").first.click()
    take(page, "employee")
    someone = page.url
    page.locator("a.amount-link").nth(1).click()
    take(page, "why")
    page.goto("/links/")
    take(page, "links")
    page.goto("/messages/")
    take(page, "messages")
    return someone


def main(address: str, email: str, password: str) -> None:
    """Every screen in the light, and one employee in the dark and on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        someone = walk(visitor(browser, address, email, password, dark=False, phone=False))
        for name, dark, phone in (("employee-dark", True, False), ("employee-phone", False, True)):
            page = visitor(browser, address, email, password, dark=dark, phone=phone)
            page.goto(someone)
            take(page, name)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
