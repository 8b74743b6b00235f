"""One scene per module, undone after every test; and after every test nothing personal stands in any text."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from tests.bad_input.personal import nothing_personal
from tests.bad_input.scene import Scene, both_carriers, carrier_books, payroll, put_back, set_the_scene


@pytest.fixture(scope="module")
def first_reading(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Scene, int]]:
    """The firm after its first reading, in one transaction that is never kept; and the port of its payroll."""
    with both_carriers() as carriers, django_db_blocker.unblock(), transaction.atomic():
        with payroll() as nmbrs:
            port = nmbrs.port
            scene = set_the_scene(nmbrs, carriers)
        yield scene, port
        transaction.set_rollback(True)


@pytest.fixture
def scene(first_reading: tuple[Scene, int], caplog: pytest.LogCaptureFixture) -> Iterator[Scene]:
    """The scene as it was after the first reading, with a payroll in the same state at the same address."""
    before, port = first_reading
    kept = carrier_books(before.carriers)
    with payroll(port) as nmbrs, transaction.atomic():
        now = replace(before, nmbrs=nmbrs)
        with caplog.at_level("DEBUG", logger="schakel"):
            yield now
        nothing_personal(now, caplog.text)
        transaction.set_rollback(True)
    put_back(before.carriers, kept)
