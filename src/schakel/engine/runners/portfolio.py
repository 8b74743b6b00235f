"""A whole portfolio: in blocks of employees, so that memory stays bounded whatever its size."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schakel.engine.calculation import Calculation, PeriodResult
from schakel.engine.choices import Choices
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.runners.block import SharedSegments, shares
from schakel.engine.runners.columns import Amounts, Reason, Reasons
from schakel.engine.runners.histories import Column, People
from schakel.engine.runners.plan import Plan, plan
from schakel.engine.runners.segments import Horizon, horizon
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
    over = horizon(wage_periods)
    plans = [plan(name, timelines, over, known) for name, timelines in schemes.items()]
    for first in range(0, len(people), block):
        last = min(first + block, len(people))
        yield from _of_block(people.part(first, last), plans, over, known, first)
        if progress is not None:
            progress(last - first)


def _of_block(
    people: People, plans: Sequence[Plan], over: Horizon, known: ParameterSet, first: int
) -> Iterator[Block]:
    """Every benefit of one block, in order; what several of them need is worked out once."""
    together: dict[Hashable, list[Plan]] = {}
    for one in plans:
        if _goes_over_columns(one, people):
            together.setdefault(shares(one), []).append(one)
    shared = {key: SharedSegments(people, group, over, known) for key, group in together.items()}
    for one in plans:
        reasons = Reasons([])
        if _goes_over_columns(one, people):
            amounts = shared[shares(one)].calculate(one, reasons)
        else:
            amounts = Amounts({}, np.zeros((len(people), len(over.periods)), dtype=np.int32))
        alone = np.flatnonzero(~one.reached[people.employers])
        if len(alone):
            amounts = one_by_one(one, people, over, known, reasons, amounts, alone)
        yield Block(one.one.name, first, amounts, tuple(reasons.found))


def _goes_over_columns(one: Plan, people: People) -> bool:
    """Whether columns calculate it for any of these people, or know which amounts there are."""
    return bool(one.shapes) or bool(one.reached[people.employers].any())


def one_by_one(  # noqa: PLR0917 - what a calculation rests on
    plan_: Plan,
    people: People,
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
        terms = plan_.timelines[int(people.employers[place])]
        calculation = Calculation(plan_.one, people.timeline(int(place)), terms, known)
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
