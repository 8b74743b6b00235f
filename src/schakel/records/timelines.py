"""Facts as the engine reads them, as known on any moment; and who an employee is, for carriers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schakel.engine.employee import FACTS, EmployeeTimeline, Sourced
from schakel.engine.timeline import Period, Step, Timeline, differences
from schakel.records import rows as kept
from schakel.records.models import Employee, Fact
from schakel.records.rows import FactRow, opened


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an employee is on a day. The BSN does not show in a repr."""

    employee_id: int
    employer_id: int
    reference: UUID
    employee_number: str
    initials: str
    prefix: str
    last_name: str
    birth_on: date | None
    bsn: str | None
    partner_birth_on: date | None
    children_birth_on: tuple[date, ...]

    def __repr__(self) -> str:
        return f"Identity({self.reference})"


@dataclass(frozen=True, slots=True)
class Held:
    """A value as it stands in a row, so that *known to be none* is not *not known*."""

    value: Any


@dataclass(frozen=True, slots=True)
class KnownEmployee:
    """An employee as a source's key finds them."""

    employee_id: int
    employee_key: str
    fingerprint: str
    last_seen_at: datetime | None  #: the last delivery that named this employee


def _rows(employee_id: int, known_at: datetime | None) -> Any:
    rows = Fact.objects.filter(employee_id=employee_id)
    return rows.filter(known__upper_inf=True) if known_at is None else rows.filter(known__contains=known_at)


def timeline_of(employee_id: int, known_at: datetime | None = None) -> EmployeeTimeline:
    """What rules may read of one employee, as known on a moment (None: now). Origins are `fact:<id>`."""
    rows = _rows(employee_id, known_at).filter(name__in=FACTS)
    return _timeline(
        employee_id, ((row.id, row.name, row.value, row.valid.lower, row.valid.upper) for row in rows)
    )


def _timeline(employee_id: int, rows: Iterable[tuple[int, str, Any, date, date | None]]) -> EmployeeTimeline:
    steps: dict[str, list[Step[Sourced]]] = {}
    for key, name, value, start, until in rows:
        step = Step(Period(start, until), Sourced(as_read(name, value), f"fact:{key}"))
        steps.setdefault(name, []).append(step)
    return EmployeeTimeline(str(employee_id), {name: Timeline(found) for name, found in steps.items()})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What rules may read of one employee now, and what was different on moments before."""

    facts: EmployeeTimeline
    recorded_at: datetime | None  #: when the newest of it was recorded; None when nothing is known
    rows: tuple[FactRow, ...]

    def changed_since(self, known_at: datetime) -> dict[str, tuple[Period, ...]]:
        """The facts that are different from what was known on a moment, and for which days."""
        before: dict[str, list[Step[Held]]] = {}
        now: dict[str, list[Step[Held]]] = {}
        for row in self.rows:
            step = Step(Period(row.start, row.until), Held(row.value))
            if row.known_from <= known_at and (row.known_until is None or known_at < row.known_until):
                before.setdefault(row.name, []).append(step)
            if row.known_until is None:
                now.setdefault(row.name, []).append(step)
        found = {
            name: differences(Timeline(before.get(name, ())), Timeline(now.get(name, ())))
            for name in before.keys() | now.keys()
        }
        return {name: periods for name, periods in found.items() if periods}


def knowledge_of(employee_id: int, since: datetime | None = None) -> Knowledge:
    """What rules may read of one employee, and what was believed of it from a moment on (None: only now)."""
    found = tuple(kept.known_since(employee_id, FACTS, since))
    standing = [row for row in found if row.known_until is None]
    facts = _timeline(employee_id, ((row.id, row.name, row.value, row.start, row.until) for row in standing))
    return Knowledge(facts, max((row.known_from for row in standing), default=None), found)


def as_read(name: str, value: Any) -> Any:
    """A stored value as the engine wants it: dates are dates."""
    if value is None:
        return None
    if FACTS[name].unit.name == "date":
        return date.fromisoformat(value)
    if FACTS[name].unit.name == "dates":
        return tuple(date.fromisoformat(one) for one in value)
    return value


def identity_on(employee_id: int, on: date, known_at: datetime | None = None) -> Identity:
    """Who this employee is on a day, as known on a moment. The BSN is opened: hand it on only where a law allows."""
    names = ("name", "bsn", "birth_on", "partner_birth_on", "children_birth_on")
    employer_id, reference, number, values = kept.of_person(employee_id, names, on, known_at)
    name: Mapping[str, Any] = values.get("name") or {}
    return Identity(
        employee_id,
        employer_id,
        reference,
        number,
        str(name.get("initials") or ""),
        str(name.get("prefix") or ""),
        str(name.get("last_name") or ""),
        as_read("birth_on", values.get("birth_on")),
        values.get("bsn"),
        as_read("partner_birth_on", values.get("partner_birth_on")),
        as_read("children_birth_on", values.get("children_birth_on")) or (),
    )


def employees_of_source(source: UUID, employer_id: int) -> dict[str, KnownEmployee]:
    """The employees one payroll link knows at one employer, by the source's key."""
    rows = Employee.objects.filter(source=source, employer_id=employer_id)
    return {
        row.employee_key: KnownEmployee(row.id, row.employee_key, row.fingerprint, row.last_seen_at)
        for row in rows.only("id", "employee_key", "fingerprint", "last_seen_at")
    }


def in_service_on(source: UUID, employer_id: int, on: date) -> frozenset[int]:
    """The employees of one payroll link at one employer who are in service on a day, as known now."""
    rows = Fact.objects.filter(
        employee__source=source,
        employee__employer_id=employer_id,
        name="is_employed",
        value=True,
        known__upper_inf=True,
        valid__contains=on,
    )
    return frozenset(rows.values_list("employee_id", flat=True))


def values_of(employee_ids: Collection[int], names: Collection[str]) -> dict[int, dict[str, Timeline[Any]]]:
    """Some facts of several employees, as known now and unsealed. Hand them on to nobody."""
    steps: dict[int, dict[str, list[Step[Any]]]] = {}
    rows = Fact.objects.filter(employee_id__in=employee_ids, name__in=names, known__upper_inf=True)
    for row in rows:
        step = Step(Period(row.valid.lower, row.valid.upper), opened(row))
        steps.setdefault(row.employee_id, {}).setdefault(row.name, []).append(step)
    return {
        employee_id: {name: Timeline(found) for name, found in named.items()}
        for employee_id, named in steps.items()
    }
