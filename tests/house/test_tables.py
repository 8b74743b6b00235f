"""Every table with what is a tenant's stands behind forced row-level security, as PostgreSQL itself tells it."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from schakel.tenancy.walls import APP_ROLE

pytestmark = pytest.mark.django_db

# Users and sessions stand before a tenant is chosen; jobs carry ids only; the rest is Django's own.
WITHOUT_TENANT = {"tenancy_tenant"}

OUR_TABLES = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull),
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_wall'
           AND p.polcmd = '*' AND pg_get_expr(p.polqual, p.polrelid) LIKE '%%app.tenant%%'
           AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%%app.tenant%%')
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relname = ANY(%s) ORDER BY 1
"""
POLICIES = (
    "SELECT polrelid::regclass::text, polname FROM pg_policy WHERE polname <> 'tenant_wall' ORDER BY 1, 2"
)
UNIQUES = """
SELECT i.indexrelid::regclass::text,
       (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE (i.indisunique OR i.indisexclusion) AND NOT i.indisprimary AND c.relname = ANY(%s)
"""
REFERENCES = """
SELECT k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text,
       (SELECT array_agg(a.attname::text) FROM pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey))
FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid::regclass::text = ANY(%s)
"""
ALL_VIEWS = (
    "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
)
DEFINER = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
OWNED = "SELECT relname FROM pg_class WHERE relowner = %s::regrole"
BYPASS = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s"


def ask(query: str, *values: str | list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return [tuple(row) for row in cursor.fetchall()]


def our_tables() -> list[str]:
    """The table of every model in a room of ours."""
    return [
        model._meta.db_table
        for room in apps.get_app_configs()
        if room.name.startswith("schakel.")
        for model in room.get_models()
    ]


def test_every_table_of_ours_belongs_to_a_tenant_behind_a_forced_wall() -> None:
    told = ask(OUR_TABLES, our_tables())
    assert len(told) == len(our_tables()) > 20
    for table, is_enabled, is_forced, has_tenant, walls in told:
        assert (is_enabled, is_forced, walls) == (True, True, 1), table
        assert has_tenant or table in WITHOUT_TENANT, table


def test_the_only_other_doors_are_the_three_that_are_written_down() -> None:
    assert ask(POLICIES) == [
        ("tenancy_member", "own_membership"),
        ("tenancy_tenant", "tenants_of_user"),
        ("tenancy_tenant", "tenants_to_visit"),
    ]


def test_uniqueness_is_within_a_tenant_so_that_no_error_tells_of_another() -> None:
    uniques = ask(UNIQUES, our_tables())
    assert uniques
    assert [name for name, first in uniques if first != "tenant_id"] == []


def test_no_reference_between_tenants_tables_leaves_the_tenant_out() -> None:
    references = ask(REFERENCES, our_tables())
    guarded = {(table, target) for _, table, target, columns in references if "tenant_id" in columns}  # type: ignore[operator]  # an array of names
    owned = set(our_tables()) - WITHOUT_TENANT
    plain = {(table, target) for _, table, target, _ in references if target in owned}
    assert plain
    assert plain - guarded == set()


def test_nothing_sees_past_the_walls() -> None:
    assert ask(ALL_VIEWS) == [], "a view looks with its owner's eyes"
    assert ask(DEFINER) == [], "so does a SECURITY DEFINER function"
    assert ask(OWNED, APP_ROLE) == []
    assert ask(BYPASS, APP_ROLE) == [(False,)]


def test_models_and_migrations_say_the_same() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
