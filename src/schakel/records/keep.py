"""Writing facts: only what differs is written, nothing is overwritten, and running twice writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from schakel.connectors.payroll_source import SEALED_FACTS, StatedFact
from schakel.engine.timeline import Period, Step, Timeline, TimelineChange, differences
from schakel.records.models import Employee, Fact
from schakel.tenancy.scope import current_scope
from schakel.tenancy.sealing import blind_index, seal, unseal

PLACE = "records_fact.sealed"


@dataclass(frozen=True, slots=True)
class Held:
    """A value as it stands in a row: equal values are equal, wherever they came from."""

    value: Any

    def __hash__(self) -> int:
        return hash(repr(self.value))


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with where it was stated; compared by value only, so that a new source is no change."""

    value: Any
    origin: Mapping[str, Any]
    delivery: UUID

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stated) and self.value == other.value

    def __hash__(self) -> int:
        return hash(repr(self.value))


def find_or_make(employer_id: int, source: UUID, employee_key: str, employee_number: str) -> tuple[int, bool]:
    """The employee of this key in this source; made when new. Returns (id, is new)."""
    employee, is_new = Employee.objects.get_or_create(
        source=source,
        employee_key=employee_key,
        defaults={"employer_id": employer_id, "employee_number": employee_number},
    )
    if employee.employee_number != employee_number:
        employee.employee_number = employee_number
        employee.save(update_fields=["employee_number"])
    return int(employee.id), is_new


def write(
    employee_id: int, stated: Sequence[StatedFact], recorded_at: datetime, delivery: UUID
) -> tuple[TimelineChange, ...]:
    """Take over what a source says, from the day it is authoritative on; returns what is different now.

    A fact the record leaves out stays as it was. A fact that a source only tells as *current* and of which
    nothing was known yet is taken to hold since the first day of employment: nothing else is known.
    """
    rows = _known_rows(employee_id)
    first_day = _first_day_of_employment(stated, rows)
    changes = []
    for fact in stated:
        before = _timeline(rows.get(fact.fact, []))
        after = _overlaid(before, fact, first_day, delivery)
        periods = differences(before, after)
        if periods:
            _store(employee_id, fact.fact, rows.get(fact.fact, []), before, after, recorded_at)
            changes.append(TimelineChange(str(employee_id), fact.fact, periods))
            if fact.fact == "bsn":
                _index_bsn(employee_id, after)
    return tuple(changes)


def _known_rows(employee_id: int) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for row in Fact.objects.filter(employee_id=employee_id, known__upper_inf=True):
        found.setdefault(row.name, []).append(row)
    return found


def opened(row: Fact) -> Any:
    """The value of a row, unsealed when it is sealed at rest."""
    return unseal(row.sealed, PLACE).decode() if row.sealed is not None else row.value


def _timeline(rows: Sequence[Fact]) -> Timeline[Stated]:
    return Timeline(
        Step(Period(row.valid.lower, row.valid.upper), Stated(opened(row), row.origin, row.delivery))
        for row in rows
    )


def _overlaid(
    before: Timeline[Stated], fact: StatedFact, first_day: date | None, delivery: UUID
) -> Timeline[Stated]:
    """What was known, with what is stated now laid over it from the authoritative day on."""
    start = fact.authoritative_from
    steps = [
        Step(
            Period(value.effective_from, value.effective_until),
            Stated(value.value, value.origin.as_dict(), delivery),
        )
        for value in fact.values
    ]
    if start is not None and not before.steps and steps and first_day is not None:
        first = min(steps, key=lambda step: step.period.start)
        if first_day < first.period.start:
            origin = {**first.value.origin, "assumed_from": first_day.isoformat()}
            steps.remove(first)
            steps.append(
                Step(Period(first_day, first.period.until), Stated(first.value.value, origin, delivery))
            )
            start = first_day
    told = Timeline(steps)
    kept = before if start is None else before.slice(Period(date.min, start)) if start > date.min else before
    base = Timeline[Stated]() if start is None else kept
    return Timeline([*base.steps, *told.slice(Period(start or date.min)).steps]).merged()


def _first_day_of_employment(stated: Sequence[StatedFact], rows: Mapping[str, list[Fact]]) -> date | None:
    days = [v.effective_from for fact in stated if fact.fact == "is_employed" for v in fact.values if v.value]
    days += [row.valid.lower for row in rows.get("is_employed", []) if row.value]
    return min(days, default=None)


def _store(
    employee_id: int,
    name: str,
    rows: Sequence[Fact],
    before: Timeline[Stated],
    after: Timeline[Stated],
    recorded_at: datetime,
) -> None:
    """Close the belief of rows that are no longer so, and add what is new; equal rows stay untouched."""
    wanted = {(step.period, step.value) for step in after.steps}
    standing = {(step.period, step.value) for step in before.steps}
    for row in rows:
        step = (Period(row.valid.lower, row.valid.upper), Stated(opened(row), row.origin, row.delivery))
        if step in wanted:
            continue
        assert row.known.lower < recorded_at, "knowledge only moves forward"
        row.known = DateTimeTZRange(row.known.lower, recorded_at)
        row.save(update_fields=["known"])
    Fact.objects.bulk_create(
        _row(employee_id, name, period, value, recorded_at)
        for period, value in sorted(wanted - standing, key=lambda item: item[0].start)
    )


def _row(employee_id: int, name: str, period: Period, stated: Stated, recorded_at: datetime) -> Fact:
    is_sealed = name in SEALED_FACTS and stated.value is not None
    return Fact(
        tenant_id=current_scope().tenant_id,
        employee_id=employee_id,
        name=name,
        value=None if is_sealed else stated.value,
        sealed=seal(str(stated.value).encode(), PLACE) if is_sealed else None,
        valid=DateRange(period.start, period.until),
        known=DateTimeTZRange(recorded_at, None),
        delivery=stated.delivery,
        origin=dict(stated.origin),
    )


def _index_bsn(employee_id: int, timeline: Timeline[Stated]) -> None:
    last = timeline.steps[-1].value.value if timeline.steps else None
    index = blind_index(str(last), "records_employee.bsn") if last else ""
    Employee.objects.filter(id=employee_id).update(bsn_index=index)


def seen(source: UUID, employee_keys: Sequence[str], at: datetime) -> None:
    """These employees were named by a delivery."""
    Employee.objects.filter(source=source, employee_key__in=employee_keys).update(last_seen_at=at)


def note_fingerprint(employee_id: int, fingerprint: str) -> None:
    """The record of this fingerprint has been applied."""
    Employee.objects.filter(id=employee_id).update(fingerprint=fingerprint)
