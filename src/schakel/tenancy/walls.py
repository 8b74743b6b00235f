"""The second wall: PostgreSQL itself shows a tenant only its own rows.

Run as the last operation of each room's migrations. Every tenant-owned table gets forced row-level
security, and every reference between two such tables also compares the tenant, so that no row can point
through the wall. The run-time role owns nothing; `append_only` takes UPDATE and DELETE away from it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

APP_ROLE = "schakel_app"

CURRENT_TENANT = "nullif(current_setting('app.tenant', true), '')::bigint"


class RaiseTenantWalls(Operation):
    """Row-level security, tenant-aware references and grants for the named models of one room.

    `append_only` maps a model to the columns that may still change (a closing date), often none.
    """

    reversible = False
    reduces_to_sql = True

    def __init__(self, names: Sequence[str], append_only: Mapping[str, Sequence[str]] | None = None) -> None:
        self.names = list(names)
        self.append_only = dict(append_only or {})

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [], {"names": self.names, "append_only": self.append_only}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes for Django; only for the database."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: Any,  # noqa: ARG002 - Django gives every operation both states
        to_state: Any,
    ) -> None:
        models_here = [to_state.apps.get_model(app_label, name) for name in self.names]
        # All walls first: a reference needs the unique (tenant, id) of the table it points to.
        for statement in [s for model in models_here for s in _wall(model)]:
            schema_editor.execute(statement)
        for statement in [s for model in models_here for s in _references(model)]:
            schema_editor.execute(statement)
        for name, columns in self.append_only.items():
            table = to_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}')
            if columns:
                listed = ", ".join(f'"{column}"' for column in columns)
                schema_editor.execute(f'GRANT UPDATE ({listed}) ON "{table}" TO {APP_ROLE}')

    def describe(self) -> str:
        return "Raise the walls between tenants"


def in_each_tenant(statement: str) -> RunPython:
    """For a migration that fills what is new: the statement once in each tenant, behind its own wall."""
    return python_in_each_tenant(lambda cursor: cursor.execute(statement))


def python_in_each_tenant(fill: Callable[[Any], None]) -> RunPython:
    """The same for what SQL cannot say; `fill` gets a cursor."""

    def visit(_apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.visit', 'tenants', true)")
            cursor.execute("SELECT id FROM tenancy_tenant ORDER BY id")
            for (tenant,) in cursor.fetchall():
                cursor.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant)])
                fill(cursor)
            cursor.execute("SELECT set_config('app.visit', '', true), set_config('app.tenant', '', true)")

    return RunPython(visit, RunPython.noop)


def _wall(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    own = f"tenant_id = {CURRENT_TENANT}"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant_wall ON "{table}" USING ({own}) WITH CHECK ({own})',
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_in_tenant" UNIQUE (tenant_id, id)',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {APP_ROLE}',
        f'GRANT USAGE, SELECT ON SEQUENCE "{table}_id_seq" TO {APP_ROLE}',
    ]


def _references(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    statements = []
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(field, models.ForeignKey) or field.name == "tenant":
            continue
        assert isinstance(target, type), "a migration's models are resolved"
        if not any(f.name == "tenant" for f in target._meta.concrete_fields):
            continue
        statements.append(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{field.column}_in_tenant" '
            f'FOREIGN KEY (tenant_id, "{field.column}") REFERENCES "{target._meta.db_table}" (tenant_id, id) '
            "DEFERRABLE INITIALLY DEFERRED"
        )
    return statements
