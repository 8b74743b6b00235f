"""Two walls between tenants, each tested with the other out of the way."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from schakel.tenancy import employers
from schakel.tenancy.access import AccessRefused, Act, OutsideTenant, Role, require
from schakel.tenancy.audit import record
from schakel.tenancy.models import AuditLine, Employer, EmployerGroup
from schakel.tenancy.queries import create_tenant, employer_group, member_scope, memberships, tenant_ids
from schakel.tenancy.scope import current_scope, tenant_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_tenants() -> tuple[int, int]:
    """Two firms; each has one employer, and both employers have the same name."""
    made = []
    for name in ("Adviesbureau Aalberse", "Adviesbureau Bakker"):
        tenant_id = create_tenant(name, "adviser_firm")
        with tenant_scope(tenant_id):
            employers.employer_named(employer_group("Groep").id, "Kozijnen B.V.")
        made.append(tenant_id)
    return made[0], made[1]


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name from this file
        return int(cursor.fetchone()[0])


def test_a_query_without_a_scope_is_refused() -> None:
    with pytest.raises(OutsideTenant):
        Employer.objects.count()
    with pytest.raises(OutsideTenant):
        current_scope()


def test_each_tenant_sees_its_own(two_tenants: tuple[int, int]) -> None:
    for tenant_id in two_tenants:
        with tenant_scope(tenant_id):
            assert [e.tenant_id for e in Employer.objects.all()] == [tenant_id]


def test_the_database_hides_foreign_rows_without_the_managers_help(two_tenants: tuple[int, int]) -> None:
    with tenant_scope(two_tenants[0]):
        assert rows("tenancy_employer") == 1
        assert Employer._base_manager.count() == 1


def test_the_database_shows_nothing_when_no_tenant_is_set(two_tenants: tuple[int, int]) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.tenant', '', true)")
        assert rows("tenancy_employer") == 0
        assert rows("tenancy_tenant") == 0


def test_the_database_refuses_a_row_for_another_tenant(two_tenants: tuple[int, int]) -> None:
    mine, other = two_tenants
    with tenant_scope(mine):
        group = EmployerGroup.objects.get()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Employer._base_manager.bulk_create([Employer(tenant_id=other, group_id=group.id, name="Vreemd")])


def test_the_manager_refuses_a_row_for_another_tenant(two_tenants: tuple[int, int]) -> None:
    mine, other = two_tenants
    with tenant_scope(mine), pytest.raises(OutsideTenant):
        Employer(tenant_id=other, group_id=1, name="Vreemd").save()


def test_no_row_points_through_the_wall(two_tenants: tuple[int, int]) -> None:
    mine, other = two_tenants
    with tenant_scope(other):
        foreign_group = EmployerGroup.objects.get().id
    with tenant_scope(mine), connection.cursor() as cursor:
        Employer.objects.create(group_id=foreign_group, name="Wijst erdoor")
        with pytest.raises(IntegrityError, match="in_tenant"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Employer.objects.get(name="Wijst erdoor").delete()


def test_a_scope_inside_a_scope_stays_in_the_tenant(two_tenants: tuple[int, int]) -> None:
    mine, other = two_tenants
    with tenant_scope(mine):
        with tenant_scope(mine):
            assert Employer.objects.count() == 1
        assert Employer.objects.count() == 1
        with pytest.raises(OutsideTenant), tenant_scope(other):
            pytest.fail("a foreign scope opened")


def test_a_member_sees_only_the_employers_named_for_them(
    two_tenants: tuple[int, int], django_user_model: type
) -> None:
    mine, other = two_tenants
    officer = django_user_model.objects.create_user("hr@example.org")
    with tenant_scope(mine):
        group = employer_group("Groep").id
        allowed = employers.employer_named(group, "Montage B.V.")
        employers.add_member(officer.id, Role.HR_OFFICER, (allowed,))
        assert Employer.objects.count() == 2
    with member_scope(officer.id, mine) as (_, role):
        assert role is Role.HR_OFFICER
        assert [e.id for e in Employer.objects.all()] == [allowed]
    with pytest.raises(AccessRefused), member_scope(officer.id, other):
        pytest.fail("a stranger got in")


def test_an_officer_with_no_employer_named_sees_none(
    two_tenants: tuple[int, int], django_user_model: type
) -> None:
    officer = django_user_model.objects.create_user("hr2@example.org")
    with tenant_scope(two_tenants[0]):
        employers.add_member(officer.id, Role.HR_OFFICER)
    with member_scope(officer.id, two_tenants[0]):
        assert Employer.objects.count() == 0


def test_memberships_are_the_users_own(two_tenants: tuple[int, int], django_user_model: type) -> None:
    adviser = django_user_model.objects.create_user("adviser@example.org")
    stranger = django_user_model.objects.create_user("stranger@example.org")
    with tenant_scope(two_tenants[1]):
        employers.add_member(adviser.id, Role.ADVISER)
    assert [m.tenant_name for m in memberships(adviser.id)] == ["Adviesbureau Bakker"]
    assert memberships(stranger.id) == []


def test_jobs_can_list_tenants_without_seeing_into_them(two_tenants: tuple[int, int]) -> None:
    assert set(two_tenants) <= set(tenant_ids())
    assert rows("tenancy_employer") == 0


def test_the_audit_trail_only_grows(two_tenants: tuple[int, int]) -> None:
    with tenant_scope(two_tenants[0], actor="user:7"):
        record("see_employee", "employee:4f", datetime(2026, 11, 24, tzinfo=UTC))
        assert AuditLine.objects.get().actor == "user:7"
        for forbidden in ("UPDATE tenancy_auditline SET act = 'x'", "DELETE FROM tenancy_auditline"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(forbidden)


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        (Role.ADVISER, Act.MANAGE_LINKS, True),
        (Role.HR_OFFICER, Act.SEE_EMPLOYEES, True),
        (Role.HR_OFFICER, Act.MANAGE_LINKS, False),
        (Role.PAYROLL_OFFICER, Act.MANAGE_LINKS, True),
        (Role.OPERATOR, Act.SEE_EMPLOYEES, False),
    ],
)
def test_roles(role: Role, act: Act, allowed: bool) -> None:
    if allowed:
        require(role, act)
    else:
        with pytest.raises(AccessRefused):
            require(role, act)
