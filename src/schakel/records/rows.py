"""Facts as they stand in the table, read and written with statements that are written out.

Every employee of every reading passes here: a model instance and a built query cost three times as much.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from schakel.records.models import Employee, Fact
from schakel.tenancy.sealing import unseal
from schakel.tenancy.statements import as_json, ask

PLACE = "records_fact.sealed"

KNOWN_NOW = """
SELECT id, name, value, sealed, lower(valid), upper(valid), lower(known), upper(known), delivery, origin
FROM records_fact
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s AND upper_inf(known)
"""

KNOWN_SINCE = """
SELECT id, name, value, sealed, lower(valid), upper(valid), lower(known), upper(known), delivery, origin
FROM records_fact
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s AND name = ANY(%(names)s)
  AND (upper_inf(known) OR upper(known) > %(since)s)
"""

NEWEST = """
SELECT greatest(max(lower(known)), max(upper(known))) FROM records_fact
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s
"""

CLOSE = """
UPDATE records_fact SET known = tstzrange(lower(known), %(moment)s)
WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)
"""

ADD = """
INSERT INTO records_fact (tenant_id, employee_id, name, value, sealed, valid, known, delivery, origin)
SELECT %(tenant)s, %(employee)s, name, value, sealed, daterange(start, until), tstzrange(%(moment)s, NULL),
    delivery, origin
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    name text, value jsonb, sealed bytea, start date, until date, delivery uuid, origin jsonb)
"""

IDENTITY = """
SELECT e.employer_id, e.reference, e.employee_number, f.name, f.value, f.sealed, lower(f.valid)
FROM records_employee e
LEFT JOIN records_fact f ON f.tenant_id = e.tenant_id AND f.employee_id = e.id AND f.name = ANY(%(names)s)
  AND CASE WHEN %(known_at)s::timestamptz IS NULL THEN upper_inf(f.known)
      ELSE f.known @> %(known_at)s::timestamptz END
WHERE e.tenant_id = %(tenant)s AND e.id = %(employee)s
  AND (%(employers)s::bigint[] IS NULL OR e.employer_id = ANY(%(employers)s::bigint[]))
ORDER BY lower(f.valid)
"""


class FactRow(NamedTuple):
    """One value of one fact, for one period, as believed during one stretch of time."""

    id: int
    name: str
    value: Any
    sealed: bytes | None
    start: date
    until: date | None
    known_from: datetime
    known_until: datetime | None
    delivery: UUID
    origin: Any


class NewFact(NamedTuple):
    """A value to write, sealed where it must not be readable at rest."""

    name: str
    value: Any
    sealed: bytes | None
    start: date
    until: date | None
    delivery: UUID
    origin: Any


def opened(row: FactRow | Fact) -> Any:
    """The value of a row, unsealed when it is sealed at rest."""
    return unseal(row.sealed, PLACE).decode() if row.sealed is not None else row.value


def known_now(employee_id: int) -> list[FactRow]:
    """Everything that is believed of an employee now."""
    return _rows(ask(KNOWN_NOW, employee=employee_id))


def known_since(employee_id: int, names: Collection[str], since: datetime | None) -> list[FactRow]:
    """Some facts as they are believed now, and as they were from a moment on (None: only now)."""
    return _rows(ask(KNOWN_SINCE, employee=employee_id, names=list(names), since=since))


def of_person(
    employee_id: int, names: Collection[str], on: date, known_at: datetime | None
) -> tuple[int, UUID, str, dict[str, Any]]:
    """Employer, reference and number of an employee, and some facts unsealed. Raises Employee.DoesNotExist.

    The value of the day, else the nearest one: a leaver's name does not end with the employment.
    """
    found = ask(IDENTITY, employee=employee_id, names=list(names), known_at=known_at)
    if not found:
        raise Employee.DoesNotExist
    values: dict[str, Any] = {}
    for *_, name, value, sealed, start in found:
        if name is not None and (start <= on or name not in values):
            values[name] = _read(value) if sealed is None else unseal(sealed, PLACE).decode()
    return (*found[0][:3], values)


def newest(employee_id: int) -> datetime | None:
    """When a belief about an employee last began or ended."""
    moment: datetime | None = ask(NEWEST, employee=employee_id)[0][0]
    return moment


def replace(employee_id: int, closed: Collection[int], added: Iterable[NewFact], moment: datetime) -> None:
    """End some beliefs at a moment, and begin others there."""
    # First the old, then the new: two values at one time are refused by the table itself.
    if closed:
        ask(CLOSE, ids=list(closed), moment=moment)
    rows = [one._asdict() for one in added]
    if rows:
        ask(ADD, employee=employee_id, moment=moment, rows=as_json(rows))


def _rows(found: Iterable[tuple[Any, ...]]) -> list[FactRow]:
    return [
        FactRow._make((key, name, _read(value), *rest, _read(origin)))
        for key, name, value, *rest, origin in found
    ]


def _read(text: str | None) -> Any:
    """JSON; the driver leaves it as text."""
    return None if text is None else json.loads(text)
