"""Questions about differences: the largest worth first, either way, and what is resolved only when asked."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from schakel.reconciliation import differences, queries
from schakel.reconciliation.compare import Found
from schakel.records.models import Employee
from schakel.schemes.models import SchemeBenefit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def one(what: str, worth: int | None) -> Found:
    """A difference of this worth."""
    start, until = date(2026, 10, 1), date(2026, 11, 1)
    return Found(what, start, until, worth, 0, worth, "carrier", "Vraag de uitvoerder.", "Ask the carrier.")


def test_the_largest_comes_first_and_what_has_no_worth_last(
    employer_id: int, benefits: dict[str, int]
) -> None:
    policy = SchemeBenefit.objects.get(id=benefits["retirement_pension"]).policy_id
    employee = Employee.objects.create(
        employer_id=employer_id, source=uuid4(), employee_key="1", employee_number="1"
    )
    message = uuid4()
    found = [one("participation", None), one("contribution", 100), one("partner_premium", -900)]
    differences.keep(policy, employee.id, message, found, NOW)
    listed = queries.differences(employer_id=employer_id)
    assert [line.worth for line in listed] == [-900, 100, None]
    assert [line.what for line in queries.differences(message_id=message)] == [line.what for line in listed]
    assert queries.differences(employee_ids=(employee.id + 1,)) == []
    assert queries.open_differences() == 3

    differences.keep(policy, employee.id, message, [one("contribution", 100)], LATER)
    assert [line.worth for line in queries.differences()] == [100]
    assert len(queries.differences(with_resolved=True)) == 3
    assert queries.open_differences() == 1
