"""What a block of employees came to, put in the place of what stands: the same as `standing.store`, for many.

What differs is found here and not in the database, so that only that travels: a second run reads, and writes no
amounts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from schakel.engine.timeline import Period, Step, Timeline, differences
from schakel.participation import period_totals
from schakel.participation import portfolio_rows as rows
from schakel.participation.portfolio_lines import Calculated, Written, close_rest, compare
from schakel.participation.standing import kept_stretches, read_stretches
from schakel.records.columns import KnownPeople

Of = tuple[int, int]
"""An employee and a benefit."""


@dataclass(frozen=True, slots=True)
class Range:
    """The days that are calculated anew."""

    start: date
    until: date


class Refused(NamedTuple):
    """One wage period of one participation that cannot be calculated, and who must act."""

    of: Of
    start: date
    until: date
    code: str
    who: str
    nl: str
    en: str


@dataclass(slots=True)
class Found:
    """What the benefits of one kind of wage period came to."""

    lines: list[Calculated] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    stretches: dict[Of, tuple[Period, ...]] = field(default_factory=dict)  #: the days of taking part


@dataclass(slots=True)
class Held:
    """The participations of a block, locked."""

    ids: dict[Of, int] = field(default_factory=dict)
    old: list[int] = field(default_factory=list)  #: those that were there already
    turned: dict[int, date] = field(default_factory=dict)  #: participation → since when its days are others


def store(
    block: KnownPeople, benefits: Sequence[int], over: Range, known_at: datetime, found: Found, *, whole: bool
) -> list[Of]:
    """Write what is different; amounts are closed and added, never overwritten. Returns whose amounts differ."""
    rows.make_room()
    held = _hold(block, benefits, over, known_at, found, whole=whole)
    _refuse(held, over, found.refusals)
    standing = rows.lines(held.old, over.start, over.until) if held.old else {}
    # A period that cannot be calculated keeps its amounts.
    refused = {(held.ids[one.of], one.start.isoformat()) for one in found.refusals}
    for key in [key for key in standing if key[:2] in refused] if refused else []:
        del standing[key]
    written = Written()
    for one in found.lines:
        compare(
            one, [held.ids[employee, one.benefit_id] for employee in block.ids.tolist()], standing, written
        )
    close_rest(standing, {key: benefit for (_, benefit), key in held.ids.items()}, written)
    _write(written, held.turned, known_at)
    changed = written.changes.keys() | held.turned.keys()
    return [of for of, key in held.ids.items() if key in changed]


def _hold(
    block: KnownPeople, benefits: Sequence[int], over: Range, known_at: datetime, found: Found, *, whole: bool
) -> Held:
    """Every participation of the block locked and brought up to date; those never looked at are made."""
    employees = block.ids.tolist()
    since = {
        employee: at for employee, at in zip(employees, block.known_since, strict=True) if at is not None
    }
    days = _Days(over, found)
    held = Held()
    kept = rows.locked(employees, benefits)
    new = {(employee, benefit) for employee in employees for benefit in benefits}
    new -= {(one.employee_id, one.benefit_id) for one in kept}
    if new:
        to_make = [(of, rows.ToKeep(days.of(of, "[]").stretches, since[of[0]])) for of in sorted(new)]
        held.ids = rows.make(to_make, known_at, over.until)
        held.turned = {
            key: day for of, key in held.ids.items() if (day := days.of(of, "[]").turned) is not None
        }
        if others := new - held.ids.keys():
            # Somebody else made them while we looked.
            again = rows.locked([of[0] for of in others], benefits)
            kept += [one for one in again if (one.employee_id, one.benefit_id) in others]
    to_keep = []
    for one in kept:
        of = one.employee_id, one.benefit_id
        told = days.of(of, one.stretches)
        held.ids[of] = one.id
        held.old.append(one.id)
        to_keep.append((one.id, rows.ToKeep(told.stretches, since[one.employee_id])))
        if told.turned is not None:
            held.turned[one.id] = told.turned
    if to_keep:
        rows.bring_up(to_keep, over.start, over.until, known_at, whole=whole)
    return held


def _refuse(held: Held, over: Range, refusals: Sequence[Refused]) -> None:
    wanted = {(held.ids[one.of], one.start): one for one in refusals}
    gone = []
    for row in rows.refusals(held.old, over.start, over.until) if held.old else []:
        one = wanted.get((row.participation_id, row.start))
        if one is not None and (one.code, one.nl) == (row.code, row.message_nl):
            del wanted[row.participation_id, row.start]
        else:
            gone.append(row.id)
    if gone:
        rows.forget(gone)
    if wanted:
        rows.refuse(
            (key, one.start, one.until, one.code, one.who, one.nl, one.en) for (key, _), one in wanted.items()
        )


def _write(written: Written, turned: Mapping[int, date], known_at: datetime) -> None:
    # Knowledge only moves forward, also when the clock of a machine is set back.
    moment = known_at
    if written.newest is not None:
        moment = max(moment, written.newest + timedelta(microseconds=1))
    if written.closed:
        rows.close(written.closed, moment)
    if written.added:
        rows.add(written.added, moment)
    if written.changes or turned:
        rows.revise(_revisions(written.changes, turned), moment)
    period_totals.keep(written.totals)


def _revisions(changes: Mapping[int, list[tuple[str, str]]], turned: Mapping[int, date]) -> list[str]:
    """One row a participation, in the order of their ids."""
    told = []
    for key in sorted(changes.keys() | turned.keys()):
        of = sorted(changes.get(key, ()), key=lambda one: one[0])
        days = [one[0] for one in of[:1]]
        if key in turned:
            days.append(turned[key].isoformat())
        told.append(f"{key}\t{min(days)}\t[{','.join(one[1] for one in of)}]\n")
    return told


class _Told(NamedTuple):
    """The days of taking part for a row, and since when they are others."""

    stretches: str
    turned: date | None


class _Days:
    """The days of taking part of each participation. Most say the same, and are worked out once."""

    def __init__(self, over: Range, found: Found) -> None:
        self.over = over
        self.stretches = found.stretches
        self.refused: dict[Of, tuple[Period, ...]] = {}
        for one in found.refusals:
            self.refused[one.of] = (*self.refused.get(one.of, ()), Period(one.start, one.until))
        self.known: dict[tuple[str, tuple[Period, ...], tuple[Period, ...]], _Told] = {}

    def of(self, of: Of, before: str) -> _Told:
        """What a participation must say that said `before`."""
        key = before, self.stretches.get(of, ()), self.refused.get(of, ())
        told = self.known.get(key)
        if told is None:
            old = read_stretches(json.loads(before))
            new = _stretches(old, key[1], self.over, key[2])
            others = differences(_as_timeline(old), _as_timeline(new))
            told = _Told(json.dumps(kept_stretches(new)), others[0].start if others else None)
            self.known[key] = told
        return told


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
