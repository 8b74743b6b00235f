"""Whom and what messages and differences are about: employees, policies and employers, read once for all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from schakel.records import queries as records
from schakel.schemes import queries as schemes
from schakel.tenancy import queries as tenants


@dataclass(frozen=True, slots=True)
class Around:
    """What messages and differences are told with, read once for all of them."""

    people: Mapping[int, records.Called]
    policies: Mapping[int, schemes.PolicyLine]
    employers: Mapping[int, str]


def told_with(employee_ids: Collection[int], policy_ids: Collection[int]) -> Around:
    """Three queries, however many there are; inside a visitor's scope."""
    people = records.called(employee_ids)
    employers = {one.id: one.name for one in tenants.employers({who.employer_id for who in people.values()})}
    return Around(people, schemes.policies_named(policy_ids), employers)
