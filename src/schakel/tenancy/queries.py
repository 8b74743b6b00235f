"""Questions about tenants, employers and members."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from schakel.tenancy.access import AccessRefused, Role
from schakel.tenancy.models import Employer, EmployerAccess, EmployerGroup, Member, Tenant
from schakel.tenancy.scope import Scope, tenant_scope

FIRM_WIDE = frozenset({Role.ADVISER, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Membership:
    """A user's place in one tenant."""

    tenant_id: int
    tenant_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """One employer, as lists show it."""

    id: int
    name: str
    group_name: str
    registration_number: str
    wage_period_kind: str


def tenant_ids() -> list[int]:
    """Every tenant, for jobs that visit each in its own scope."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.visit', 'tenants', true)")
        cursor.execute("SELECT id FROM tenancy_tenant ORDER BY id")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT set_config('app.visit', '', true)")
        return found


def memberships(user_id: int) -> list[Membership]:
    """The tenants a user belongs to, by name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.user', %s, true)", [str(user_id)])
        cursor.execute(
            "SELECT t.id, t.name, m.role FROM tenancy_member m JOIN tenancy_tenant t ON t.id = m.tenant_id "
            "WHERE m.user_id = %s ORDER BY t.name, t.id",
            [user_id],
        )
        found = [Membership(tenant, name, Role(role)) for tenant, name, role in cursor.fetchall()]
        cursor.execute("SELECT set_config('app.user', '', true)")
        return found


@contextmanager
def member_scope(user_id: int, tenant_id: int) -> Iterator[tuple[Scope, Role]]:
    """The scope of one member: the tenant, and only the employers this member may see.

    Raises AccessRefused when the user is no member.
    """
    with tenant_scope(tenant_id, actor=f"user:{user_id}"):
        member = Member.objects.filter(user_id=user_id).first()
        if member is None:
            raise AccessRefused
        role = Role(member.role)
        named = frozenset(EmployerAccess.objects.filter(member=member).values_list("employer_id", flat=True))
    employers = None if role in FIRM_WIDE and not named else named
    with tenant_scope(tenant_id, employer_ids=employers, actor=f"user:{user_id}") as scope:
        yield scope, role


def employers() -> list[EmployerLine]:
    """The employers in scope, by group and name."""
    rows = Employer.objects.select_related("group").order_by("group__name", "name")
    return [EmployerLine(e.id, e.name, e.group.name, e.registration_number, e.wage_period_kind) for e in rows]


def create_tenant(name: str, kind: Tenant.Kind) -> int:
    """Make a tenant; returns its id. The id is taken first, because only its own scope may write it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tenancy_tenant_id_seq')")
        (tenant_id,) = cursor.fetchone()
    with tenant_scope(tenant_id):
        Tenant.objects.create(id=tenant_id, name=name, kind=kind)
    return int(tenant_id)


def employer_group(name: str) -> EmployerGroup:
    """The group of this name in the tenant in scope; made when it is new."""
    group, _ = EmployerGroup.objects.get_or_create(name=name)
    return group
