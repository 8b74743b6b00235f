"""Questions about what is agreed."""

from datetime import UTC, date, datetime

import pytest
from tests.rooms.conftest import AGREED_AT, TERMS

from schakel.engine.timeline import Period
from schakel.schemes import agree, queries
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group
from schakel.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_benefits_with_their_policies_and_carriers(employer_id: int, benefits: dict[str, int]) -> None:
    found = {line.benefit: line for line in queries.benefits(employer_id)}
    assert set(found) == set(TERMS)
    policies = queries.policies(employer_id)
    pension = policies[found["retirement_pension"].policy_id or 0]
    assert (pension.number, pension.carrier_name) == ("P-1", "Pensioen Noord")
    assert found["home_working_allowance"].policy_id is None


def test_terms_are_those_known_now(employer_id: int, benefits: dict[str, int]) -> None:
    (before,) = [one for one in queries.terms(employer_id) if one.benefit_id == benefits["accident"]]
    assert (before.start, before.until, before.known_since) == (date(2019, 1, 1), None, AGREED_AT)
    changed = {**TERMS["accident"], "death_multiple": "2"}
    agree.agree_terms(benefits["accident"], changed, Period(date(2026, 7, 1)), NOW, "addendum")
    old, new = [one for one in queries.terms(employer_id) if one.benefit_id == benefits["accident"]]
    assert (old.until, new.start, new.terms["death_multiple"]) == (date(2026, 7, 1), date(2026, 7, 1), "2")
    assert new.source == "addendum"


def test_another_employer_agreed_nothing(employer_id: int, benefits: dict[str, int]) -> None:
    other = employer_named(employer_group("Groep").id, "Leeg B.V.")
    assert queries.benefits(other) == []
    assert queries.policies(other) == {}
    assert queries.terms(other) == []
    assert len(queries.benefits()) == len(TERMS)


def test_a_policy_that_two_employers_share_is_seen_from_both(
    tenant_id: int, employer_id: int, benefits: dict[str, int]
) -> None:
    policy = next(iter(queries.policies(employer_id)))
    other = employer_named(employer_group("Groep").id, "Zuster B.V.")
    agree.benefit(agree.scheme(other, "Regeling"), "accident", policy, date(2026, 1, 1))
    with tenant_scope(tenant_id, employer_ids=frozenset({other})):
        assert list(queries.policies()) == list(queries.policies(other)) == [policy]
