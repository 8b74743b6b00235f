"""Questions about what is agreed: schemes, their benefits, terms over time, policies and carriers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schakel.schemes.models import Policy, SchemeBenefit, TermsVersion


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A contract with a carrier, and the line to that carrier."""

    id: int
    employer_id: int
    number: str
    carrier_name: str
    carrier_kind: str
    link: UUID | None


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit of a scheme of one employer."""

    id: int
    employer_id: int
    scheme_id: int
    scheme_name: str
    benefit: str
    policy_id: int | None
    administered_from: date


@dataclass(frozen=True, slots=True)
class TermsLine:
    """The employer's choices for one benefit in one period."""

    benefit_id: int
    terms: Mapping[str, Any]
    start: date
    until: date | None
    known_since: datetime
    source: str


POLICY = ("id", "employer_id", "number", "carrier__name", "carrier__kind", "carrier__link")


def policies(employer_id: int | None = None) -> dict[int, PolicyLine]:
    """The policies in scope by id, of one employer when asked; also one of another employer that is shared."""
    own, used = Policy.objects.all(), _used(employer_id)
    if employer_id is not None:
        own = own.filter(employer_id=employer_id)
    rows = {row[0]: PolicyLine(*row) for row in own.values_list(*POLICY)}
    shared = used.exclude(policy_id__in=rows).values_list(*(f"policy__{name}" for name in POLICY))
    return dict(sorted((rows | {row[0]: PolicyLine(*row) for row in shared}).items()))


def policies_named(policy_ids: Collection[int]) -> dict[int, PolicyLine]:
    """These policies, as far as they are in scope or shared with an employer in scope."""
    own = Policy.objects.filter(id__in=policy_ids).values_list(*POLICY)
    rows = {row[0]: PolicyLine(*row) for row in own}
    used = _used().filter(policy_id__in=set(policy_ids) - rows.keys())
    shared = used.values_list(*(f"policy__{name}" for name in POLICY))
    return rows | {row[0]: PolicyLine(*row) for row in shared}


def carrier_links(employer_id: int | None = None) -> frozenset[UUID]:
    """The links to the carriers of the policies in scope, of one employer when asked."""
    own, used = Policy.objects.all(), _used(employer_id)
    if employer_id is not None:
        own = own.filter(employer_id=employer_id)
    found = own.values_list("carrier__link").union(used.values_list("policy__carrier__link"))
    return frozenset(link for (link,) in found if link is not None)


def _used(employer_id: int | None = None) -> Any:
    used = SchemeBenefit.objects.filter(policy__isnull=False)
    return used if employer_id is None else used.filter(scheme__employer_id=employer_id)


def benefits(employer_id: int | None = None) -> list[BenefitLine]:
    """The benefits in scope, of one employer when asked, by scheme."""
    rows = SchemeBenefit.objects.select_related("scheme")
    if employer_id is not None:
        rows = rows.filter(scheme__employer_id=employer_id)
    return [
        BenefitLine(
            row.id,
            row.scheme.employer_id,
            row.scheme_id,
            row.scheme.name,
            row.benefit,
            row.policy_id,
            row.administered_from,
        )
        for row in rows.order_by("scheme__name", "scheme_id", "id")
    ]


def terms(employer_id: int) -> list[TermsLine]:
    """The terms of every benefit of one employer as known now, oldest first."""
    rows = TermsVersion.objects.filter(benefit__scheme__employer_id=employer_id, known__upper_inf=True)
    return [
        TermsLine(row.benefit_id, row.terms, row.valid.lower, row.valid.upper, row.known.lower, row.source)
        for row in rows.order_by("benefit_id", "valid")
    ]
