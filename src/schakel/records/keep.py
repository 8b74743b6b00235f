"""Writing facts: only what differs is written, nothing is overwritten, and running twice writes nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from schakel.connectors.payroll_source import SEALED_FACTS, StatedFact
from schakel.engine.errors import UnmatchedEmployee
from schakel.engine.timeline import Period, Step, Timeline, TimelineChange, differences
from schakel.records import rows as kept
from schakel.records.models import Employee
from schakel.records.names import folded_names
from schakel.records.rows import PLACE, FactRow, NewFact, opened
from schakel.tenancy.sealing import blind_index, seal
from schakel.tenancy.statements import ask

# Of two that make the same employee at once the later one waits, sees nothing, and asks again.
FIND_OR_MAKE = """
WITH made AS (
    INSERT INTO records_employee (tenant_id, employer_id, reference, source, employee_key, employee_number,
        folded_names, service, bsn_index, fingerprint, last_seen_at)
    VALUES (%(tenant)s, %(employer)s, %(reference)s, %(source)s, %(key)s, %(number)s, '', '{}', '', '', %(at)s)
    ON CONFLICT (tenant_id, source, employee_key) DO NOTHING
    RETURNING id, employer_id, employee_number
)
SELECT id, employer_id, employee_number, true FROM made
UNION ALL
SELECT id, employer_id, employee_number, false FROM records_employee
WHERE tenant_id = %(tenant)s AND source = %(source)s AND employee_key = %(key)s
"""

NOTE = """
UPDATE records_employee SET
    fingerprint = coalesce(%(fingerprint)s, fingerprint),
    bsn_index = coalesce(%(bsn_index)s, bsn_index),
    folded_names = coalesce(%(folded_names)s, folded_names),
    service = coalesce(%(service)s::daterange[], service)
WHERE tenant_id = %(tenant)s AND id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with where it was stated; compared by value only, so that a new source is no change."""

    value: Any
    origin: Mapping[str, Any]
    delivery: UUID

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stated) and self.value == other.value

    def __hash__(self) -> int:
        return hash(json.dumps(self.value, sort_keys=True))


@dataclass(frozen=True, slots=True)
class Found:
    """The employee of a source's key."""

    employee_id: int
    is_new: bool
    is_renumbered: bool  #: payroll calls the employee by another number than before


@dataclass(slots=True)
class _Pages:
    """What one writing closes, adds and notes of the employee, done in three statements at its end."""

    closed: list[int] = field(default_factory=list)
    added: list[NewFact] = field(default_factory=list)
    bsn_index: str | None = None
    folded_names: str | None = None
    service: list[DateRange] | None = None


def find_or_make(
    employer_id: int, source: UUID, employee_key: str, employee_number: str, at: datetime
) -> Found:
    """The employee of this key in this source, made when new. Raises UnmatchedEmployee."""
    found: list[Any] = []
    while not found:
        found = ask(
            FIND_OR_MAKE,
            employer=employer_id,
            reference=uuid4(),
            source=source,
            key=employee_key,
            number=employee_number,
            at=at,
        )
    employee_id, of_employer, number, is_new = found[0]
    if of_employer != employer_id:
        raise UnmatchedEmployee
    if number != employee_number:
        Employee.objects.filter(id=employee_id).update(employee_number=employee_number)
    return Found(employee_id, is_new, number != employee_number)


def write(
    employee_id: int,
    stated: Sequence[StatedFact],
    recorded_at: datetime,
    delivery: UUID,
    *,
    is_new: bool = False,
    fingerprint: str | None = None,
) -> tuple[TimelineChange, ...]:
    """Take over what a source says, from the day it is authoritative on; returns what is different now.

    A fact the record leaves out stays as it was. What a source only tells as *current* is taken to hold since
    the first day of employment, as far back as nothing else is known. Of a new employee nothing has to be
    read. `fingerprint` is that of the record, once applied.
    """
    rows = {} if is_new else _known_rows(employee_id)
    first_day = _first_day_of_employment(stated, rows)
    pages = _Pages()
    changes = []
    for fact in stated:
        before = _timeline(rows.get(fact.fact, []))
        after = _overlaid(before, fact, first_day, delivery)
        periods = differences(before, after)
        if periods:
            _turn(pages, fact.fact, rows.get(fact.fact, []), after)
            changes.append(TimelineChange(str(employee_id), fact.fact, periods))
    if changes:
        moment = recorded_at if is_new else _moment(employee_id, recorded_at)
        kept.replace(employee_id, pages.closed, pages.added, moment)
    _note(employee_id, pages, fingerprint)
    return tuple(changes)


def _known_rows(employee_id: int) -> dict[str, list[FactRow]]:
    found: dict[str, list[FactRow]] = {}
    for row in kept.known_now(employee_id):
        found.setdefault(row.name, []).append(row)
    return found


def _moment(employee_id: int, recorded_at: datetime) -> datetime:
    """Knowledge only moves forward, also when the clock of a machine is set back."""
    last = kept.newest(employee_id)
    return recorded_at if last is None else max(recorded_at, last + timedelta(microseconds=1))


def _step(row: FactRow) -> Step[Stated]:
    return Step(Period(row.start, row.until), Stated(opened(row), row.origin, row.delivery))


def _timeline(rows: Sequence[FactRow]) -> Timeline[Stated]:
    return Timeline(_step(row) for row in rows)


def _overlaid(
    before: Timeline[Stated], fact: StatedFact, first_day: date | None, delivery: UUID
) -> Timeline[Stated]:
    """What was known, with what is stated now laid over it from the authoritative day on."""
    told = Timeline(
        Step(
            Period(value.effective_from, value.effective_until),
            Stated(value.value, value.origin.as_dict(), delivery),
        )
        for value in fact.values
    )
    start = fact.authoritative_from
    if start is None or start == date.min:
        return told.merged()
    if not before.steps:
        # Nothing was known yet: what a source tells of before that day is better than nothing.
        return _assumed(told, first_day).merged()
    kept = before.slice(Period(date.min, start))
    return _assumed(Timeline([*kept.steps, *told.slice(Period(start)).steps]), first_day).merged()


def _assumed(timeline: Timeline[Stated], first_day: date | None) -> Timeline[Stated]:
    """The earliest value drawn back to the first day of employment; its origin says that this is assumed."""
    if not timeline.steps or first_day is None or first_day >= timeline.steps[0].period.start:
        return timeline
    first, *rest = timeline.steps
    origin = {**first.value.origin, "assumed_from": first_day.isoformat()}
    drawn = Stated(first.value.value, origin, first.value.delivery)
    return Timeline([Step(Period(first_day, first.period.until), drawn), *rest])


def _first_day_of_employment(stated: Sequence[StatedFact], rows: Mapping[str, list[FactRow]]) -> date | None:
    days = [v.effective_from for fact in stated if fact.fact == "is_employed" for v in fact.values if v.value]
    days += [row.start for row in rows.get("is_employed", []) if row.value]
    return min(days, default=None)


def _turn(pages: _Pages, name: str, rows: Sequence[FactRow], after: Timeline[Stated]) -> None:
    """Close the belief of rows that are no longer so, and add what is new; equal rows stay untouched."""
    wanted = set(after.steps)
    standing = {_step(row): row for row in rows}
    pages.closed += [row.id for step, row in standing.items() if step not in wanted]
    pages.added += [_new(name, step.period, step.value) for step in after.steps if step not in standing]
    if name == "bsn":
        last = after.steps[-1].value.value if after.steps else None
        pages.bsn_index = blind_index(str(last), "records_employee.bsn") if last else ""
    elif name == "name":
        pages.folded_names = folded_names(step.value.value for step in reversed(after.steps))
    elif name == "is_employed":
        pages.service = [
            DateRange(step.period.start, step.period.until) for step in after.steps if step.value.value
        ]


def _new(name: str, period: Period, stated: Stated) -> NewFact:
    is_sealed = name in SEALED_FACTS and stated.value is not None
    return NewFact(
        name,
        None if is_sealed else stated.value,
        seal(str(stated.value).encode(), PLACE) if is_sealed else None,
        period.start,
        period.until,
        stated.delivery,
        dict(stated.origin),
    )


def _note(employee_id: int, pages: _Pages, fingerprint: str | None) -> None:
    """What stands beside the employee, to find them by and to know what was applied."""
    notes = {
        "fingerprint": fingerprint,
        "bsn_index": pages.bsn_index,
        "folded_names": pages.folded_names,
        "service": pages.service,
    }
    if any(note is not None for note in notes.values()):
        ask(NOTE, id=employee_id, **notes)


def seen(source: UUID, employee_keys: Sequence[str], at: datetime) -> None:
    """These employees were named by a delivery."""
    Employee.objects.filter(source=source, employee_key__in=employee_keys).update(last_seen_at=at)
