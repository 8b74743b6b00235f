"""The firm of the demonstration: an adviser, one employer group, its schemes, its carriers and its people."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction

from schakel.chain.connecting import Asked, activate_nmbrs
from schakel.cli.demo.processes import ProgramFailed
from schakel.cli.demo.stand_ins import INSURER_POLICIES, PENSION_POLICIES, StandIns
from schakel.engine.timeline import Period
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.schemes import agree
from schakel.schemes.models import Carrier
from schakel.tenancy.access import Role
from schakel.tenancy.employers import add_member, employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

FIRM = "Adviesbureau Noorderlicht (voorbeeld)"
GROUP = "Groep Wiekstra (voorbeeld)"
ADMINISTERED_FROM = date(2026, 1, 1)
FICTION = "fictief, voor de demonstratie"

Terms = Mapping[str, Mapping[str, Any]]

TERMS: tuple[Terms, Terms] = (
    {
        "retirement_pension": {"contribution_rate": "26.5", "employee_rate": "5"},
        "partner_pension": {"partner_share": "30", "premium_rate": "0.95"},
        "orphan_pension": {"orphan_share": "15", "premium_rate": "0.06"},
        "wga_gap": {"premium_rate": "0.62", "employee_rate": "0.31"},
        "accident": {
            "death_multiple": "1",
            "disability_multiple": "2",
            "death_maximum": "250000",
            "disability_maximum": "500000",
            "death_rate": "0.4",
            "disability_rate": "0.3",
        },
        "home_working_allowance": {},
    },
    {
        "retirement_pension": {
            "contribution_rate": "24",
            "employee_rate": "4.5",
            "franchise": "20000",
            "includes_fixed_allowance": True,
        },
        "partner_pension": {"partner_share": "25", "premium_rate": "0.8", "requires_partner": True},
        "orphan_pension": {"orphan_share": "20", "premium_rate": "0.08", "requires_child": True},
        "wga_gap": {"premium_rate": "0.74", "employee_rate": "0.37"},
        "accident": {
            "death_multiple": "1.5",
            "disability_multiple": "3",
            "death_maximum": "300000",
            "disability_maximum": "600000",
            "death_rate": "0.45",
            "disability_rate": "0.32",
        },
        "home_working_allowance": {},
    },
)
"""The choices of each entity; the second insures partner and orphan pension only for whom it concerns."""


@dataclass(frozen=True, slots=True)
class LogIn:
    """One person who may look."""

    email: str
    role: Role
    what: str  #: what there is to see
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Firm:
    """Everything that was set up, by its id."""

    tenant_id: int
    group_id: int
    employers: tuple[int, ...]
    link: UUID
    log_ins: tuple[LogIn, ...]


def set_up(outside: StandIns, now: datetime, *, calls_per_second: int = 20) -> Firm:
    """Make the firm, agree the schemes, and connect payroll. Raises ProgramFailed when connecting is refused."""
    tenant_id = create_tenant(FIRM, Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(tenant_id, actor="demo"):
        group_id = int(employer_group(GROUP).id)
        employers = tuple(employer_named(group_id, entity.name) for entity in outside.entities)
        carriers = {line.kind: _carrier(group_id, outside, line.kind) for line in outside.carriers}
        for number, employer_id in enumerate(employers):
            _agree(number, employer_id, carriers, now)
    log_ins = _people(tenant_id, employers)
    link = _connect(tenant_id, group_id, outside, calls_per_second, now)
    return Firm(tenant_id, group_id, employers, link, log_ins)


def _carrier(group_id: int, outside: StandIns, kind: str) -> int:
    line = next(one for one in outside.carriers if one.kind == kind)
    link = make_link(
        group_id=group_id,
        kind=Link.Kind.CARRIER,
        connector="schakel_json",
        name=line.name,
        settings={"address": line.address},
        secrets={"token": line.token},
    )
    return agree.carrier(line.name, Carrier.Kind(kind), link)


def _agree(number: int, employer_id: int, carriers: Mapping[str, int], now: datetime) -> None:
    # A pension provider may have the BSN, an insurer of accident or WGA gap may not (from memory, unverified).
    pension = agree.policy(employer_id, carriers["pension_provider"], PENSION_POLICIES[number], "Pensioenwet")
    wga, accident = (agree.policy(employer_id, carriers["insurer"], one) for one in INSURER_POLICIES[number])
    placed: Mapping[str, tuple[str, int | None]] = {
        "retirement_pension": ("Pensioenregeling", pension),
        "partner_pension": ("Pensioenregeling", pension),
        "orphan_pension": ("Pensioenregeling", pension),
        "wga_gap": ("Arbeidsongeschiktheid", wga),
        "accident": ("Ongevallen", accident),
        "home_working_allowance": ("Thuiswerken", None),
    }
    for name, (scheme, policy) in placed.items():
        benefit = agree.benefit(agree.scheme(employer_id, scheme), name, policy, ADMINISTERED_FROM)
        agree.agree_terms(
            benefit, TERMS[number][name], Period(ADMINISTERED_FROM), now, f"{scheme} ({FICTION})"
        )


def _people(tenant_id: int, employers: tuple[int, ...]) -> tuple[LogIn, ...]:
    asked = (
        ("adviseur", Role.ADVISER, "every employer of the firm", ()),
        ("hr", Role.HR_OFFICER, "the first employer", employers[:1]),
        ("salaris", Role.PAYROLL_OFFICER, "both employers, and the payroll link", employers),
        ("beheer", Role.OPERATOR, "links and messages, no amounts of people", ()),
    )
    made = []
    for name, role, what, seen in asked:
        log_in = LogIn(f"{name}@noorderlicht.example", role, what, secrets.token_urlsafe(9))
        user_id = _user(log_in)
        with tenant_scope(tenant_id, actor="demo"):
            add_member(user_id, role, seen)
        made.append(log_in)
    return tuple(made)


def _user(log_in: LogIn) -> int:
    users = get_user_model()
    with transaction.atomic():
        user, _ = users.objects.get_or_create(username=log_in.email, defaults={"email": log_in.email})
        user.set_password(log_in.password)
        user.save()
        EmailAddress.objects.get_or_create(
            user=user, email=log_in.email, defaults={"verified": True, "primary": True}
        )
    return int(user.pk)


def _connect(tenant_id: int, group_id: int, outside: StandIns, calls_per_second: int, now: datetime) -> UUID:
    asked = Asked(
        username=outside.username,
        token=outside.token,
        domain=outside.domain,
        entities=tuple(entity.name for entity in outside.entities),
        host=outside.host,
        calls_per_second=calls_per_second,
    )
    activation = activate_nmbrs(tenant_id, group_id, asked, now)
    if activation.link is None:
        told = " ".join(problem.en for problem in activation.problems)
        raise ProgramFailed(f"payroll could not be connected: {told}")
    return activation.link
