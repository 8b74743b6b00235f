"""Questions about what is agreed: schemes, their benefits, terms over time, policies and carriers."""

from collections.abc import Mapping
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


def policies(employer_id: int | None = None) -> dict[int, PolicyLine]:
    """The policies in scope by id, of one employer when asked; also one of another employer that is shared."""
    own = Policy.objects.select_related("carrier")
    used = SchemeBenefit.objects.filter(policy__isnull=False).select_related("policy__carrier")
    if employer_id is not None:
        own, used = own.filter(employer_id=employer_id), used.filter(scheme__employer_id=employer_id)
    rows = {row.id: row for row in (*own, *(benefit.policy for benefit in used))}
    return {
        row.id: PolicyLine(
            row.id, row.employer_id, row.number, row.carrier.name, row.carrier.kind, row.carrier.link
        )
        for _, row in sorted(rows.items())
    }


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
