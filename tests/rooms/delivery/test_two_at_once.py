"""Two processes at the same moment, on real connections: one order, one try, nothing waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.rooms.delivery.office import Office, make_office

from schakel.connectors.errors import RateLimited
from schakel.delivery import acknowledge, send
from schakel.delivery.models import CarrierMessage
from schakel.tenancy.queries import create_tenant
from schakel.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 6


@pytest.fixture
def shared() -> tuple[int, Office]:
    tenant_id = create_tenant("Adviesbureau", "adviser_firm")
    with tenant_scope(tenant_id):
        made = make_office()
    return tenant_id, made


def at_once(tenant_id: int, act: Callable[[int], object]) -> list[object]:
    """The same act in several processes, begun together; each has a connection of its own."""
    start = Barrier(PROCESSES)

    def one(number: int) -> object:
        try:
            start.wait(10)
            with tenant_scope(tenant_id):
                return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(one, range(PROCESSES)))


def test_different_states_at_once_get_one_order(shared: tuple[int, Office]) -> None:
    tenant_id, office = shared
    with tenant_scope(tenant_id):
        employee = office.employee()
    at_once(tenant_id, lambda number: office.tell(employee, number))
    with tenant_scope(tenant_id):
        rows = list(CarrierMessage.objects.order_by("sequence"))
        assert [one.sequence for one in rows] == list(range(1, PROCESSES + 1))
        assert [one.state for one in rows] == ["superseded"] * (PROCESSES - 1) + ["drafted"]


def test_the_same_state_at_once_is_one_message(shared: tuple[int, Office]) -> None:
    tenant_id, office = shared
    with tenant_scope(tenant_id):
        employee = office.employee()
    told = at_once(tenant_id, lambda _: office.tell(employee, 100))
    assert len([one for one in told if one is not None]) == 1


def test_one_of_all_begins_the_try(shared: tuple[int, Office]) -> None:
    tenant_id, office = shared
    with tenant_scope(tenant_id):
        message = office.tell(office.employee())
    begun = at_once(tenant_id, lambda _: send.begin(message, office.now))
    assert len([one for one in begun if one is not None]) == 1


def test_a_newer_state_while_a_try_begins_never_takes_its_place(shared: tuple[int, Office]) -> None:
    tenant_id, office = shared
    with tenant_scope(tenant_id):
        employee = office.employee()
        message = office.tell(employee, 100)
    done = at_once(
        tenant_id,
        lambda number: send.begin(message, office.now) if number % 2 else office.tell(employee, 100 + number),
    )
    begun = [one for one in done if isinstance(one, send.Outgoing)]
    with tenant_scope(tenant_id):
        state = CarrierMessage.objects.get(message_id=message).state
    assert state == ("sending" if begun else "superseded")


def test_every_question_is_asked_by_one(shared: tuple[int, Office]) -> None:
    tenant_id, office = shared
    office.carrier.is_slow = True
    with tenant_scope(tenant_id):
        for _ in range(8):
            office.try_once(office.tell(office.employee()))
    asked = at_once(tenant_id, lambda _: acknowledge.waiting(office.now))
    found = [one.message_id for some in asked for one in some]  # type: ignore[attr-defined]  # what `waiting` gave each thread
    assert len(found) == len(set(found)) <= 8


def test_a_line_that_rests_is_put_to_rest_by_all_without_waiting_for_each_other(
    shared: tuple[int, Office],
) -> None:
    tenant_id, office = shared
    with tenant_scope(tenant_id):
        tries = [send.begin(office.tell(office.employee()), office.now) for _ in range(PROCESSES)]
    said = at_once(tenant_id, lambda n: send.settle(tries[n].message_id, 1, RateLimited(), office.now))
    assert set(said) == {"drafted"}
