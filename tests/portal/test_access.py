"""Who gets in, who sees what, and what a refusal looks like."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver
from tests.browser.seed import PASSWORD, World
from tests.portal.conftest import Visit

from schakel.desk import issues
from schakel.portal import middleware
from schakel.portal.assets import StampedStaticFiles

LINK = "11111111-2222-3333-4444-555555555555"


def every_address(world: World) -> list[str]:
    """Each address of the portal, filled in with something that may or may not exist."""
    filled = {
        "employer_id": str(world.employers[0]),
        "employee": LINK,
        "benefit_id": "1",
        "year": "2026",
        "period": "1",
        "quantity": "contribution",
        "message_id": LINK,
        "reference": str(world.link),
    }
    patterns = [p for p in get_resolver("schakel.portal.urls").url_patterns if p.name != "set_language"]
    return [
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: filled[m[1]], str(pattern.pattern))
        for pattern in patterns
    ]


def test_nothing_is_shown_without_a_log_in(world: World) -> None:
    addresses = every_address(world)
    assert len(addresses) > 18
    for address in addresses:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/account/login/"), address


def test_a_user_without_an_organisation_is_told_whom_to_ask(world: World, visit: Visit) -> None:
    client = visit("stranger")
    for address in every_address(world):
        if address != "/organisation/":
            assert client.get(address).headers.get("Location") == "/organisation/", address
    assert "nog geen organisatie heeft u toegang gegeven" in client.get("/organisation/").text


def test_who_has_several_organisations_chooses_and_keeps_one(world: World, visit: Visit) -> None:
    client = visit("everywhere")
    assert client.get("/").headers["Location"] == "/organisation/"
    page = client.get("/organisation/").text
    assert "Adviesbureau Aalberse" in page
    assert "Benefits &amp; Partners" in page
    second = re.findall(r'value="(\d+)"[^>]*>', page)[-1]
    assert client.post("/organisation/", {"tenant": second}).status_code == 302
    assert "Voorbeeld Kozijnen" not in client.get("/").text
    assert client.get(f"/employers/{world.employers[0]}/").status_code == 404
    client.post("/organisation/", {"tenant": world.tenant_id})
    assert "Voorbeeld Kozijnen" in client.get("/").text


def test_nobody_chooses_an_organisation_that_is_not_theirs(world: World, visit: Visit) -> None:
    client = visit("stranger")
    client.post("/organisation/", {"tenant": world.tenant_id})
    assert client.session.get(middleware.TENANT_KEY) is None
    session = client.session
    session[middleware.TENANT_KEY] = world.tenant_id
    session.save()
    assert client.get("/").headers["Location"] == "/organisation/"


def test_an_employer_of_somebody_else_looks_like_one_that_does_not_exist(world: World, visit: Visit) -> None:
    client = visit("hr")
    foreign = client.get(f"/employers/{world.employers[1]}/")
    missing = client.get("/employers/999999/")
    assert foreign.status_code == missing.status_code == 404
    assert _without_tokens(foreign.text) == _without_tokens(missing.text)
    assert "Voorbeeld Staal" not in client.get("/").text


def _without_tokens(page: str) -> str:
    return re.sub(r'value="\w{64}"|/employers/\d+/|X-CSRFToken": "\w+"', "", page)


def test_an_operator_sees_links_and_counts_but_no_people(world: World, visit: Visit) -> None:
    client = visit("operator")
    assert client.get("/links/").status_code == 200
    assert client.get(f"/employers/{world.employers[0]}/employees/").status_code == 403
    assert "Uw rol laat dit niet toe" in client.get(f"/employers/{world.employers[0]}/employees/").text
    for address in ("/", f"/employers/{world.employers[0]}/", "/messages/", "/issues/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "J.P. Aalbers" not in page.text, address
        assert "Fischer" not in page.text, address


def test_hr_does_not_see_the_audit_trail_of_the_firm(world: World, visit: Visit) -> None:
    client = visit("hr")
    assert client.get("/audit/").status_code == 403
    assert "/audit/" not in client.get("/").text


def test_a_missing_page_and_a_lost_form_are_in_style(world: World, visit: Visit) -> None:
    assert "Deze pagina bestaat niet, of niet voor u" in visit().get("/nergens/").text
    strict = Client(enforce_csrf_checks=True)
    strict.login(email=world.emails["adviser"], password=PASSWORD)
    answer = strict.post(f"/links/{world.link}/sync/")
    assert answer.status_code == 403
    assert "Dit formulier was verlopen" in answer.text


def test_a_fault_of_ours_says_so_in_style(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(issues, "issues", broken)
    client = visit()
    client.raise_request_exception = False
    answer = client.get("/issues/")
    assert answer.status_code == 500
    assert "Er ging bij ons iets mis" in answer.text
    assert "a fault" not in answer.text


def test_the_policy_lets_no_inline_code_through(world: World, visit: Visit) -> None:
    policy = visit().get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_with_people_are_kept_in_no_cache(world: World, visit: Visit) -> None:
    client = visit()
    (found,) = set(
        re.findall(
            r'href="(/employees/[0-9a-f-]{36}/)"',
            client.get(f"/employers/{world.employers[0]}/employees/?q=Aalbers").text,
        )
    )
    assert "no-store" in client.get(found).headers["Cache-Control"]


def test_nobody_signs_up_alone(db: None) -> None:
    page = Client().get("/account/signup/")
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]
    refused = Client().post(
        "/account/signup/", {"email": "x@example.com", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert refused.status_code in {200, 302, 403}
    assert not Client().login(email="x@example.com", password=PASSWORD)


@pytest.mark.parametrize(
    "address",
    ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/logout/"],
)
def test_the_pages_around_the_log_in_are_ours(world: World, visit: Visit, address: str) -> None:
    client = visit() if "logout" in address else Client()
    page = client.get(address)
    assert page.status_code == 200
    assert 'class="entrance"' in page.text
    assert "portal/portal.css?v=" in page.text


@pytest.mark.parametrize(
    "address", ["/account/password/change/", "/account/2fa/", "/account/2fa/totp/activate/"]
)
def test_the_pages_of_an_account_are_ours(world: World, visit: Visit, address: str) -> None:
    page = visit().get(address, follow=True)
    assert page.status_code == 200
    assert 'class="entrance"' in page.text


def test_static_files_carry_a_stamp_of_their_content() -> None:
    with override_settings(STATIC_URL="/static/"):
        address = StampedStaticFiles().url("portal/portal.css")
    assert re.fullmatch(r"/static/portal/portal\.css\?v=[0-9a-f]{12}", address)


def test_a_view_asks_for_a_tenant_unless_it_says_otherwise() -> None:
    @middleware.outside_tenants
    def open_view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def usual_view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert middleware._needs_tenant(usual_view)
    assert not middleware._needs_tenant(open_view)


def test_templates_hold_no_name_of_a_person_in_an_address() -> None:
    """Addresses are made of numbers of rows and of random references."""
    urls = (Path(middleware.__file__).parent / "urls.py").read_text()
    assert set(re.findall(r"<(\w+):", urls)) == {"int", "uuid", "slug"}
    assert set(re.findall(r"<slug:(\w+)>", urls)) == {"quantity"}


def test_an_employee_of_another_tenant_looks_like_one_that_does_not_exist(world: World, visit: Visit) -> None:
    client = visit()
    page = client.get(f"/employers/{world.employers[0]}/employees/?q=Aalbers").text
    reference = re.findall(r'href="/employees/([0-9a-f-]{36})/"', page)[0]
    everywhere = visit("everywhere")
    places = re.findall(r'name="tenant" value="(\d+)"', everywhere.get("/organisation/").text)
    (elsewhere,) = [one for one in places if one != str(world.tenant_id)]
    everywhere.post("/organisation/", {"tenant": elsewhere})
    for where in (
        f"/employees/{reference}/",
        f"/employees/{LINK}/",
        f"/employees/{reference}/why/1/2026/1/premium/",
    ):
        assert everywhere.get(where).status_code == 404
