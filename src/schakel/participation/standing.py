"""What stands of one employee's participations, and the only place where it is replaced by something new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from schakel.engine.errors import SchakelError
from schakel.engine.timeline import Period
from schakel.engine.wage_periods import WagePeriod
from schakel.participation import period_totals, rows
from schakel.participation.models import NotCalculable
from schakel.participation.period_totals import Place
from schakel.participation.rows import LineRow, ParticipationRow, RefusalRow
from schakel.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """One amount of one wage period, before and after (None: there was none)."""

    quantity: str
    start: date
    until: date
    year: int
    number: int
    old: int | None
    new: int | None

    def as_dict(self) -> dict[str, str | int | None]:
        """For the row; wage period numbers follow from its dates."""
        return {
            "quantity": self.quantity,
            "start": self.start.isoformat(),
            "until": self.until.isoformat(),
            "old": self.old,
            "new": self.new,
        }


@dataclass(slots=True)
class Standing:
    """One participation as it stands; the row is None when the benefit was never looked at."""

    participation: ParticipationRow | None = None
    lines: dict[date, LineRow] = field(default_factory=dict)
    refusals: dict[date, RefusalRow] = field(default_factory=dict)

    def stretches(self) -> tuple[Period, ...]:
        return () if self.participation is None else read_stretches(self.participation.stretches)


@dataclass(slots=True)
class Outcome:
    """What one participation must become."""

    standing: Standing
    stretches: tuple[Period, ...] = ()
    closed: list[LineRow] = field(default_factory=list)
    added: list[tuple[WagePeriod, Mapping[str, int]]] = field(default_factory=list)
    refused: list[tuple[WagePeriod, SchakelError]] = field(default_factory=list)
    changes: list[ChangeMade] = field(default_factory=list)
    effective_from: date | None = None  #: None: nothing is different


def read_stretches(kept: Sequence[Sequence[str | None]]) -> tuple[Period, ...]:
    """Stretches as they stand in a row."""
    return tuple(
        Period(date.fromisoformat(str(start)), None if until is None else date.fromisoformat(until))
        for start, until in kept
    )


def kept_stretches(stretches: Sequence[Period]) -> list[list[str | None]]:
    """Stretches for a row."""
    return [
        [one.start.isoformat(), None if one.until is None else one.until.isoformat()] for one in stretches
    ]


def load(employee_id: int, benefit_ids: Collection[int]) -> dict[int, Standing]:
    """What stands of one employee in these benefits, locked until the transaction ends."""
    found = {one: Standing() for one in benefit_ids}
    by_id = {}
    for row in rows.participations(employee_id, benefit_ids):
        by_id[row.id] = found[row.benefit_id] = Standing(row)
    if by_id:
        for line in rows.lines(by_id):
            by_id[line.participation_id].lines[line.start] = line
        for refusal in rows.refusals(by_id):
            by_id[refusal.participation_id].refusals[refusal.start] = refusal
    return found


def store(
    employee_id: int,
    outcomes: Mapping[int, Outcome],
    *,
    known_at: datetime,
    facts_known_at: datetime,
    calculated_until: date,
    delivery: UUID | None,
    facts: Sequence[str],
) -> None:
    """Write what is different; amounts are closed and added, never overwritten."""
    participations = _participations(employee_id, outcomes, known_at, facts_known_at, calculated_until)
    moment = _moment(outcomes, known_at)
    _store_lines(participations, outcomes, moment)
    _store_totals(outcomes)
    _store_refusals(participations, outcomes)
    revisions = [
        {
            "participation_id": participations[benefit_id],
            "effective_from": outcome.effective_from,
            "changes": [change.as_dict() for change in outcome.changes],
        }
        for benefit_id, outcome in outcomes.items()
        if outcome.effective_from is not None
    ]
    rows.revise(revisions, facts, delivery, moment)


def _moment(outcomes: Mapping[int, Outcome], known_at: datetime) -> datetime:
    """Knowledge only moves forward, also when the clock of a machine is set back."""
    closed = [line.known_from for outcome in outcomes.values() for line in outcome.closed]
    return max([known_at, *(moment + timedelta(microseconds=1) for moment in closed)])


def _participations(
    employee_id: int,
    outcomes: Mapping[int, Outcome],
    known_at: datetime,
    facts_known_at: datetime,
    calculated_until: date,
) -> dict[int, int]:
    """Every participation brought up to date; returns their ids by benefit."""
    new, old, ids = [], [], {}
    for benefit_id, outcome in outcomes.items():
        row = outcome.standing.participation
        stretches = kept_stretches(outcome.stretches)
        if row is None:
            new.append({"benefit_id": benefit_id, "stretches": stretches})
        else:
            ids[benefit_id] = row.id
            old.append({"id": row.id, "stretches": stretches})
    moments = {
        "facts_known_at": facts_known_at,
        "calculated_at": known_at,
        "calculated_until": calculated_until,
    }
    rows.bring_up(old, **moments)
    return ids | rows.make(employee_id, new, **moments)


def _store_lines(
    participations: Mapping[int, int], outcomes: Mapping[int, Outcome], moment: datetime
) -> None:
    closed = [line.id for outcome in outcomes.values() for line in outcome.closed]
    added = [
        {
            "participation_id": participations[benefit_id],
            "start": wage_period.period.start,
            "until": wage_period.period.end,
            "year": wage_period.year,
            "number": wage_period.number,
            "amounts": amounts,
        }
        for benefit_id, outcome in outcomes.items()
        for wage_period, amounts in outcome.added
    ]
    rows.replace(closed, added, moment)


def _store_totals(outcomes: Mapping[int, Outcome]) -> None:
    period_totals.add(
        gone=[
            (Place(benefit_id, line.start, line.until, line.year, line.number), line.amounts)
            for benefit_id, outcome in outcomes.items()
            for line in outcome.closed
        ],
        new=[
            (Place(benefit_id, one.period.start, one.period.end, one.year, one.number), amounts)
            for benefit_id, outcome in outcomes.items()
            for one, amounts in outcome.added
        ],
    )


def _store_refusals(participations: Mapping[int, int], outcomes: Mapping[int, Outcome]) -> None:
    gone: list[int] = []
    new: list[NotCalculable] = []
    for benefit_id, outcome in outcomes.items():
        wanted = {one.period.start: (one, error) for one, error in outcome.refused}
        for start, row in outcome.standing.refusals.items():
            if start in wanted and _says(row, wanted[start][1]):
                del wanted[start]
            else:
                gone.append(row.id)
        new += [_refusal(participations[benefit_id], one, error) for one, error in wanted.values()]
    if gone:
        NotCalculable.objects.filter(id__in=gone).delete()
    if new:
        NotCalculable.objects.bulk_create(new)


def _says(row: RefusalRow, error: SchakelError) -> bool:
    return (row.code, row.message_nl) == (error.code, error.message("nl"))


def _refusal(participation_id: int, wage_period: WagePeriod, error: SchakelError) -> NotCalculable:
    return NotCalculable(
        tenant_id=current_scope().tenant_id,
        participation_id=participation_id,
        start=wage_period.period.start,
        until=wage_period.period.end,
        code=error.code,
        who=error.who,
        message_nl=error.message("nl"),
        message_en=error.message("en"),
    )
