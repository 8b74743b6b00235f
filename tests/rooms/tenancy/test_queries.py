"""Questions about employers, groups and the audit trail of the tenant in scope."""

from datetime import UTC, datetime, timedelta

import pytest

from schakel.tenancy import audit, queries
from schakel.tenancy.employers import employer_named
from schakel.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_one_employer_and_what_is_not_in_scope(tenant_id: int, employer_id: int) -> None:
    found = queries.employer(employer_id)
    assert found is not None
    assert (found.name, found.group_name) == ("Voorbeeld Kozijnen B.V.", "Groep")
    other = employer_named(queries.employer_group("Groep").id, "Ander B.V.")
    with tenant_scope(tenant_id, employer_ids=frozenset({employer_id})):
        assert queries.employer(other) is None
        assert [one.id for one in queries.employers()] == [employer_id]


def test_groups_with_their_employers_empty_ones_too(employer_id: int) -> None:
    queries.employer_group("Leeg")
    assert [(one.name, one.employer_ids) for one in queries.groups()] == [
        ("Groep", frozenset({employer_id})),
        ("Leeg", frozenset()),
    ]


def test_the_trail_is_the_newest_first_and_by_act(tenant_id: int) -> None:
    for number in range(3):
        audit.record("see_employee", f"employee:{number}", NOW + timedelta(minutes=number), page=number)
    audit.record("reveal_bsn", "employee:1", NOW)
    rows, total = queries.audit_lines("", 0, 2)
    assert ([one.subject for one in rows], total) == (["employee:2", "employee:1"], 4)
    rows, total = queries.audit_lines("reveal_bsn", 0, 10)
    assert ([one.act for one in rows], total) == (["reveal_bsn"], 1)
    assert queries.audit_lines("", 3, 10)[0][0].detail is not None
