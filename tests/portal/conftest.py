"""One firm for the tests of this folder, and a browser-less visitor for each person who may look."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.browser.seed import PASSWORD, World, seeded


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A firm with two employers, as the chain really made it. The tests of this folder share it."""
    with seeded(django_db_blocker) as made:
        yield made


Visit = Callable[..., Client]


@pytest.fixture
def visit(world: World) -> Visit:
    """Log one of the people in: adviser, hr, operator, stranger or everywhere."""

    def log_in(who: str = "adviser", language: str = "nl") -> Client:
        client = Client()
        assert client.login(email=world.emails[who], password=PASSWORD)
        client.cookies["django_language"] = language
        return client

    return log_in
