"""Questions about amounts, what changed, and what could not be calculated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, F, Func, IntegerField, JSONField, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from schakel.engine.catalogue import Benefit, Quantity
from schakel.engine.catalogue import benefit as benefit_named
from schakel.participation.models import (
    AmountLine,
    NotCalculable,
    Participation,
    PeriodTotal,
    Revision,
    WageSumPremium,
)

LONGEST_PERIOD = timedelta(days=42)  #: of five weeks, and a margin


@dataclass(frozen=True, slots=True)
class Paid:
    """Which quantities of a benefit say what is paid in a wage period, by whom."""

    total: tuple[str, ...]
    by_employee: tuple[str, ...]
    is_premium: bool  #: False: paid out to employees


@dataclass(frozen=True, slots=True)
class TotalLine:
    """What one benefit of one employer comes to in one wage period, in cents."""

    employer_id: int
    benefit_id: int
    benefit: str
    start: date
    until: date
    year: int
    number: int
    total: int
    by_employee: int
    participants: int

    @property
    def premium(self) -> int:
        """What is paid to a carrier for each employee; over a wage sum, `WageSumLine` says it."""
        is_paid = paid(self.benefit).is_premium and benefit_named(self.benefit).mechanic == "per_person"
        return self.total if is_paid else 0


@dataclass(frozen=True, slots=True)
class WageSumLine:
    """The premium over one wage sum in one wage period, in cents."""

    employer_id: int
    benefit_id: int
    benefit: str
    start: date
    until: date
    year: int
    number: int
    participants: int
    wage_sum: int
    premium: int
    employee_share: int
    known_from: datetime


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One recalculation that changed something."""

    id: int
    employee_id: int
    benefit_id: int
    benefit: str
    made_at: datetime
    effective_from: date
    facts_changed: tuple[str, ...]
    delivery: UUID | None
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ParticipationLine:
    """One employee in one benefit."""

    id: int
    benefit_id: int
    benefit: str
    stretches: tuple[tuple[date, date | None], ...]
    facts_known_at: datetime
    calculated_at: datetime

    def takes_part_on(self, day: date) -> bool:
        """Whether the employee takes part on a day."""
        return any(start <= day and (until is None or day < until) for start, until in self.stretches)


@dataclass(frozen=True, slots=True)
class AmountsLine:
    """The amounts of one participation in one wage period."""

    participation_id: int
    start: date
    until: date
    year: int
    number: int
    amounts: Mapping[str, int]
    known_from: datetime


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """Why a wage period could not be calculated."""

    participation_id: int
    start: date
    until: date
    code: str
    who: str
    message_nl: str
    message_en: str


@cache
def paid(name: str) -> Paid:
    """What is paid for a benefit, read from the quantities the catalogue lists for it."""
    one = benefit_named(name)
    # A part that nobody pays (what is waived of a premium) makes no whole.
    wholes = tuple(q.of for q in one.quantities if q.kind == "rest" and q.deduction_class)
    classed = [q for q in one.quantities if q.deduction_class]
    return Paid(
        wholes or tuple(q.name for q in classed),
        tuple(q.name for q in classed if q.deduction_class not in {"employer_only", "targeted_exemption"}),
        any(q.is_told_to_carrier for q in classed),
    )


def is_whole_premium(one: Benefit, quantity: Quantity) -> bool:
    """Whether this quantity is the whole of what is paid to a carrier for one employee."""
    told = paid(one.name)
    return told.is_premium and one.mechanic == "per_person" and quantity.name in told.total


def totals(since: date, by: date, employer_id: int | None = None) -> list[TotalLine]:
    """What each benefit came to per wage period that begins in [since, by], as known now."""
    rows = PeriodTotal.objects.filter(participants__gt=0, start__gte=since, start__lte=by)
    if employer_id is not None:
        rows = rows.filter(benefit__scheme__employer_id=employer_id)
    told = rows.values(
        "start",
        "until",
        "year",
        "number",
        "participants",
        "sums",
        "benefit_id",
        employer=F("benefit__scheme__employer_id"),
        name=F("benefit__benefit"),
    )
    return [_total(row) for row in told.order_by("start", "benefit_id")]


def _total(row: Mapping[str, Any]) -> TotalLine:
    told, sums = paid(row["name"]), row["sums"]
    return TotalLine(
        row["employer"],
        row["benefit_id"],
        row["name"],
        row["start"],
        row["until"],
        row["year"],
        row["number"],
        sum(sums.get(name, 0) for name in told.total),
        sum(sums.get(name, 0) for name in told.by_employee),
        row["participants"],
    )


def wage_sums(since: date, by: date, employer_id: int | None = None) -> list[WageSumLine]:
    """Wage-sum premiums of the periods that begin in [since, by], as known now, oldest first."""
    rows = WageSumPremium.objects.filter(known_until=None, start__gte=since, start__lte=by)
    if employer_id is not None:
        rows = rows.filter(benefit__scheme__employer_id=employer_id)
    return [
        WageSumLine(
            row.benefit.scheme.employer_id,
            row.benefit_id,
            row.benefit.benefit,
            row.start,
            row.until,
            row.year,
            row.number,
            row.participants,
            row.wage_sum,
            row.premium,
            row.employee_share,
            row.known_from,
        )
        for row in rows.select_related("benefit__scheme").order_by("start", "benefit_id")
    ]


def latest_totals(on: date) -> tuple[list[TotalLine], list[WageSumLine]]:
    """For each employer in scope the totals of the last wage period that began by a day."""
    since = on - 2 * LONGEST_PERIOD
    found, over_sums = totals(since, on), wage_sums(since, on)
    last: dict[int, date] = {}
    starts = [(one.employer_id, one.start) for one in found] + [
        (one.employer_id, one.start) for one in over_sums
    ]
    for employer_id, start in starts:
        last[employer_id] = max(start, last.get(employer_id, date.min))
    return (
        [line for line in found if line.start == last[line.employer_id]],
        [line for line in over_sums if line.start == last[line.employer_id]],
    )


def participants_by_benefit(employer_id: int, on: date) -> dict[int, int]:
    """How many employees of one employer take part in each benefit on a day."""
    # Dates in `stretches` are ISO text, which sorts as dates do. `strict`: lax mode would take the pairs apart.
    path = Value("strict $[*] ? (@[0] <= $on && (@[1] == null || @[1] > $on))", output_field=TextField())
    takes_part = Func(
        F("stretches"),
        Func(path, template="%(expressions)s::jsonpath", output_field=TextField()),
        Value({"on": on.isoformat()}, output_field=JSONField()),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    last, never = KeyTransform(-1, "stretches"), Value("9999-12-31", output_field=TextField())
    rows = Participation.objects.filter(benefit__scheme__employer_id=employer_id).annotate(
        several=Func(F("stretches"), function="jsonb_array_length", output_field=IntegerField()),
        takes_part=takes_part,
        began=Coalesce(KeyTextTransform(0, last), never),
        ended=Coalesce(KeyTextTransform(1, last), never),
    )
    # The last stretch tells it of nearly everybody; looking for a path costs ten times as much.
    is_in_last = Q(began__lte=on.isoformat(), ended__gt=on.isoformat())
    counted = rows.filter(is_in_last | Q(several__gt=1, takes_part=True)).values("benefit_id")
    return dict(counted.annotate(number=Count("*")).values_list("benefit_id", "number").order_by())


def not_calculable_by_benefit(employer_id: int) -> dict[int, int]:
    """How many employees of one employer have a wage period that could not be calculated, per benefit."""
    rows = NotCalculable.objects.filter(participation__employee__employer_id=employer_id)
    counted = rows.values(benefit=F("participation__benefit_id"))
    counted = counted.annotate(number=Count("participation_id", distinct=True)).order_by()
    return {row["benefit"]: row["number"] for row in counted}


def revisions(
    *, employer_id: int | None = None, employee_id: int | None = None, limit: int
) -> list[RevisionLine]:
    """Recalculations in scope that changed something, the newest first."""
    rows = Revision.objects.select_related("participation__benefit")
    if employer_id is not None:
        rows = rows.filter(participation__employee__employer_id=employer_id)
    if employee_id is not None:
        rows = rows.filter(participation__employee_id=employee_id)
    return [
        RevisionLine(
            row.id,
            row.participation.employee_id,
            row.participation.benefit_id,
            row.participation.benefit.benefit,
            row.made_at,
            row.effective_from,
            tuple(row.facts_changed),
            row.delivery,
            tuple(row.changes),
        )
        for row in rows.order_by("-made_at", "-id")[:limit]
    ]


def participations(employee_id: int) -> list[ParticipationLine]:
    """The benefits one employee is in, or was in."""
    rows = Participation.objects.filter(employee_id=employee_id).select_related("benefit")
    return [
        ParticipationLine(
            row.id,
            row.benefit_id,
            row.benefit.benefit,
            tuple(
                (date.fromisoformat(start), None if until is None else date.fromisoformat(until))
                for start, until in row.stretches
            ),
            row.facts_known_at,
            row.calculated_at,
        )
        for row in rows.order_by("benefit_id")
    ]


def amounts(participation_ids: Collection[int], known_at: datetime | None = None) -> list[AmountsLine]:
    """The amounts of these participations per wage period, as known on a moment (None: now)."""
    rows = AmountLine.objects.filter(participation_id__in=participation_ids)
    if known_at is None:
        rows = rows.filter(known_until=None)
    else:
        still = Q(known_until=None) | Q(known_until__gt=known_at)
        rows = rows.filter(still, known_from__lte=known_at)
    return [
        AmountsLine(
            row.participation_id,
            row.start,
            row.until,
            row.year,
            row.number,
            row.amounts,
            row.known_from,
        )
        for row in rows.order_by("participation_id", "start")
    ]


def refusals(participation_ids: Collection[int]) -> list[RefusalLine]:
    """The wage periods of these participations that could not be calculated."""
    rows = NotCalculable.objects.filter(participation_id__in=participation_ids)
    return [
        RefusalLine(
            row.participation_id,
            row.start,
            row.until,
            row.code,
            row.who,
            row.message_nl,
            row.message_en,
        )
        for row in rows.order_by("participation_id", "start")
    ]
