"""Writing facts: only what differs is written, nothing is overwritten, and running twice writes nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import F, Func, Max
from django.db.models.functions import Greatest, Lower, Upper

from schakel.connectors.payroll_source import SEALED_FACTS, StatedFact
from schakel.engine.errors import UnmatchedEmployee
from schakel.engine.timeline import Period, Step, Timeline, TimelineChange, differences
from schakel.records.models import Employee, Fact
from schakel.records.names import folded_names
from schakel.tenancy.scope import current_scope
from schakel.tenancy.sealing import blind_index, seal, unseal

PLACE = "records_fact.sealed"


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
    """What one writing closes and adds, done in two statements at its end."""

    closed: list[int] = field(default_factory=list)
    added: list[Fact] = field(default_factory=list)


def find_or_make(
    employer_id: int, source: UUID, employee_key: str, employee_number: str, at: datetime
) -> Found:
    """The employee of this key in this source, made when new. Raises UnmatchedEmployee."""
    employee, is_new = Employee.objects.get_or_create(
        source=source,
        employee_key=employee_key,
        defaults={"employer_id": employer_id, "employee_number": employee_number, "last_seen_at": at},
    )
    if employee.employer_id != employer_id:
        raise UnmatchedEmployee
    is_renumbered = employee.employee_number != employee_number
    if is_renumbered:
        employee.employee_number = employee_number
        employee.save(update_fields=["employee_number"])
    return Found(int(employee.id), is_new, is_renumbered)


def write(
    employee_id: int, stated: Sequence[StatedFact], recorded_at: datetime, delivery: UUID
) -> tuple[TimelineChange, ...]:
    """Take over what a source says, from the day it is authoritative on; returns what is different now.

    A fact the record leaves out stays as it was. What a source only tells as *current* is taken to hold since
    the first day of employment, as far back as nothing else is known.
    """
    rows = _known_rows(employee_id)
    first_day = _first_day_of_employment(stated, rows)
    pages = _Pages()
    changes = []
    for fact in stated:
        before = _timeline(rows.get(fact.fact, []))
        after = _overlaid(before, fact, first_day, delivery)
        periods = differences(before, after)
        if periods:
            _turn(pages, employee_id, fact.fact, rows.get(fact.fact, []), after)
            changes.append(TimelineChange(str(employee_id), fact.fact, periods))
            if fact.fact == "bsn":
                _index_bsn(employee_id, after)
            elif fact.fact == "name":
                _fold_names(employee_id, after)
            elif fact.fact == "is_employed":
                _note_service(employee_id, after)
    if changes:
        _store(pages, _moment(employee_id, recorded_at))
    return tuple(changes)


def _known_rows(employee_id: int) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for row in Fact.objects.filter(employee_id=employee_id, known__upper_inf=True):
        found.setdefault(row.name, []).append(row)
    return found


def _moment(employee_id: int, recorded_at: datetime) -> datetime:
    """Knowledge only moves forward, also when the clock of a machine is set back."""
    rows = Fact.objects.filter(employee_id=employee_id)
    last = rows.aggregate(last=Greatest(Max(Lower("known")), Max(Upper("known"))))["last"]
    return recorded_at if last is None else max(recorded_at, last + timedelta(microseconds=1))


def opened(row: Fact) -> Any:
    """The value of a row, unsealed when it is sealed at rest."""
    return unseal(row.sealed, PLACE).decode() if row.sealed is not None else row.value


def _step(row: Fact) -> Step[Stated]:
    return Step(Period(row.valid.lower, row.valid.upper), Stated(opened(row), row.origin, row.delivery))


def _timeline(rows: Sequence[Fact]) -> Timeline[Stated]:
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


def _first_day_of_employment(stated: Sequence[StatedFact], rows: Mapping[str, list[Fact]]) -> date | None:
    days = [v.effective_from for fact in stated if fact.fact == "is_employed" for v in fact.values if v.value]
    days += [row.valid.lower for row in rows.get("is_employed", []) if row.value]
    return min(days, default=None)


def _turn(pages: _Pages, employee_id: int, name: str, rows: Sequence[Fact], after: Timeline[Stated]) -> None:
    """Close the belief of rows that are no longer so, and add what is new; equal rows stay untouched."""
    wanted = set(after.steps)
    standing = {_step(row): row for row in rows}
    pages.closed += [row.id for step, row in standing.items() if step not in wanted]
    pages.added += [
        _row(employee_id, name, step.period, step.value) for step in after.steps if step not in standing
    ]


def _store(pages: _Pages, moment: datetime) -> None:
    # First the old, then the new: two values at one time are refused by the table itself.
    Fact.objects.filter(id__in=pages.closed).update(
        known=Func(
            Lower(F("known")), moment, function="tstzrange", output_field=Fact._meta.get_field("known")
        )
    )
    for row in pages.added:
        row.known = DateTimeTZRange(moment, None)
    Fact.objects.bulk_create(pages.added)


def _row(employee_id: int, name: str, period: Period, stated: Stated) -> Fact:
    is_sealed = name in SEALED_FACTS and stated.value is not None
    return Fact(
        tenant_id=current_scope().tenant_id,
        employee_id=employee_id,
        name=name,
        value=None if is_sealed else stated.value,
        sealed=seal(str(stated.value).encode(), PLACE) if is_sealed else None,
        valid=DateRange(period.start, period.until),
        delivery=stated.delivery,
        origin=dict(stated.origin),
    )


def _index_bsn(employee_id: int, timeline: Timeline[Stated]) -> None:
    last = timeline.steps[-1].value.value if timeline.steps else None
    index = blind_index(str(last), "records_employee.bsn") if last else ""
    Employee.objects.filter(id=employee_id).update(bsn_index=index)


def _fold_names(employee_id: int, timeline: Timeline[Stated]) -> None:
    names = folded_names(step.value.value for step in reversed(timeline.steps))
    Employee.objects.filter(id=employee_id).update(folded_names=names)


def _note_service(employee_id: int, timeline: Timeline[Stated]) -> None:
    days = [DateRange(step.period.start, step.period.until) for step in timeline.steps if step.value.value]
    Employee.objects.filter(id=employee_id).update(service=days)


def seen(source: UUID, employee_keys: Sequence[str], at: datetime) -> None:
    """These employees were named by a delivery."""
    Employee.objects.filter(source=source, employee_key__in=employee_keys).update(last_seen_at=at)


def note_fingerprint(employee_id: int, fingerprint: str) -> None:
    """The record of this fingerprint has been applied."""
    Employee.objects.filter(id=employee_id).update(fingerprint=fingerprint)
