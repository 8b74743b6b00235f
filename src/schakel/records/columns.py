"""Facts of many employees as columns, read in one stream: what a whole portfolio is calculated from."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection

from schakel.engine.employee import FACTS
from schakel.engine.runners.histories import ENDLESS, UNKNOWN, Column, History, People, history_of
from schakel.tenancy.scope import current_scope
from schakel.tenancy.statements import ask

EMPLOYEES = """
SELECT id FROM records_employee
WHERE tenant_id = %(tenant)s AND employer_id = %(employer)s AND id > %(after)s
  AND (%(employers)s::bigint[] IS NULL OR employer_id = ANY(%(employers)s::bigint[]))
ORDER BY id LIMIT %(most)s
"""

COUNT = """
SELECT count(*) FROM records_employee
WHERE tenant_id = %(tenant)s AND employer_id = %(employer)s
  AND (%(employers)s::bigint[] IS NULL OR employer_id = ANY(%(employers)s::bigint[]))
"""

NEWEST = """
SELECT employee_id, max(lower(known)) FROM records_fact
WHERE tenant_id = %(tenant)s AND employee_id = ANY(%(ids)s) AND name = ANY(%(names)s) AND upper_inf(known)
  AND %(employers)s::bigint[] IS NULL
GROUP BY employee_id
"""

# Days travel as day numbers; a fact that is known to be nothing travels as an empty value.
FACTS_OF = """
COPY (
    SELECT name, employee_id, lower(valid) - date '0001-01-01' + 1,
        coalesce(upper(valid) - date '0001-01-01' + 1, %(endless)s), coalesce(value::text, 'null')
    FROM records_fact
    WHERE tenant_id = %(tenant)s AND employee_id = ANY(%(ids)s) AND name = ANY(%(names)s) AND upper_inf(known)
    ORDER BY name, employee_id, lower(valid)
) TO STDOUT
"""


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Some employees of one employer in the order of their ids, what is known of them, and since when."""

    ids: Column
    people: People
    known_since: Sequence[datetime | None]


def how_many(employer_id: int) -> int:
    """The employees of an employer, those of long ago among them."""
    return int(ask(COUNT, employer=employer_id)[0][0])


def people_after(employer_id: int, after: int, most: int, names: Collection[str]) -> KnownPeople:
    """The next employees after an id, with what is known now of these facts."""
    ids = [int(row[0]) for row in ask(EMPLOYEES, employer=employer_id, after=after, most=most)]
    newest: dict[int, datetime] = {row[0]: row[1] for row in ask(NEWEST, ids=ids, names=list(FACTS))}
    steps = _steps(ids, sorted(names))
    place = {employee: at for at, employee in enumerate(ids)}
    lists: dict[str, list[tuple[date, ...]]] = {}
    facts = {name: _history(name, rows, place, lists) for name, rows in steps.items()}
    people = People([str(one) for one in ids], np.zeros(len(ids), dtype=np.int64), facts, lists)
    return KnownPeople(np.array(ids, dtype=np.int64), people, [newest.get(one) for one in ids])


Steps = list[tuple[int, int, int, str]]


def _steps(ids: Sequence[int], names: Sequence[str]) -> dict[str, Steps]:
    found: dict[str, Steps] = {}
    values = {"tenant": current_scope().tenant_id, "ids": list(ids), "names": list(names), "endless": ENDLESS}
    # The driver's own cursor, because Django's, where queries are watched, takes no values for a COPY.
    with connection.cursor() as cursor, cursor.cursor.copy(FACTS_OF, values) as stream:
        for name, employee, start, until, value in stream.rows():
            found.setdefault(name, []).append((int(employee), int(start), int(until), value))
    return found


def _history(
    name: str, rows: Steps, place: dict[int, int], lists: dict[str, list[tuple[date, ...]]]
) -> History:
    owners = np.array([place[row[0]] for row in rows], dtype=np.int64)
    starts = np.array([row[1] for row in rows], dtype=np.int64)
    ends = np.array([row[2] for row in rows], dtype=np.int64)
    values = np.array([_number(name, row[3], lists) for row in rows], dtype=np.int64)
    if name == "is_employed":
        owners, starts, ends, values = _joined(owners, starts, ends, values)
    return history_of(len(place), owners, starts, ends, values)


def _joined(
    owners: Column, starts: Column, ends: Column, values: Column
) -> tuple[Column, Column, Column, Column]:
    """Employments that follow each other as one stretch of service."""
    goes_on = np.append(
        False, (owners[1:] == owners[:-1]) & (starts[1:] == ends[:-1]) & (values[1:] == values[:-1])
    )
    firsts = np.flatnonzero(~goes_on[: len(owners)])
    lasts = np.append(firsts[1:], len(owners)) - 1
    return owners[firsts], starts[firsts], ends[lasts], values[firsts]


def _number(name: str, text: str, lists: dict[str, list[tuple[date, ...]]]) -> int:
    if text == "null":
        return UNKNOWN
    fact, value = FACTS[name], _read(text)
    if fact.unit.name == "dates":
        lists.setdefault(name, []).append(tuple(date.fromisoformat(one) for one in value))
        return len(lists[name]) - 1
    if fact.choices:
        # A word that is none of the choices is refused where it is read, like any value out of its range.
        return fact.choices.index(value) if value in fact.choices else fact.highest + 1
    return date.fromisoformat(value).toordinal() if fact.unit.name == "date" else int(value)


def _read(text: str) -> Any:
    # Most values are whole numbers; for them JSON is a detour.
    return int(text) if text.lstrip("-").isdigit() else json.loads(text)
