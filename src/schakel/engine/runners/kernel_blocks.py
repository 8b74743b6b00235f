"""A whole portfolio by the quickest way there is for each scheme: kernels, else columns, else one by one."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.runners.columns import Amounts, Reasons
from schakel.engine.runners.histories import Column, People
from schakel.engine.runners.kernels import KernelRuns, Kernels
from schakel.engine.runners.portfolio import BLOCK, Block, Schemes, calculate_all
from schakel.engine.targets.loops import Unfit
from schakel.engine.wage_periods import WagePeriod


def calculate_quickest(
    people: People,
    schemes: Schemes,
    wage_periods: Sequence[WagePeriod],
    folder: Path,
    *,
    parameters: ParameterSet | None = None,
    threads: int = 1,
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Block]:
    """The blocks `calculate_all` gives, without who takes part from when until when.

    Compiled kernels are kept in `folder`. Without Numba everything goes over columns.
    """
    known = statutory() if parameters is None else parameters
    runs = kernel_runs(people, schemes, wage_periods, folder, known)
    if runs is None:
        yield from calculate_all(
            people, schemes, wage_periods, parameters=known, block=block, progress=progress
        )
        return
    for first in range(0, len(people), block):
        part = people.part(first, min(first + block, len(people)))
        whys, outs = runs.room(len(part))
        runs.fill(part, whys, outs, threads)
        for name in schemes:
            yield _block(name, first, part, schemes, wage_periods, known, runs, whys, outs)
        if progress is not None:
            progress(len(part))


def kernel_runs(
    people: People,
    schemes: Schemes,
    wage_periods: Sequence[WagePeriod],
    folder: Path,
    known: ParameterSet,
) -> KernelRuns | None:
    """The kernels for these people; None where none fits, or Numba is not installed."""
    try:
        runs = Kernels(schemes, wage_periods, parameters=known).compiled(people, folder)
    except (Unfit, ImportError):
        return None
    return runs if runs.runs else None


def _block(  # noqa: PLR0917 - what a block is made of
    name: str,
    first: int,
    part: People,
    schemes: Schemes,
    wage_periods: Sequence[WagePeriod],
    known: ParameterSet,
    runs: KernelRuns,
    whys: NDArray[Any],
    outs: NDArray[Any],
) -> Block:
    """One benefit of one block: what kernels wrote, and the others over columns."""
    size = (len(part), len(wage_periods))
    why, reasons = np.zeros(size, dtype=np.int32), Reasons([])
    found: dict[str, Column] = {}
    groups = runs.kernels.group_of[part.employers]
    rest = np.ones(len(part), dtype=bool)
    for place, (group, run) in enumerate(zip(runs.kernels.groups, runs.runs, strict=True)):
        source = run.frame.source
        at = next((one.place for one in source.parts if one.one.name == name), None)
        mine = groups == place
        if at is None or not mine.any():
            continue
        rest &= ~mine
        numbers = np.array([0, *(reasons.number(one) for one in group.kernel.reasons(name))])
        why[mine] = numbers[whys[at, mine]]
        for row, (of, quantity) in enumerate(source.outputs):
            if of == at:
                found.setdefault(quantity.name, np.zeros(size, dtype=np.int64))[mine] = outs[row, mine]
    if rest.any():
        _over_columns(name, part, np.flatnonzero(rest), schemes, wage_periods, known, (found, why, reasons))
    return Block(name, first, Amounts(found, why), tuple(reasons.found))


def _over_columns(  # noqa: PLR0917 - as above
    name: str,
    part: People,
    places: Column,
    schemes: Schemes,
    wage_periods: Sequence[WagePeriod],
    known: ParameterSet,
    into: tuple[dict[str, Column], NDArray[np.int32], Reasons],
) -> None:
    found, why, reasons = into
    facts = {fact: history.picked(places) for fact, history in part.facts.items()}
    some = People([part.keys[int(at)] for at in places], part.employers[places], facts, part.lists)
    blocks = calculate_all(
        some, {name: schemes[name]}, wage_periods, parameters=known, block=max(len(some), 1)
    )
    for block in blocks:
        numbers = np.array([0, *(reasons.number(one) for one in block.reasons)])
        why[places] = numbers[block.amounts.why]
        for quantity, column in block.amounts.amounts.items():
            found.setdefault(quantity, np.zeros(why.shape, dtype=np.int64))[places] = column
