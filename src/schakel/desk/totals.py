"""What an employer's benefits come to per wage period, and what recalculations changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from schakel.desk.access import Act, Visitor, employer_or_not_found, inside
from schakel.desk.fact_words import fact_words
from schakel.desk.words import Words
from schakel.engine.catalogue import BENEFITS
from schakel.engine.catalogue import benefit as benefit_named
from schakel.participation import queries as participation
from schakel.records import queries as records

QUANTITY_WORDS: Mapping[str, Words] = {
    quantity.name: Words(quantity.nl, quantity.en)
    # Where benefits say one name in other words, those of the benefit people look for first hold.
    for one in reversed(BENEFITS)
    for quantity in one.quantities
}


@dataclass(frozen=True, slots=True)
class PeriodShown:
    """One wage period on an axis."""

    year: int
    number: int
    start: date
    until: date

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Series:
    """One benefit over the periods of a chart, in cents; None where there is no amount."""

    benefit_id: int
    benefit: str
    words: Words
    total: tuple[int | None, ...]  #: premium, contribution or allowance
    employee_part: tuple[int | None, ...]  #: what employees pay of it
    participants: tuple[int, ...]
    is_premium: bool  #: False: paid out to employees, such as an allowance


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one employer per wage period and benefit, ready for a chart."""

    periods: tuple[PeriodShown, ...]  #: oldest first
    series: tuple[Series, ...]
    premium_totals: tuple[int, ...]  #: cents per period, over the series that are premiums


@dataclass(frozen=True, slots=True)
class WageSumRow:
    """The premium of a wage-sum policy for one wage period, in cents."""

    benefit_id: int
    words: Words
    period: PeriodShown
    participants: int
    wage_sum: int
    premium: int
    employee_share: int
    employer_share: int
    known_from: datetime


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One amount, before and after (None: there was none)."""

    quantity: str
    words: Words
    start: date
    until: date
    old: int | None
    new: int | None

    @property
    def difference(self) -> int:
        return (self.new or 0) - (self.old or 0)


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """One recalculation that changed something."""

    id: int
    employee_id: int
    employee_reference: UUID
    employee_number: str
    employee_name: str
    benefit_id: int
    benefit_words: Words
    made_at: datetime
    effective_from: date
    facts_changed: tuple[Words, ...]
    delivery: UUID | None
    changes: tuple[ChangeShown, ...]
    premium_difference: int  #: cents, over the premiums and contributions among the changes


def totals(visitor: Visitor, employer_id: int, now: datetime, periods: int = 13) -> Totals:
    """What each benefit came to in the last wage periods up to now. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer_or_not_found(visitor, employer_id)
        since, by = _window(now, periods)
        lines = participation.totals(since, by, employer_id)
        sums = participation.wage_sums(since, by, employer_id)
    axis = sorted(
        {PeriodShown(one.year, one.number, one.start, one.until) for one in lines}
        | {PeriodShown(one.year, one.number, one.start, one.until) for one in sums},
        key=lambda one: one.start,
    )[-periods:]
    over_sums = {(one.benefit_id, one.start): one for one in sums}
    by_benefit: dict[int, dict[date, participation.TotalLine]] = {}
    for line in lines:
        by_benefit.setdefault(line.benefit_id, {})[line.start] = line
    series = tuple(
        _series(benefit_id, found, over_sums, axis) for benefit_id, found in sorted(by_benefit.items())
    )
    premiums = tuple(
        sum(one.total[index] or 0 for one in series if one.is_premium) for index in range(len(axis))
    )
    return Totals(tuple(axis), series, premiums)


def _window(now: datetime, periods: int) -> tuple[date, date]:
    by = localdate(now)
    return by - (periods + 1) * timedelta(days=31), by


def _series(
    benefit_id: int,
    found: Mapping[date, participation.TotalLine],
    over_sums: Mapping[tuple[int, date], participation.WageSumLine],
    axis: Sequence[PeriodShown],
) -> Series:
    name = next(iter(found.values())).benefit
    one = benefit_named(name)
    total: list[int | None] = []
    by_employee: list[int | None] = []
    for period in axis:
        line, over_sum = found.get(period.start), over_sums.get((benefit_id, period.start))
        if one.mechanic == "wage_sum":
            total.append(None if over_sum is None else over_sum.premium)
            by_employee.append(None if over_sum is None else over_sum.employee_share)
        else:
            total.append(None if line is None else line.total)
            by_employee.append(None if line is None else line.by_employee)
    return Series(
        benefit_id,
        name,
        Words(one.nl, one.en),
        tuple(total),
        tuple(by_employee),
        tuple(found[period.start].participants if period.start in found else 0 for period in axis),
        participation.paid(name).is_premium,
    )


def wage_sums(visitor: Visitor, employer_id: int, now: datetime, periods: int = 13) -> tuple[WageSumRow, ...]:
    """The premiums over the wage sum, the newest period first. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer_or_not_found(visitor, employer_id)
        lines = participation.wage_sums(*_window(now, periods), employer_id)
    last = sorted({line.start for line in lines})[-periods:]
    return tuple(_wage_sum(line) for line in reversed(lines) if line.start in last)


def _wage_sum(line: participation.WageSumLine) -> WageSumRow:
    one = benefit_named(line.benefit)
    return WageSumRow(
        line.benefit_id,
        Words(one.nl, one.en),
        PeriodShown(line.year, line.number, line.start, line.until),
        line.participants,
        line.wage_sum,
        line.premium,
        line.employee_share,
        line.premium - line.employee_share,
        line.known_from,
    )


def revisions_shown(lines: Sequence[participation.RevisionLine]) -> tuple[RevisionShown, ...]:
    """Revisions with names and words; inside a visitor's scope."""
    people = records.called({line.employee_id for line in lines})
    return tuple(_revision(line, people[line.employee_id]) for line in lines)


def _revision(line: participation.RevisionLine, who: records.Called) -> RevisionShown:
    one = benefit_named(line.benefit)
    wholes = {q.name for q in one.quantities if participation.is_whole_premium(one, q)}
    changes = changes_shown(line.changes)
    return RevisionShown(
        id=line.id,
        employee_id=line.employee_id,
        employee_reference=who.reference,
        employee_number=who.employee_number,
        employee_name=who.name,
        benefit_id=line.benefit_id,
        benefit_words=Words(one.nl, one.en),
        made_at=line.made_at,
        effective_from=line.effective_from,
        facts_changed=tuple(fact_words(name) for name in line.facts_changed),
        delivery=line.delivery,
        changes=changes,
        premium_difference=sum(change.difference for change in changes if change.quantity in wholes),
    )


def changes_shown(changes: Sequence[Mapping[str, Any]]) -> tuple[ChangeShown, ...]:
    """Kept changes with the words of their quantities."""
    return tuple(
        ChangeShown(
            one["quantity"],
            QUANTITY_WORDS.get(one["quantity"], Words(one["quantity"], one["quantity"])),
            date.fromisoformat(one["start"]),
            date.fromisoformat(one["until"]),
            one["old"],
            one["new"],
        )
        for one in changes
    )
