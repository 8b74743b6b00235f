"""Every page asks for a log-in. The exceptions are written down here, and the list only shrinks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# To log in, to get in again after forgetting, to go out, and to see that the process answers.
OPEN = {
    "healthz",
    "language/",
    "account/login/",
    "account/login/code/confirm/",
    "account/logout/",
    "account/signup/",  # closed by portal/accounts.py: it says so
    "account/inactive/",
    "account/confirm-email/",
    r"account/^confirm-email/(?P<key>[-:\w]+)/$",
    "account/password/reset/",
    "account/password/reset/done/",
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "account/password/reset/key/done/",
    "account/2fa/authenticate/",
}


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def every_route() -> list[tuple[str, URLPattern]]:
    return list(routes(get_resolver().url_patterns))


def test_only_the_doors_themselves_are_open() -> None:
    assert len(every_route()) > 10
    # Django's LoginRequiredMiddleware lets a view through that says so of itself, and no other.
    is_open = {
        route for route, pattern in every_route() if not getattr(pattern.callback, "login_required", True)
    }
    assert is_open == OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/account/2fa/", "/account/email/"])
def test_a_stranger_is_led_to_the_log_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["location"].startswith("/account/login/?next=")


@pytest.mark.django_db
def test_nobody_signs_up_alone(client: Client) -> None:
    answer = client.post(
        "/account/signup/", {"email": "x@example.org", "password1": "a" * 20, "password2": "a" * 20}
    )
    assert not get_user_model().objects.exists()
    assert answer.status_code == 200
