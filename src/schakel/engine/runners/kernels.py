"""Employers grouped by the shape of their schemes, a kernel for each group; what does not fit is left to columns."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.choices import Choices, Shape
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.runners.histories import People
from schakel.engine.runners.kernel import Kernel, only_row
from schakel.engine.runners.kernel_run import Run
from schakel.engine.runners.segments import horizon
from schakel.engine.targets.loops import Unfit
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import WagePeriod

Schemes = Mapping[str, Sequence[Timeline[Choices]]]
Key = tuple[tuple[str, Shape, tuple[str, ...]], ...]
"""Benefit, shape, and which ages are those of the law: employers of one key share a kernel."""


@dataclass(frozen=True, slots=True)
class Group:
    """Employers of one key."""

    kernel: Kernel
    employers: NDArray[np.bool_]


class Kernels:
    """The kernels of many employers over one horizon. Needs Numba only when they are compiled."""

    def __init__(
        self,
        schemes: Schemes,
        wage_periods: Sequence[WagePeriod],
        *,
        parameters: ParameterSet | None = None,
    ) -> None:
        known = statutory() if parameters is None else parameters
        over = horizon(wage_periods)
        employers = len(next(iter(schemes.values()))) if schemes else 0
        fits: dict[tuple[str, Shape, tuple[str, ...]], bool] = {}
        keys: dict[Key, list[int]] = {}
        for place in range(employers):
            key = []
            for name, timelines in schemes.items():
                try:
                    row = only_row(timelines[place], over)
                except Unfit:
                    continue
                one = (name, row.shape, _lawful_ages(row))
                if one not in fits:
                    fits[one] = _fits({name: [Timeline.always(row)]}, wage_periods, known)
                if fits[one]:
                    key.append(one)
            if key:
                keys.setdefault(tuple(key), []).append(place)
        self.group_of = np.full(employers, -1, dtype=np.int64)
        self.groups: list[Group] = []
        for key_, places in keys.items():
            names = [name for name, _, _ in key_]
            mask = np.zeros(employers, dtype=bool)
            mask[places] = True
            self.group_of[places] = len(self.groups)
            rows = {
                name: [schemes[name][at if mask[at] else places[0]] for at in range(employers)]
                for name in names
            }
            self.groups.append(Group(Kernel(rows, wage_periods, parameters=known), mask))

    def compiled(self, people: People, folder: Path) -> "KernelRuns":
        """Each kernel for people like these. Raises Unfit."""
        return KernelRuns(self, [group.kernel.compiled(people, folder) for group in self.groups])


@dataclass(frozen=True, slots=True)
class KernelRuns:
    """Kernels that are compiled, to run over blocks of people."""

    kernels: Kernels
    runs: Sequence[Run]

    def ranges(self, people: People) -> list[tuple[int, int, int]]:
        """Employees who follow each other and have one group: group, first, last (not included)."""
        if not len(people):
            return []
        groups = self.kernels.group_of[people.employers]
        turns = np.flatnonzero(groups[1:] != groups[:-1]) + 1
        bounds = [0, *turns.tolist(), len(groups)]
        return [(int(groups[first]), first, last) for first, last in pairwise(bounds) if groups[first] >= 0]

    def room(self, count: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Room for the reasons and amounts of any group; each has its own rows in it."""
        whys = max((run.reasons(0) for run in self.runs), key=len)
        outs = max((run.outputs(0) for run in self.runs), key=len)
        kind = np.result_type(*(run.outputs(0).dtype for run in self.runs))
        return (
            np.zeros((len(whys), count, whys.shape[2]), dtype=np.int8),
            np.zeros((len(outs), count, outs.shape[2]), dtype=kind),
        )

    def fill(self, people: People, whys: NDArray[Any], outs: NDArray[Any], threads: int = 1) -> None:
        """Write every amount of everybody who is in a group."""
        given = [run.prepared(people) for run in self.runs]
        flat = (whys.reshape(-1), outs.reshape(-1))

        def work(tasks: Sequence[tuple[int, int, int]]) -> None:
            for group, first, last in tasks:
                self.runs[group].function(first, last, *given[group], *flat)

        shares = _shared(self.ranges(people), len(people), threads)
        if threads == 1:
            work(shares[0])
            return
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, shares))


def _shared(
    ranges: Sequence[tuple[int, int, int]], count: int, threads: int
) -> list[list[tuple[int, int, int]]]:
    """The same ranges over threads, each about as many employees that follow each other."""
    shares = []
    for thread in range(threads):
        low, high = count * thread // threads, count * (thread + 1) // threads
        shares.append(
            [
                (group, max(first, low), min(last, high))
                for group, first, last in ranges
                if max(first, low) < min(last, high)
            ]
        )
    return shares


def _lawful_ages(row: Choices) -> tuple[str, ...]:
    return tuple(
        sorted(
            name
            for name, term in row.terms.items()
            if term.statutory == "state_pension_age" and row.get(name) == "statutory"
        )
    )


def _fits(schemes: Schemes, wage_periods: Sequence[WagePeriod], known: ParameterSet) -> bool:
    try:
        Kernel(schemes, wage_periods, parameters=known)
    except Unfit:
        return False
    return True
