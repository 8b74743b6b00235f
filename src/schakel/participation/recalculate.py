"""Station *recalculate*: every touched wage period again, however far back, and one revision of what differs.

A wage period is touched when a fact that the benefit's rules read is not what it was when the amounts were
made, when it was never calculated, or when it could not be. The rest stands as it is: the same facts and terms
give the same cents. A wage period that cannot be calculated keeps its old amounts and says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schakel.engine.calculation import PeriodResult, calculate
from schakel.engine.catalogue import facts_read_by
from schakel.engine.employee import FACTS, EmployeeTimeline
from schakel.engine.errors import MissingFact, SchakelError
from schakel.engine.timeline import Period, Step, Timeline, differences
from schakel.engine.wage_periods import WagePeriod
from schakel.participation.periods import administered, periods_of
from schakel.participation.rows import LineRow
from schakel.participation.standing import ChangeMade, Outcome, Standing, load, store
from schakel.records.timelines import knowledge_of
from schakel.schemes.agreed import AgreedBenefit
from schakel.schemes.terms import KnownTerms, known_terms

__all__ = ["ChangeMade", "RevisionMade", "recalculate"]

Changed = Mapping[str, tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class RevisionMade:
    """One participation that is different now; `changes` is empty when only the days of taking part differ."""

    employee_id: int
    benefit_id: int
    benefit: str
    policy_id: int | None
    effective_from: date
    changes: tuple[ChangeMade, ...]


def recalculate(  # noqa: PLR0917 - what the path hands on, in its order
    employee_id: int,
    benefits: Sequence[AgreedBenefit],
    horizon: date,
    known_at: datetime,
    delivery: UUID | None,
    facts: Sequence[str],
) -> tuple[RevisionMade, ...]:
    """Bring one employee's amounts in these benefits up to date, as far as `horizon` or further if they were.

    Running twice writes nothing new. `delivery` is None when terms or parameters changed and not payroll.
    """
    if not benefits:
        return ()
    ids = [one.id for one in benefits]
    standing = load(employee_id, ids)
    moments = {row.facts_known_at for one in standing.values() if (row := one.participation) is not None}
    known = knowledge_of(employee_id, min(moments, default=None))
    if known.recorded_at is None:
        return ()
    agreed = known_terms(ids)
    changes = {moment: known.changed_since(moment) for moment in moments}
    outcomes = {}
    for one in benefits:
        row = standing[one.id].participation
        changed = None if row is None else changes[row.facts_known_at]
        outcomes[one.id] = _outcome(
            one, known.facts, agreed[one.id], standing[one.id], changed, horizon=horizon
        )
    store(
        employee_id,
        outcomes,
        known_at=known_at,
        facts_known_at=known.recorded_at,
        calculated_until=horizon,
        delivery=delivery,
        facts=facts,
    )
    return tuple(
        RevisionMade(
            employee_id, one.id, one.benefit, one.policy_id, outcome.effective_from, tuple(outcome.changes)
        )
        for one in benefits
        if (outcome := outcomes[one.id]).effective_from is not None
    )


def _outcome(
    one: AgreedBenefit,
    facts: EmployeeTimeline,
    agreed: KnownTerms,
    standing: Standing,
    changed: Changed | None,
    *,
    horizon: date,
) -> Outcome:
    """What one participation must become. `changed` is None when it was never calculated."""
    row = standing.participation
    until = max(horizon, horizon if row is None or row.calculated_until is None else row.calculated_until)
    ours = administered(facts, one.administered_from)
    periods = periods_of(ours, one.administered_from, until)
    if not periods:
        return _without_periods(one, standing, facts, until)
    touched = _touched(one, agreed, standing, changed, periods)
    try:
        found = {result.wage_period: result for result in calculate(one.benefit, ours, agreed.terms, touched)}
    except SchakelError as error:
        # Terms that were good when they were agreed and no longer are: every period says so.
        found = {period: PeriodResult(period, False, None, {}, (), error) for period in touched}
    outcome = Outcome(standing)
    for period in periods:
        _take_over(outcome, period, found.get(period))
    _drop_lines_outside(outcome, periods)
    outcome.stretches = _stretches(standing, periods, found)
    outcome.effective_from = _effective_from(outcome, standing)
    return outcome


def _without_periods(one: AgreedBenefit, standing: Standing, facts: EmployeeTimeline, until: date) -> Outcome:
    """No wage period is ours yet, or payroll does not say which wage periods there are: nothing is touched."""
    outcome = Outcome(standing, standing.stretches())
    kinds = facts.facts.get("wage_period_kind")
    if one.administered_from < until and (kinds is None or not kinds.steps):
        named = FACTS["wage_period_kind"]
        error = MissingFact(
            f"“{named.en}” is not known. Fill it in in payroll; the next sync takes it over.",
            f"“{named.nl}” is niet bekend. Vul het in de salarisadministratie in; de volgende synchronisatie neemt "
            "het over.",
            about=named.name,
        )
        whole = Period(one.administered_from, until)
        outcome.refused = [(WagePeriod("month", whole.start.year, whole.start.month, whole), error)]
    return outcome


def _touched(
    one: AgreedBenefit,
    agreed: KnownTerms,
    standing: Standing,
    changed: Changed | None,
    periods: Sequence[WagePeriod],
) -> list[WagePeriod]:
    row = standing.participation
    if row is None or changed is None or row.calculated_until is None or "wage_period_kind" in changed:
        return list(periods)
    if agreed.known_since is None or agreed.known_since >= row.calculated_at:
        return list(periods)
    days = [day for fact in facts_read_by(one.benefit) & changed.keys() for day in changed[fact]]
    return [
        period
        for period in periods
        if period.period.end > row.calculated_until
        or period.period.start in standing.refusals
        or any(period.period.intersect(day) is not None for day in days)
    ]


def _take_over(outcome: Outcome, period: WagePeriod, result: PeriodResult | None) -> None:
    if result is None:
        return
    if result.refusal is not None:
        outcome.refused.append((period, result.refusal))
        return
    line = outcome.standing.lines.get(period.period.start)
    before = {} if line is None else line.amounts
    is_same_period = line is None or line.until == period.period.end
    if before == result.amounts and is_same_period:
        return
    if line is not None:
        outcome.closed.append(line)
    if result.amounts:
        outcome.added.append((period, result.amounts))
    if line is not None and not is_same_period:
        outcome.changes += _gone(line)
        before = {}
    outcome.changes += [
        ChangeMade(
            quantity,
            period.period.start,
            period.period.end,
            period.year,
            period.number,
            before.get(quantity),
            result.amounts.get(quantity),
        )
        for quantity in sorted(before.keys() | result.amounts.keys())
        if before.get(quantity) != result.amounts.get(quantity)
    ]


def _gone(line: LineRow) -> list[ChangeMade]:
    return [
        ChangeMade(quantity, line.start, line.until, line.year, line.number, amount, None)
        for quantity, amount in sorted(line.amounts.items())
    ]


def _drop_lines_outside(outcome: Outcome, periods: Sequence[WagePeriod]) -> None:
    """Amounts of wage periods that are none any more: payroll turned out to pay in other periods."""
    starts = {period.period.start for period in periods}
    for start, line in outcome.standing.lines.items():
        if start not in starts:
            outcome.closed.append(line)
            outcome.changes += _gone(line)


def _stretches(
    standing: Standing, periods: Sequence[WagePeriod], found: Mapping[WagePeriod, PeriodResult]
) -> tuple[Period, ...]:
    """The days on which the employee takes part; open at the end when that is as far as we looked."""
    before = standing.stretches()
    parts: list[Period] = []
    for period in periods:
        result = found.get(period)
        if result is None or result.refusal is not None:
            parts += [common for one in before if (common := one.intersect(period.period)) is not None]
        else:
            parts += result.stretches
    merged = [step.period for step in Timeline(Step(part, True) for part in parts).merged().steps]
    if merged and merged[-1].end >= periods[-1].period.end:
        merged[-1] = Period(merged[-1].start)
    return tuple(merged)


def _effective_from(outcome: Outcome, standing: Standing) -> date | None:
    days = [change.start for change in outcome.changes]
    before = Timeline(Step(one, True) for one in standing.stretches())
    after = Timeline(Step(one, True) for one in outcome.stretches)
    days += [one.start for one in differences(before, after)]
    return min(days, default=None)
