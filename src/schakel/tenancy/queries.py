"""Questions about tenants, employers and members."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from schakel.tenancy.access import AccessRefused, Role
from schakel.tenancy.models import AuditLine, Employer, EmployerAccess, EmployerGroup, Member, Tenant
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


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group, with the employers of it that are in scope."""

    id: int
    name: str
    employer_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did or saw what, when."""

    id: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: Mapping[str, Any]


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


def employers(employer_ids: Collection[int] | None = None) -> list[EmployerLine]:
    """The employers in scope, some of them when asked, by group and name."""
    rows = Employer.objects.select_related("group").order_by("group__name", "name")
    if employer_ids is not None:
        rows = rows.filter(id__in=employer_ids)
    return [_line(row) for row in rows]


def employer(employer_id: int) -> EmployerLine | None:
    """One employer, if it is in scope."""
    row = Employer.objects.select_related("group").filter(id=employer_id).first()
    return None if row is None else _line(row)


def _line(row: Employer) -> EmployerLine:
    return EmployerLine(row.id, row.name, row.group.name, row.registration_number, row.wage_period_kind)


def groups() -> list[GroupLine]:
    """Every group of the tenant by name."""
    employers_of: dict[int, set[int]] = {}
    for employer_id, group_id in Employer.objects.values_list("id", "group_id"):
        employers_of.setdefault(group_id, set()).add(employer_id)
    rows = EmployerGroup.objects.order_by("name", "id")
    return [GroupLine(row.id, row.name, frozenset(employers_of.get(row.id, ()))) for row in rows]


def audit_lines(act: str, offset: int, limit: int) -> tuple[list[AuditEntry], int]:
    """The audit trail of the tenant, the newest first, and how long it is."""
    rows = AuditLine.objects.filter(act=act) if act else AuditLine.objects.all()
    page = rows.order_by("-at", "-id")[offset : offset + limit]
    found = [AuditEntry(row.id, row.at, row.actor, row.act, row.subject, row.detail) for row in page]
    return found, rows.count()


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
    group: EmployerGroup
    group, _ = EmployerGroup.objects.get_or_create(name=name)
    return group
