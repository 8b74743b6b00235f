"""What a payroll source could tell, in few words; and one employer that reads it through the stations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from schakel.connectors.payroll_source import (
    CurrentPeriod,
    Delivery,
    Entity,
    Origin,
    PayrollRecord,
    Remark,
    StatedFact,
    StatedValue,
)
from schakel.engine.wage_periods import wage_period
from schakel.intake import apply, receive
from schakel.intake.guard import GuardLimits
from schakel.participation import affected, recalculate
from schakel.participation.wage_sums import WageSumChange, settle_wage_sums
from schakel.schemes.agreed import benefits_of
from schakel.tenancy.scope import current_scope

LINK = UUID("6f0f5bb1-44c7-4c5e-9f5e-5a6d2b7f2a01")
ORIGIN = Origin("EmployeeService.Salary_GetAll_AllEmployeesByCompany", "Salary/Value", "ab" * 32)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def period_of(year: int, number: int, kind: str = "month") -> CurrentPeriod:
    found = wage_period(kind, year, number)
    assert found.period.until is not None
    return CurrentPeriod(kind, year, number, found.period.start, found.period.until)  # type: ignore[arg-type]  # one of the kinds, from a test


NOVEMBER = period_of(2026, 11)
DECEMBER = period_of(2026, 12)

Values = Sequence[tuple[date, date | None, Any]]


def fact(name: str, values: Values, since: date | None = None, origin: Origin = ORIGIN) -> StatedFact:
    """The whole history (since None) or what holds from a day on."""
    told = (StatedValue(start, until, value, origin) for start, until, value in values)
    return StatedFact(name, since, tuple(told))


@dataclass(frozen=True)
class Told:
    """One employee as payroll knows them; the defaults are somebody ordinary."""

    key: str = "1001"
    number: str = "17"
    employed: Values = ((date(2020, 3, 1), None, True),)
    salaries: Values = ((date(2020, 3, 1), None, 400_000),)
    part_time: int = 1_000_000
    name: str = "Bakker"
    birth_on: str = "1985-06-15"
    has_partner: bool = False
    children: tuple[str, ...] = ()
    home_days: int = 800
    iban: str | None = None
    remarks: tuple[Remark, ...] = ()
    left_out: frozenset[str] = frozenset()

    def but(self, **changes: Any) -> "Told":
        return replace(self, **changes)

    def record(self, period: CurrentPeriod, origin: Origin = ORIGIN) -> PayrollRecord:
        """Histories as such; the rest from the current wage period on, as payroll tells it."""
        now: dict[str, Any] = {
            "salary_kind": "part_time",
            "part_time_factor": self.part_time,
            "hours_per_week": self.part_time * 40 // 10_000,
            "full_time_hours_per_week": 4_000,
            "wage_period_kind": period.kind,
            "has_partner": self.has_partner,
            "partner_birth_on": "1986-01-20" if self.has_partner else None,
            "children_birth_on": list(self.children),
            "is_wia_insured": True,
            "fixed_allowance": 0,
            "home_working_days": self.home_days,
            "name": {"initials": "A.", "prefix": "", "last_name": self.name},
            **({"iban": self.iban} if self.iban else {}),
        }
        stated = [
            fact("is_employed", self.employed, origin=origin),
            fact("salary_amount", self.salaries, origin=origin),
            fact("birth_on", [(date(1900, 1, 1), None, self.birth_on)], origin=origin),
            *(fact(name, [(period.start, None, value)], period.start, origin) for name, value in now.items()),
        ]
        kept = tuple(one for one in stated if one.fact not in self.left_out)
        return PayrollRecord(self.key, "41001", self.number, kept, self.remarks)


def people(count: int, **same: Any) -> list[Told]:
    return [Told(key=str(1000 + index), number=str(index), **same) for index in range(count)]


def delivery(
    told: Iterable[Told | PayrollRecord],
    period: CurrentPeriod = NOVEMBER,
    *,
    named: Iterable[str] | None = None,
    remarks: tuple[Remark, ...] = (),
    origin: Origin = ORIGIN,
) -> Delivery:
    """One reading, with its records as a stream."""
    records = [one if isinstance(one, PayrollRecord) else one.record(period, origin) for one in told]
    keys = frozenset(record.employee_key for record in records) if named is None else frozenset(named)
    entity = Entity("41001", "Voorbeeld Kozijnen B.V.", period.kind)
    return Delivery(entity, period, keys, iter(records), remarks)


@dataclass
class Synced:
    """What one reading brought."""

    delivery: UUID
    received: receive.Received
    applied: list[apply.Applied] = field(default_factory=list)
    revisions: list[recalculate.RevisionMade] = field(default_factory=list)
    wage_sums: tuple[WageSumChange, ...] = ()

    def changed(self, quantity: str) -> dict[date, tuple[int | None, int | None]]:
        """Old and new amounts by the first day of the wage period, over all employees."""
        return {
            change.start: (change.old, change.new)
            for revision in self.revisions
            for change in revision.changes
            if change.quantity == quantity
        }


@dataclass
class Reader:
    """One employer that is read again and again, with a clock that goes on by itself."""

    employer_id: int
    now: datetime = START

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def take_in(self, told: Delivery, limits: GuardLimits | None = None) -> tuple[UUID, receive.Received]:
        """Open and receive."""
        opened = receive.open_delivery(self.employer_id, LINK, "41001", self.clock())
        got = receive.receive(
            opened.reference,
            told,
            limits or GuardLimits(),
            self.clock(),
            tenant_id=current_scope().tenant_id,
        )
        return opened.reference, got

    def follow_all(self, reference: UUID, result: Synced) -> Synced:
        """Apply, affected, recalculate for everybody who waits, then settle and finish."""
        for key in receive.pending(reference):
            known_at = self.clock()
            applied = apply.apply(reference, key, known_at)
            facts = tuple(sorted({change.fact for change in applied.changes}))
            horizon = receive.horizon(reference)
            benefits = affected.affected(applied.employee_id, benefits_of(self.employer_id), facts, horizon)
            result.applied.append(applied)
            result.revisions += recalculate.recalculate(
                applied.employee_id, benefits, horizon, known_at, reference, facts
            )
        result.wage_sums = settle_wage_sums(self.employer_id, self.clock())
        receive.finish(reference, self.clock())
        return result

    def sync(
        self,
        told: Sequence[Told | PayrollRecord],
        period: CurrentPeriod = NOVEMBER,
        limits: GuardLimits | None = None,
        **more: Any,
    ) -> Synced:
        """One whole reading; what the guard holds is not followed."""
        self.now += timedelta(hours=3)
        reference, got = self.take_in(delivery(told, period, **more), limits)
        return self.follow_all(reference, Synced(reference, got))


def broken(records: Iterable[PayrollRecord], error: Exception) -> Iterator[PayrollRecord]:
    """A stream that breaks after these."""
    yield from records
    raise error
