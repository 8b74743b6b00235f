"""What is agreed: the benefits of an employer, the carrier of a policy, and what payroll must tell for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schakel.connectors.payroll_source import Needs
from schakel.engine.catalogue import facts_read_by
from schakel.schemes.models import Policy, SchemeBenefit


@dataclass(frozen=True, slots=True)
class AgreedBenefit:
    """One benefit an employer offers."""

    id: int
    benefit: str  #: name in the engine's catalogue
    scheme_name: str
    policy_id: int | None
    administered_from: date


@dataclass(frozen=True, slots=True)
class AgreedCarrier:
    """Where a policy is placed, and the line to it."""

    policy_number: str
    carrier_name: str
    kind: str
    link: UUID | None
    bsn_basis: str
    needs: Needs  #: what the benefits placed there ask; the carrier is told no more of a household


@dataclass(frozen=True, slots=True)
class Agreements:
    """Everything an employer has agreed: its benefits, and who carries each policy."""

    benefits: tuple[AgreedBenefit, ...]
    carriers: Mapping[int, AgreedCarrier]  #: by policy


def benefits_of(employer_id: int) -> tuple[AgreedBenefit, ...]:
    """Every benefit of an employer, in a fixed order."""
    rows = SchemeBenefit.objects.filter(scheme__employer_id=employer_id).select_related("scheme")
    return tuple(
        AgreedBenefit(row.id, row.benefit, row.scheme.name, row.policy_id, row.administered_from)
        for row in rows.order_by("id")
    )


def needs_of(employer_id: int) -> Needs:
    """What the employer's benefits ask of payroll; derived from what their rules read."""
    return _needs(one.benefit for one in benefits_of(employer_id))


def _needs(benefits: Iterable[str]) -> Needs:
    read = frozenset[str]().union(*(facts_read_by(name) for name in benefits))
    return Needs(
        bank_account="iban" in read,
        partner=bool(read & {"has_partner", "partner_birth_on"}),
        children="children_birth_on" in read,
    )


def carrier_of(policy_id: int) -> AgreedCarrier:
    """The carrier of a policy."""
    placed = SchemeBenefit.objects.filter(policy_id=policy_id).values_list("benefit", flat=True)
    return _carrier(Policy.objects.select_related("carrier").get(id=policy_id), list(placed))


def agreements_of(employer_id: int) -> Agreements:
    """All of it at once, for whoever follows many employees of one employer."""
    benefits = benefits_of(employer_id)
    placed: dict[int, list[str]] = {}
    for one in benefits:
        if one.policy_id is not None:
            placed.setdefault(one.policy_id, []).append(one.benefit)
    policies = Policy.objects.select_related("carrier").filter(id__in=placed)
    return Agreements(benefits, {policy.id: _carrier(policy, placed[policy.id]) for policy in policies})


def _carrier(policy: Policy, benefits: Iterable[str]) -> AgreedCarrier:
    carrier = policy.carrier
    return AgreedCarrier(
        policy.number, carrier.name, carrier.kind, carrier.link, policy.bsn_basis, _needs(benefits)
    )
