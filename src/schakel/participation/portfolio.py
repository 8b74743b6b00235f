"""Everybody of one employer recalculated at once: over columns, and stored with a few statements a block.

What comes out is what `recalculate` gives for each employee; those whom columns do not reach (payroll went from
months to weeks, or says no wage period) go that way. A block is one transaction, and a run knows its last block.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from schakel.engine.calculation import Terms, calculate
from schakel.engine.catalogue import check_terms, facts_read_by
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.errors import SchakelError
from schakel.engine.runners.histories import UNKNOWN, Column, People
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.timeline import Period, Step, Timeline, differences
from schakel.engine.wage_periods import WagePeriod, wage_periods
from schakel.participation import portfolio_rows as rows
from schakel.participation.recalculate import recalculate
from schakel.participation.standing import kept_stretches, read_stretches
from schakel.records import columns
from schakel.records.columns import KnownPeople
from schakel.schemes.agreed import AgreedBenefit, benefits_of
from schakel.schemes.terms import known_terms

KINDS = FACTS["wage_period_kind"].choices
STAGES = ("read", "calculate", "store")
FEW = 2_000  #: refusals that are each calculated alone for their sentence


@dataclass(slots=True)
class Recalculated:
    """What one block came to."""

    employees: int
    last: int  #: id of its last employee
    changed: list[tuple[int, int]] = field(
        default_factory=list
    )  #: employee and benefit whose amounts differ now
    refused: int = 0  #: employee-periods that cannot be calculated
    lines: int = 0  #: wage periods with amounts that were calculated
    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(STAGES, 0.0)
    )  #: read, calculate, store


@dataclass(frozen=True, slots=True)
class Range:
    """The days that are calculated anew."""

    start: date
    until: date


def recalculate_block(
    employer_id: int, over: Range, after: int, most: int, known_at: datetime
) -> Recalculated | None:
    """The next employees of an employer after an id, calculated and stored. None when there are none left.

    Running twice writes nothing new. Only inside a transaction: it locks what it replaces.
    """
    benefits = [one for one in benefits_of(employer_id) if one.administered_from < over.until]
    names = {"wage_period_kind", "is_employed"}.union(*(facts_read_by(one.benefit) for one in benefits))
    started = time.perf_counter()
    block = columns.people_after(employer_id, after, most, names)
    if not len(block.ids):
        return None
    result = Recalculated(len(block.ids), int(block.ids[-1]))
    result.seconds["read"] += time.perf_counter() - started
    kinds, alone = _by_kind(block)
    known = [at for at in alone if block.known_since[at] is not None]
    for at in known:
        made = recalculate(int(block.ids[at]), benefits, over.until, known_at, None, ())
        result.changed += [(one.employee_id, one.benefit_id) for one in made]
    for kind, places in kinds.items():
        _recalculate_kind(kind, _picked(block, places), benefits, over, known_at, result)
    return result


def _by_kind(block: KnownPeople) -> tuple[dict[str, list[int]], list[int]]:
    """Employees by their one kind of wage period; and those who have had several, or none that is known."""
    kinds: dict[str, list[int]] = {}
    alone: list[int] = []
    history = block.people.facts.get("wage_period_kind")
    for at in range(len(block.ids)):
        values = (
            [] if history is None else history.values[history.offsets[at] : history.offsets[at + 1]].tolist()
        )
        if len(values) == 1 and values[0] != UNKNOWN and values[0] < len(KINDS) and block.known_since[at]:
            kinds.setdefault(KINDS[values[0]], []).append(at)
        else:
            alone.append(at)
    return kinds, alone


def _picked(block: KnownPeople, places: Sequence[int]) -> KnownPeople:
    if len(places) == len(block.ids):
        return block
    at = np.array(places, dtype=np.int64)
    facts = {name: history.picked(at) for name, history in block.people.facts.items()}
    people = People(
        [block.people.keys[one] for one in places], block.people.employers[at], facts, block.people.lists
    )
    return KnownPeople(block.ids[at], people, [block.known_since[one] for one in places])


def _recalculate_kind(  # noqa: PLR0917 - what a block is calculated from
    kind: str,
    block: KnownPeople,
    benefits: Sequence[AgreedBenefit],
    over: Range,
    known_at: datetime,
    result: Recalculated,
) -> None:
    started = time.perf_counter()
    agreed = known_terms([one.id for one in benefits])
    lines: list[tuple[Any, ...]] = []
    refusals: list[tuple[Any, ...]] = []
    stretches: dict[tuple[int, int], list[Period]] = {}
    for one in benefits:
        start = max(over.start, one.administered_from)
        periods = wage_periods(kind, start, over.until)
        if not periods:
            continue
        mine = _administered(one, block.people)
        checked = _checked(one, agreed[one.id].terms)
        for found in calculate_all(mine, {one.benefit: [checked]}, periods, block=len(mine)):
            lines += _lines(one, block.ids, found, periods)
            refusals += _refusals(one, block.ids, mine, agreed[one.id].terms, found, periods)
            _add_stretches(stretches, one, block.ids, found)
    result.refused += len(refusals)
    result.lines += len(lines)
    calculated = time.perf_counter()
    result.seconds["calculate"] += calculated - started
    _store(block, benefits, over, known_at, result, lines=lines, refusals=refusals, stretches=stretches)
    result.seconds["store"] += time.perf_counter() - calculated


def _administered(one: AgreedBenefit, people: People) -> People:
    """The employees as we administer them: before the benefit is ours, nobody was in service for us."""
    employed = people.facts.get("is_employed")
    ours = {} if employed is None else {"is_employed": employed.since(one.administered_from.toordinal())}
    return People(people.keys, people.employers, {**people.facts, **ours}, people.lists)


def _checked(one: AgreedBenefit, terms: Terms) -> Timeline[Choices]:
    """The terms as they are calculated with. Raises SchakelError for terms that no longer are what they were."""
    return terms.map(lambda chosen: check_terms(one.benefit, chosen))


def _lines(
    one: AgreedBenefit, ids: Column, found: Block, periods: Sequence[WagePeriod]
) -> Iterator[tuple[Any, ...]]:
    """Every wage period that has amounts, for the table."""
    names = list(found.amounts.amounts)
    dates = [(one_.period.start, one_.period.end, one_.year, one_.number) for one_ in periods]
    has = np.argwhere(found.amounts.why == 0)
    values = np.stack([found.amounts.amounts[name][has[:, 0], has[:, 1]] for name in names], axis=1).tolist()
    form = "{" + ", ".join(f'"{name}": %d' for name in names) + "}"
    owners, places = ids[has[:, 0]].tolist(), has[:, 1].tolist()
    for employee, place, amounts in zip(owners, places, values, strict=True):
        yield employee, one.id, *dates[place], form % tuple(amounts)


def _refusals(  # noqa: PLR0917 - whose, of which benefit, and what was calculated
    one: AgreedBenefit,
    ids: Column,
    people: People,
    terms: Terms,
    found: Block,
    periods: Sequence[WagePeriod],
) -> Iterator[tuple[Any, ...]]:
    """Every wage period that cannot be calculated, with the sentence that calculating it alone gives.

    Where it is thousands, nearly always for one cause (a figure of next year), one sentence a cause and wage
    period serves all.
    """
    refused = [number for number, reason in enumerate(found.reasons, start=1) if reason.kind == "refused"]
    places = np.argwhere(np.isin(found.amounts.why, refused)).tolist()
    said: dict[tuple[int, int], SchakelError] = {}
    for employee, place in places:
        cause = int(found.amounts.why[employee, place]), place
        error = said.get(cause) if len(places) > FEW else None
        if error is None:
            (alone,) = calculate(one.benefit, people.timeline(employee), terms, [periods[place]])
            error = said[cause] = alone.refusal or SchakelError()
        period = periods[place].period
        told = error.code, error.who, error.message("nl"), error.message("en")
        yield int(ids[employee]), one.id, period.start, period.end, *told


def _add_stretches(
    stretches: dict[tuple[int, int], list[Period]], one: AgreedBenefit, ids: Column, found: Block
) -> None:
    assert found.amounts.stretches is not None, "columns say who takes part"
    owners, starts, ends = (column.tolist() for column in found.amounts.stretches)
    for owner, start, end in zip(owners, starts, ends, strict=True):
        kept = stretches.setdefault((int(ids[owner]), one.id), [])
        begin, until = date.fromordinal(start), date.fromordinal(end)
        if kept and kept[-1].until == begin:
            kept[-1] = Period(kept[-1].start, until)
        else:
            kept.append(Period(begin, until))


def _store(
    block: KnownPeople,
    benefits: Sequence[AgreedBenefit],
    over: Range,
    known_at: datetime,
    result: Recalculated,
    *,
    lines: list[tuple[Any, ...]],
    refusals: list[tuple[Any, ...]],
    stretches: Mapping[tuple[int, int], list[Period]],
) -> None:
    rows.make_room()
    rows.take_in("line", lines)
    rows.take_in("refusal", refusals)
    rows.take_in(
        "stretches",
        (
            (employee, one.id, since)
            for employee, since in zip(block.ids.tolist(), block.known_since, strict=True)
            for one in benefits
        ),
    )
    rows.look_at("line", "refusal", "stretches")
    rows.make_missing(known_at, over.until)
    standing = rows.locked()
    refused: dict[tuple[int, int], list[Period]] = {}
    for row in refusals:
        refused.setdefault((row[0], row[1]), []).append(Period(row[2], row[3]))
    kept, turned = [], []
    for key, employee, benefit, before in standing:
        old = read_stretches(before)
        new = _stretches(
            old, stretches.get((employee, benefit), []), over, refused.get((employee, benefit), [])
        )
        kept.append((key, json.dumps(kept_stretches(new))))
        days = differences(_as_timeline(old), _as_timeline(new))
        if days:
            turned.append({"participation_id": key, "effective_from": days[0].start})
    whole = all(over.start <= one.administered_from for one in benefits)
    rows.take_in("kept", kept)
    rows.look_at("kept")
    changed = rows.replace(over.start, over.until, known_at, turned, whole=whole)
    result.changed += [(employee, benefit) for key, employee, benefit, _ in standing if key in changed]


def _stretches(
    old: Sequence[Period], new: Sequence[Period], over: Range, refused: Sequence[Period]
) -> tuple[Period, ...]:
    """Old stretches outside the range and where nothing could be calculated; inside it the new ones."""
    kept = Timeline(Step(one, True) for one in old).without(Period(over.start, over.until))
    parts = [step.period for step in kept.steps]
    parts += [common for one in refused for was in old if (common := was.intersect(one)) is not None]
    timeline = Timeline(Step(part, True) for part in parts)
    for one in new:
        timeline = timeline.overlay(one, True)
    merged = [step.period for step in timeline.merged().steps]
    if merged and merged[-1].end >= over.until:
        merged[-1] = Period(merged[-1].start)
    return tuple(merged)


def _as_timeline(stretches: Sequence[Period]) -> Timeline[bool]:
    return Timeline(Step(one, True) for one in stretches)
