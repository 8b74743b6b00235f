"""One tenant in scope, one employer, and what it agreed; for every room's tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.rooms.intake.told import Reader

from schakel.engine.timeline import Period
from schakel.schemes import agree
from schakel.schemes.models import Carrier, Policy
from schakel.tenancy.employers import employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

AGREED_AT = datetime(2025, 12, 1, tzinfo=UTC)

TERMS = {
    "retirement_pension": {"contribution_rate": "26.5", "employee_rate": "5", "holiday_allowance_rate": "8"},
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
}


@pytest.fixture
def tenant_id() -> Iterator[int]:
    """A tenant, in scope for the whole test."""
    made = create_tenant("Adviesbureau Aalberse", Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(made):
        yield made


@pytest.fixture
def employer_id(tenant_id: int) -> int:
    return employer_named(employer_group("Groep").id, "Voorbeeld Kozijnen B.V.")


@pytest.fixture
def reader(employer_id: int) -> Reader:
    return Reader(employer_id)


@pytest.fixture
def benefits(employer_id: int) -> dict[str, int]:
    """Every benefit, administered from 2026 on: pension with a provider, the rest with an insurer or nobody."""
    return agree_all(employer_id, date(2026, 1, 1))


def agree_all(employer_id: int, administered_from: date) -> dict[str, int]:
    provider = agree.carrier("Pensioen Noord", Carrier.Kind.PENSION_PROVIDER, None)
    insurer = agree.carrier("Verzekeraar Zuid", Carrier.Kind.INSURER, None)
    # A carrier gives a number once: the first employer has the short ones.
    suffix = f"-{employer_id}" if Policy.objects.exclude(employer_id=employer_id).exists() else ""
    pension = agree.policy(employer_id, provider, f"P-1{suffix}", "Pensioenwet art. 94")
    income = agree.policy(employer_id, insurer, f"V-1{suffix}")
    accident = agree.policy(employer_id, insurer, f"V-2{suffix}")
    policies = {
        "retirement_pension": pension,
        "partner_pension": pension,
        "orphan_pension": pension,
        "wga_gap": income,
        "accident": accident,
    }
    scheme = agree.scheme(employer_id, "Regeling 2026")
    made = {}
    for name, terms in TERMS.items():
        made[name] = agree.benefit(scheme, name, policies.get(name), administered_from)
        agree.agree_terms(made[name], terms, Period(date(2019, 1, 1)), AGREED_AT, "regeling 2026, bijlage 1")
    return made
