"""Everybody of one employer recalculated at once: over columns, and stored with a few statements a block.

What comes out is what `recalculate` gives for each employee; those whom columns do not reach (payroll went from
months to weeks, or says no wage period) go that way. A block is one transaction, and a run knows its last block.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import numpy as np

from schakel.engine.calculation import Terms, calculate
from schakel.engine.catalogue import check_terms, facts_read_by
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.errors import SchakelError
from schakel.engine.runners.histories import UNKNOWN, Column, People
from schakel.engine.runners.portfolio import Block, calculate_all
from schakel.engine.timeline import Period, Timeline
from schakel.engine.wage_periods import WagePeriod, wage_periods
from schakel.participation.portfolio_lines import calculated
from schakel.participation.portfolio_store import Found, Of, Range, Refused, store
from schakel.participation.recalculate import recalculate
from schakel.records import columns
from schakel.records.columns import KnownPeople
from schakel.schemes.agreed import AgreedBenefit, benefits_of
from schakel.schemes.terms import known_terms

__all__ = ["Range", "Recalculated", "recalculate_block"]

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
    found = Found()
    agreed = known_terms([one.id for one in benefits])
    for one in benefits:
        periods = wage_periods(kind, max(over.start, one.administered_from), over.until)
        if periods:
            _calculate(one, agreed[one.id].terms, periods, block, found)
    result.refused += len(found.refusals)
    result.lines += sum(len(one.texts) for one in found.lines)
    done = time.perf_counter()
    result.seconds["calculate"] += done - started
    whole = all(over.start <= one.administered_from for one in benefits)
    result.changed += store(block, [one.id for one in benefits], over, known_at, found, whole=whole)
    result.seconds["store"] += time.perf_counter() - done


def _calculate(
    one: AgreedBenefit, terms: Terms, periods: Sequence[WagePeriod], block: KnownPeople, into: Found
) -> None:
    """One benefit of everybody in a block."""
    mine = _administered(one, block.people)
    for found in calculate_all(mine, {one.benefit: [_checked(one, terms)]}, periods, block=len(mine)):
        into.lines.append(calculated(one.id, found, periods))
        into.refusals += _refusals(one, block.ids, mine, terms, found, periods)
        into.stretches |= _stretches(one, block.ids, found)


def _administered(one: AgreedBenefit, people: People) -> People:
    """The employees as we administer them: before the benefit is ours, nobody was in service for us."""
    employed = people.facts.get("is_employed")
    ours = {} if employed is None else {"is_employed": employed.since(one.administered_from.toordinal())}
    return People(people.keys, people.employers, {**people.facts, **ours}, people.lists)


def _checked(one: AgreedBenefit, terms: Terms) -> Timeline[Choices]:
    """The terms as they are calculated with. Raises SchakelError for terms that no longer are what they were."""
    return terms.map(lambda chosen: check_terms(one.benefit, chosen))


def _refusals(  # noqa: PLR0917 - whose, of which benefit, and what was calculated
    one: AgreedBenefit,
    ids: Column,
    people: People,
    terms: Terms,
    found: Block,
    periods: Sequence[WagePeriod],
) -> Iterator[Refused]:
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
        period, of = periods[place].period, (int(ids[employee]), one.id)
        told = error.code, error.who, error.message("nl"), error.message("en")
        yield Refused(of, period.start, period.end, *told)


def _stretches(one: AgreedBenefit, ids: Column, found: Block) -> dict[Of, tuple[Period, ...]]:
    """The days of taking part of each employee who does; wage periods that follow each other as one stretch."""
    assert found.amounts.stretches is not None, "columns say who takes part"
    owners, starts, ends = found.amounts.stretches
    begins = np.append(True, (owners[1:] != owners[:-1]) | (starts[1:] != ends[:-1]))[: len(owners)]
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(owners)) - 1
    joined = zip(ids[owners[firsts]].tolist(), starts[firsts].tolist(), ends[lasts].tolist(), strict=True)
    stretches: dict[Of, tuple[Period, ...]] = {}
    period_of = cache(lambda start, end: Period(date.fromordinal(start), date.fromordinal(end)))
    for employee, start, end in joined:
        of = employee, one.id
        stretches[of] = (*stretches.get(of, ()), period_of(start, end))
    return stretches
