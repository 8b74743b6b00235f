"""The whole state of one employee in one policy, as a carrier should hold it."""

from datetime import date

import pytest
from tests.rooms.intake.told import Reader, Told

from schakel.connectors.carrier_channel import AmountInPeriod
from schakel.engine.timeline import Period
from schakel.participation.state import joined, state_in_policy
from schakel.records.models import Employee
from schakel.schemes.models import Policy

pytestmark = pytest.mark.django_db

HIRED = date(2020, 3, 1)


@pytest.fixture
def policies(benefits: dict[str, int]) -> dict[str, int]:
    return dict(Policy.objects.values_list("number", "id"))


def employee_id() -> int:
    return int(Employee.objects.get().id)


def test_every_benefit_of_the_policy_and_nothing_of_another(reader: Reader, policies: dict[str, int]) -> None:
    reader.sync([Told()])
    held = state_in_policy(employee_id(), policies["P-1"])
    assert held is not None
    assert held.participates == ((date(2026, 1, 1), None),)
    assert {one.quantity for one in held.amounts} == {
        "pension_base",
        "contribution",
        "employee_contribution",
        "employer_contribution",
        "partner_sum_insured",
        "partner_premium",
        "orphan_sum_insured",
        "orphan_premium",
    }
    assert list(held.amounts) == sorted(held.amounts, key=lambda one: (one.quantity, one.start))
    assert held.amounts[0] == AmountInPeriod("contribution", date(2026, 1, 1), date(2026, 2, 1), 72_142)


def test_who_never_took_part_has_no_state(reader: Reader, policies: dict[str, int]) -> None:
    reader.sync([Told(birth_on="2012-01-01")])
    assert state_in_policy(employee_id(), policies["P-1"]) is None


def test_a_leaver_still_has_a_state(reader: Reader, policies: dict[str, int]) -> None:
    reader.sync([Told()])
    reader.sync([Told(employed=((HIRED, date(2026, 10, 1), True),))])
    held = state_in_policy(employee_id(), policies["V-2"])
    assert held is not None
    assert held.participates == ((date(2026, 1, 1), date(2026, 10, 1)),)
    assert max(one.until for one in held.amounts) == date(2026, 10, 1)


def test_who_turns_out_never_to_have_taken_part_has_an_empty_state(
    reader: Reader, policies: dict[str, int]
) -> None:
    reader.sync([Told()])
    reader.sync([Told(employed=())])
    held = state_in_policy(employee_id(), policies["V-2"])
    assert held is not None
    assert (held.participates, held.amounts) == ((), ())


def test_stretches_of_several_benefits_are_joined() -> None:
    def period(start: int, until: int | None) -> Period:
        return Period(date(2026, start, 1), None if until is None else date(2026, until, 1))

    assert joined([period(5, 7), period(1, 3), period(2, 4), period(7, None), period(8, 9)]) == [
        period(1, 4),
        period(5, None),
    ]
