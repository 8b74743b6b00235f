"""Statements that are written out: what the chain asks for every employee and every message.

Building a query and the objects of its answer takes Django several times as long as PostgreSQL takes to answer
it. Both walls stand: a statement names the tenant in scope, and row-level security holds beneath it. Many rows
travel as one JSON value (`jsonb_to_recordset`): the statement is the same however many there are.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from schakel.tenancy.access import OutsideTenant
from schakel.tenancy.scope import current_scope

Row = tuple[Any, ...]


def ask(statement: str, **values: Any) -> list[Row]:
    """Run one statement in the tenant in scope, `%(tenant)s`; returns its rows, if it returns any.

    Raises OutsideTenant in a scope of only some employers, unless the statement keeps to `%(employers)s`, which
    is NULL where the scope is of all.
    """
    scope = current_scope()
    assert "%(tenant)s" in statement, "a statement names the tenant"
    employers = None if scope.employer_ids is None else sorted(scope.employer_ids)
    if employers is not None and "%(employers)s" not in statement:
        raise OutsideTenant
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": scope.tenant_id, "employers": employers, **values})
        return list(cursor.fetchall()) if cursor.description is not None else []


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows for `jsonb_to_recordset`; days, moments and ids as PostgreSQL reads them, bytes as it reads `bytea`."""
    return json.dumps(list(rows), default=_spelled)


def _spelled(value: Any) -> str:
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)
