"""A whole portfolio: in blocks of employees, so that memory stays bounded whatever its size."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schakel.engine.benefit import Benefit
from schakel.engine.calculation import Calculation, PeriodResult
from schakel.engine.catalogue import amount_scale, benefit, quantities
from schakel.engine.choices import Choices
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.runners.columns import Amounts, Columns, Reason, Reasons, reachable
from schakel.engine.runners.histories import UNKNOWN, Column, People
from schakel.engine.runners.segments import Horizon, horizon
from schakel.engine.runners.term_table import TermTable, term_table
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import WagePeriod

BLOCK = 16_384
"""Employees at a time: small enough for the caches of one core, large enough to hide the calls."""

Schemes = Mapping[str, Sequence[Timeline[Choices]]]
"""Benefit → the terms of each employer, in the order of `People.employers`."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one benefit comes to for some employees; the reasons are numbered from 1."""

    benefit: str
    first: int
    amounts: Amounts
    reasons: tuple[Reason, ...]


def calculate_all(
    people: People,
    schemes: Schemes,
    wage_periods: Sequence[WagePeriod],
    *,
    parameters: ParameterSet | None = None,
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Block]:
    """Every benefit of every employee, a block at a time. The wage periods follow each other."""
    known = statutory() if parameters is None else parameters
    tables = {name: term_table(timelines) for name, timelines in schemes.items()}
    over = horizon(wage_periods)
    for first in range(0, len(people), block):
        last = min(first + block, len(people))
        part = people.part(first, last)
        for name, table in tables.items():
            yield of_block(name, part, table, schemes[name], over, known, first)
        if progress is not None:
            progress(last - first)


def of_block(  # noqa: PLR0917 - what a calculation rests on
    name: str,
    people: People,
    table: TermTable,
    timelines: Sequence[Timeline[Choices]],
    over: Horizon,
    known: ParameterSet,
    first: int,
) -> Block:
    """One benefit of one block; employees whose terms columns do not reach are calculated one by one."""
    one, reasons = benefit(name), Reasons([])
    by_column = reachable(one, table)
    units = _units(one, table)
    if by_column.all() and table.rows and len(set(units.tolist())) == 1:
        return Block(
            name, first, Columns(one, people, table, over, known, reasons).calculate(), tuple(reasons.found)
        )
    # Terms of employers that nobody in this block works for are left out as well.
    employers = np.zeros(len(timelines), dtype=bool)
    for place in np.unique(people.employers):
        employers[place] = _reached(table, int(place), by_column, units)
    alone = np.flatnonzero(~employers[people.employers])
    kept = [
        timeline if reached else Timeline[Choices]()
        for timeline, reached in zip(timelines, employers, strict=True)
    ]
    reached = term_table(kept)
    amounts = Amounts({}, np.zeros((len(people), len(over.periods)), dtype=np.int32))
    if reached.rows:
        amounts = Columns(one, people, reached, over, known, reasons).calculate()
    amounts = one_by_one(name, people, timelines, over, known, reasons, amounts, alone)
    return Block(name, first, amounts, tuple(reasons.found))


def _units(one: Benefit, table: TermTable) -> Column:
    """Which rows of terms make their amounts in the same units; terms that change to others are not for columns."""
    codes: dict[tuple[tuple[str, int], ...], int] = {}
    by_shape: list[int] = []
    for shape in table.shapes:
        made = [q.rule for q in quantities(one, shape) if q.rule]
        scales = tuple((rule, amount_scale(one.name, shape, rule)) for rule in made)
        by_shape.append(codes.setdefault(scales, len(codes)))
    return np.array(by_shape, dtype=np.int64)[table.shape_of_row] if by_shape else np.empty(0, dtype=np.int64)


def _reached(
    table: TermTable, employer: int, by_column: "np.ndarray[tuple[int], np.dtype[np.bool_]]", units: Column
) -> bool:
    begin, end = table.history.offsets[employer], table.history.offsets[employer + 1]
    rows = table.history.values[begin:end]
    known = rows[rows != UNKNOWN]
    return bool(by_column[known].all()) and len(set(units[known].tolist())) <= 1


def one_by_one(  # noqa: PLR0917 - what a calculation rests on
    name: str,
    people: People,
    timelines: Sequence[Timeline[Choices]],
    over: Horizon,
    known: ParameterSet,
    reasons: Reasons,
    amounts: Amounts,
    places: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> Amounts:
    """The same answers the long way, for the employees at these places."""
    size = (len(people), len(over.periods))
    found = {key: np.array(column) for key, column in amounts.amounts.items()}
    why = np.array(amounts.why)
    pieces: list[tuple[int, int, int]] = []
    for place in places:
        terms = timelines[int(people.employers[place])]
        calculation = Calculation(benefit(name), people.timeline(int(place)), terms, known)
        for at, period in enumerate(over.periods):
            result = calculation.of(period)
            why[place, at] = 0 if result.participates else reasons.number(_reason(result))
            pieces += [(int(place), one.start.toordinal(), one.end.toordinal()) for one in result.stretches]
            for column in found.values():
                column[place, at] = 0
            for quantity, cents in result.amounts.items():
                if quantity not in found:
                    found[quantity] = np.zeros(size, dtype=np.int64)
                found[quantity][place, at] = cents
    return Amounts(found, why, _together(amounts, pieces))


def _together(amounts: Amounts, pieces: list[tuple[int, int, int]]) -> tuple[Column, Column, Column]:
    """The days of taking part of those over columns and of those one by one, in the order of the employees."""
    before = amounts.stretches or tuple(np.empty(0, dtype=np.int64) for _ in range(3))
    after = np.array(pieces, dtype=np.int64).reshape(-1, 3)
    owners, starts, ends = (np.concatenate([before[at], after[:, at]]) for at in range(3))
    order = np.lexsort((starts, owners))
    return owners[order], starts[order], ends[order]


def _reason(result: PeriodResult) -> Reason:
    if result.refusal is not None:
        return Reason("refused", result.refusal.code, result.refusal.about)
    return Reason("not_participating", str(result.why_not))
