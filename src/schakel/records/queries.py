"""Questions about employees and the facts held of them. What is sealed at rest stays sealed here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import BooleanField, Count, DateField, F, Func, OuterRef, Q, Subquery, Value

from schakel.records.models import Employee, Fact
from schakel.records.names import folded


@dataclass(frozen=True, slots=True)
class EmployeeLine:
    """One employee as lists show them."""

    id: int
    employer_id: int
    employer_name: str
    reference: UUID
    source: UUID
    employee_number: str
    name: str = field(repr=False)
    birth_on: date | None = field(repr=False)
    is_in_service: bool
    since: date | None
    until: date | None
    last_seen_at: datetime | None
    bsn_is_known: bool


@dataclass(frozen=True, slots=True)
class Called:
    """What people call an employee by."""

    employee_id: int
    reference: UUID
    employer_id: int
    employee_number: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value of one fact, for one period, as believed during one stretch of time."""

    id: int
    name: str
    value: Any = field(repr=False)  #: None when sealed
    is_sealed: bool
    start: date
    until: date | None
    known_since: datetime
    known_until: datetime | None
    delivery: UUID
    origin: Mapping[str, Any]


KINDS = ("all", "in_service", "left", "with_issue")


def in_service_by_employer(on: date, employer_id: int | None = None) -> dict[int, int]:
    """How many employees are in service on a day, for each employer in scope that has one, or for one of them."""
    rows = Employee.objects.filter(_serves(on))
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    return dict(rows.values_list("employer_id").annotate(number=Count("*")).order_by())


def employees(
    employer_id: int,
    on: date,
    *,
    search: str,
    kind: str,
    with_issue: Collection[int],
    offset: int,
    limit: int,
) -> tuple[list[EmployeeLine], int]:
    """A page of the employees of one employer by last name, and how many there are."""
    rows = _of_kind(Employee.objects.filter(employer_id=employer_id), kind, on, with_issue)
    for word in folded(search).split():
        rows = rows.filter(Q(folded_names__contains=word) | Q(employee_number__istartswith=word))
    page = rows.order_by("folded_names", "employee_number", "id").values_list("id", flat=True)
    ids = list(page[offset : offset + limit])
    found = lines(ids, on)
    return [found[one] for one in ids], rows.order_by().count()


def kinds_of(employer_id: int, on: date, with_issue: Collection[int]) -> dict[str, int]:
    """How many employees of one employer there are of each kind; `with_issue` are employees of this employer."""
    counted = Employee.objects.filter(employer_id=employer_id).aggregate(
        all=Count("*"),
        in_service=Count("id", filter=_serves(on)),
        left=Count("id", filter=~_serves(on) & _has_served(on)),
    )
    return {**counted, "with_issue": len(with_issue)}


def _of_kind(rows: Any, kind: str, on: date, with_issue: Collection[int]) -> Any:
    assert kind in KINDS, kind
    if kind == "with_issue":
        return rows.filter(id__in=with_issue)
    if kind == "in_service":
        return rows.filter(_serves(on))
    if kind == "left":
        return rows.filter(~_serves(on), _has_served(on))
    return rows


class _Any(Func):
    """Whether a day, or a range, stands so to any of the stretches of an array."""

    template = "(%(expressions)s))"
    output_field = BooleanField()


def _serves(on: date) -> Q:
    return Q(_Any(Value(on, DateField()), F("service"), arg_joiner=" <@ ANY("))


def _has_served(on: date) -> Q:
    later = Value(DateRange(on, None), DateRangeField())
    return Q(_Any(later, F("service"), arg_joiner=" >> ANY("))


def _held(name: str) -> Any:
    return Fact.objects.filter(name=name, known__upper_inf=True)


def lines(employee_ids: Collection[int], on: date) -> dict[int, EmployeeLine]:
    """These employees, as they are on a day; two queries, however many there are."""
    facts: dict[int, dict[str, list[Fact]]] = {}
    names = ("name", "birth_on", "is_employed")
    held = Fact.objects.filter(employee_id__in=employee_ids, name__in=names, known__upper_inf=True)
    for row in held.order_by("valid"):
        facts.setdefault(row.employee_id, {}).setdefault(row.name, []).append(row)
    rows = Employee.objects.filter(id__in=employee_ids).select_related("employer")
    return {row.id: _line(row, facts.get(row.id, {}), on) for row in rows}


def called(employee_ids: Collection[int]) -> dict[int, Called]:
    """What these employees are called now, by the last name known; one query, however many there are."""
    name = _held("name").filter(employee_id=OuterRef("pk")).order_by("-valid__startswith").values("value")[:1]
    rows = Employee.objects.filter(id__in=employee_ids).annotate(name=Subquery(name))
    return {
        row.id: Called(row.id, row.reference, row.employer_id, row.employee_number, spelled(row.name))
        for row in rows
    }


def id_of(reference: UUID) -> int | None:
    """Our number for the employee that addresses and carriers know by a reference, if in scope."""
    return Employee.objects.filter(reference=reference).values_list("id", flat=True).first()


def line(employee_id: int, on: date) -> EmployeeLine | None:
    """One employee, if in scope."""
    return lines((employee_id,), on).get(employee_id)


def _line(row: Employee, facts: Mapping[str, list[Fact]], on: date) -> EmployeeLine:
    name = _nearest(facts.get("name", ()), on)
    birth = _nearest(facts.get("birth_on", ()), on)
    service = _nearest([fact for fact in facts.get("is_employed", ()) if fact.value], on)
    return EmployeeLine(
        id=row.id,
        employer_id=row.employer_id,
        employer_name=row.employer.name,
        reference=row.reference,
        source=row.source,
        employee_number=row.employee_number,
        name=spelled(None if name is None else name.value),
        birth_on=None if birth is None or birth.value is None else date.fromisoformat(birth.value),
        is_in_service=service is not None and on in _days(service),
        since=None if service is None else service.valid.lower,
        until=None if service is None else service.valid.upper,
        last_seen_at=row.last_seen_at,
        bsn_is_known=bool(row.bsn_index),
    )


def _days(fact: Fact) -> Any:
    return fact.valid


def _nearest(facts: Collection[Fact], on: date) -> Fact | None:
    """Of facts in order of time: the last one that began by the day, else the first one after it."""
    begun = [fact for fact in facts if fact.valid.lower <= on]
    return begun[-1] if begun else next(iter(facts), None)


def spelled(name: Mapping[str, Any] | None) -> str:
    """A name as people write it: initials, prefix, last name."""
    parts = (str((name or {}).get(part) or "") for part in ("initials", "prefix", "last_name"))
    return " ".join(part for part in parts if part)


def facts_of(employee_id: int, known_at: datetime | None) -> list[FactLine]:
    """Every fact of one employee as known on a moment (None: now), oldest period first."""
    rows = Fact.objects.filter(employee_id=employee_id)
    rows = rows.filter(known__upper_inf=True) if known_at is None else rows.filter(known__contains=known_at)
    return [_fact(row) for row in rows.order_by("name", "valid")]


def superseded_facts(employee_id: int, known_at: datetime | None) -> list[FactLine]:
    """What was believed earlier, and by a moment (None: now) no longer, the newest belief first."""
    rows = Fact.objects.filter(employee_id=employee_id, known__upper_inf=False)
    if known_at is not None:
        rows = rows.filter(known__endswith__lte=known_at)
    return [_fact(row) for row in rows.order_by("name", "-known", "valid")]


def facts_named(fact_ids: Collection[int]) -> dict[int, FactLine]:
    """These facts by id, as far as they are in scope."""
    return {row.id: _fact(row) for row in Fact.objects.filter(id__in=fact_ids)}


def _fact(row: Fact) -> FactLine:
    return FactLine(
        row.id,
        row.name,
        row.value,
        row.sealed is not None,
        row.valid.lower,
        row.valid.upper,
        row.known.lower,
        row.known.upper,
        row.delivery,
        row.origin,
    )
