"""Facts as the engine reads them, as known on any moment; and who an employee is, for carriers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from schakel.engine.employee import FACTS, EmployeeTimeline, Sourced
from schakel.engine.timeline import Period, Step, Timeline
from schakel.records.keep import opened
from schakel.records.models import Employee, Fact


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
class KnownEmployee:
    """An employee as a source's key finds them."""

    employee_id: int
    employee_key: str
    fingerprint: str


def _rows(employee_id: int, known_at: datetime | None) -> Any:
    rows = Fact.objects.filter(employee_id=employee_id)
    return rows.filter(known__upper_inf=True) if known_at is None else rows.filter(known__contains=known_at)


def timeline_of(employee_id: int, known_at: datetime | None = None) -> EmployeeTimeline:
    """What rules may read of one employee, as known on a moment (None: now). Origins are `fact:<id>`."""
    steps: dict[str, list[Step[Sourced]]] = {}
    for row in _rows(employee_id, known_at).filter(name__in=FACTS):
        step = Step(
            Period(row.valid.lower, row.valid.upper),
            Sourced(as_read(row.name, row.value), f"fact:{row.id}"),
        )
        steps.setdefault(row.name, []).append(step)
    return EmployeeTimeline(str(employee_id), {name: Timeline(found) for name, found in steps.items()})


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
    employee = Employee.objects.get(id=employee_id)
    names = ("name", "bsn", "birth_on", "partner_birth_on", "children_birth_on")
    rows = _rows(employee_id, known_at).filter(name__in=names).order_by("valid")
    # The value of the day, else the nearest one: a leaver's name does not end with the employment.
    values: dict[str, Any] = {}
    for row in rows.filter(Q(valid__contains=on) | Q(valid__fully_lt=(on, None))):
        values[row.name] = opened(row)
    for row in rows:
        values.setdefault(row.name, opened(row))
    name: Mapping[str, Any] = values.get("name") or {}
    return Identity(
        employee.id,
        employee.employer_id,
        employee.reference,
        employee.employee_number,
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
    return {row.employee_key: KnownEmployee(row.id, row.employee_key, row.fingerprint) for row in rows}
