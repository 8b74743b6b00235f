"""Keeping differences: opened once, closed when gone, and opened anew when they come back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.connectors.carriers.states import state
from tests.rooms.delivery.office import START, Office, make_office

from schakel.reconciliation.compare import compare
from schakel.reconciliation.differences import keep
from schakel.reconciliation.models import Difference
from schakel.tenancy.queries import create_tenant
from schakel.tenancy.scope import tenant_scope

TOLD = state("ref", cents=52410)
OTHER_AMOUNT = compare(TOLD, replace(TOLD, amounts=(replace(TOLD.amounts[0], amount=1), TOLD.amounts[1])))
YET_ANOTHER = compare(TOLD, replace(TOLD, amounts=(replace(TOLD.amounts[0], amount=2), TOLD.amounts[1])))
NO_PARTICIPATION = compare(TOLD, None)
MESSAGE = uuid4()


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    with tenant_scope(create_tenant("Adviesbureau", "adviser_firm")):
        yield make_office()


def opened() -> list[tuple[str, object]]:
    return list(Difference.objects.filter(resolved_at=None).order_by("id").values_list("what", "theirs"))


def test_what_is_found_again_stays_open_since_it_was_first_found(office: Office) -> None:
    employee = office.employee()
    for day in range(3):
        keep(office.policy, employee, MESSAGE, OTHER_AMOUNT, START + timedelta(days=day))
    (kept,) = Difference.objects.all()
    assert (kept.found_at, kept.resolved_at, kept.worth) == (START, None, 52409)
    assert (kept.owner, kept.message_id) == ("carrier", MESSAGE)


def test_what_is_gone_is_closed_and_may_come_back(office: Office) -> None:
    employee = office.employee()
    keep(office.policy, employee, MESSAGE, OTHER_AMOUNT, START)
    keep(office.policy, employee, MESSAGE, (), START + timedelta(days=1))
    keep(office.policy, employee, MESSAGE, (), START + timedelta(days=2))
    assert Difference.objects.get().resolved_at == START + timedelta(days=1)
    keep(office.policy, employee, MESSAGE, OTHER_AMOUNT, START + timedelta(days=3))
    assert Difference.objects.count() == 2
    assert opened() == [("contribution", 1)]


def test_what_differs_in_another_way_is_another_difference(office: Office) -> None:
    employee = office.employee()
    keep(office.policy, employee, MESSAGE, OTHER_AMOUNT, START)
    keep(office.policy, employee, MESSAGE, YET_ANOTHER, START)
    assert opened() == [("contribution", 2)]
    keep(office.policy, employee, MESSAGE, (*YET_ANOTHER, *NO_PARTICIPATION), START)
    assert opened() == [("contribution", 2), ("participation", None)]


def test_another_employee_keeps_theirs(office: Office) -> None:
    first, second = office.employee(), office.employee()
    keep(office.policy, first, MESSAGE, OTHER_AMOUNT, START)
    keep(office.policy, second, MESSAGE, (), START)
    assert opened() == [("contribution", 1)]
