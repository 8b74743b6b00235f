"""Kernels: benefits of one shape each compiled into one loop, with the numbers of every employer as data."""

import hashlib
import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import amounts_graph, benefit, condition_graph
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.graph import Leaf
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.runners.columns import Reason
from schakel.engine.runners.histories import UNKNOWN, People
from schakel.engine.runners.kernel_run import Run, births_of
from schakel.engine.runners.kernel_source import THRESHOLDS, KernelSource, Part
from schakel.engine.runners.kernel_text import HOURS, Frame
from schakel.engine.runners.kernel_walk import BIRTHS, CAPACITY
from schakel.engine.runners.numbers import Numbers, epochs_of
from schakel.engine.runners.segments import Horizon, horizon
from schakel.engine.targets.loops import Unfit
from schakel.engine.timeline import Timeline
from schakel.engine.wage_periods import WagePeriod

SMALL = 2**31
HOURLY = float(FACTS["salary_kind"].choices.index("hourly"))


class Kernel:
    """Benefits of many employers over one horizon. Raises Unfit for what loops do not reach; columns do then.

    `fixed`: the numbers of the one employer become part of the source, as in a program written for that scheme.
    """

    def __init__(
        self,
        schemes: Mapping[str, Sequence[Timeline[Choices]]],
        wage_periods: Sequence[WagePeriod],
        *,
        parameters: ParameterSet | None = None,
        fixed: bool = False,
    ) -> None:
        known = statutory() if parameters is None else parameters
        over = horizon(wage_periods)
        if len({one.kind for one in wage_periods}) != 1:
            raise Unfit("wage periods of several kinds")
        rows = {name: [only_row(one, over) for one in timelines] for name, timelines in schemes.items()}
        employers = len(next(iter(rows.values())))
        figures = {figure for name, some in rows.items() for figure in _figures(benefit(name), some)}
        self.numbers = Numbers(over, known, employers, epochs_of(figures, over, known))
        self.parts = tuple(
            Part(benefit(name), _of_one_shape(some), place) for place, (name, some) in enumerate(rows.items())
        )
        variables = {
            (part.place, leaf.name): self._variable(part, leaf, rows[part.one.name], fixed=fixed)
            for part in self.parts
            for leaf in _leaves(part.one, part.choices)
            if leaf.kind == "term"
        }
        self.source = KernelSource(self.parts, variables)
        self.body = self.source.body()

    @property
    def outputs(self) -> list[tuple[str, Quantity]]:
        """Every amount, with the benefit it is of."""
        return [(self.parts[place].one.name, quantity) for place, quantity in self.source.outputs]

    def reasons(self, name: str) -> tuple[Reason, ...]:
        """Why there is no amount of a benefit, numbered from 1."""
        return tuple(self.source.reasons[next(part.place for part in self.parts if part.one.name == name)])

    def _variable(self, part: Part, leaf: Leaf, rows: Sequence[Choices], *, fixed: bool) -> str:
        if leaf.size:
            return self.numbers.table(rows, leaf.name)
        term = part.choices.terms.get(leaf.name)
        points = [row.get(leaf.name) == "statutory" for row in rows]
        if term is not None and term.statutory == "state_pension_age" and any(points):
            if not all(points):
                raise Unfit("some say an end age and some do not")
            return "pension_age"
        return self.numbers.variable(rows, leaf.name, fixed=fixed)

    def compiled(self, people: People, folder: Path) -> Run:
        """The kernel for people like these, compiled once for its source and kept in `folder`. Raises Unfit."""
        constant = frozenset(name for name, history in people.facts.items() if history.is_constant)
        most = self._most(people)
        if most > CAPACITY:
            raise Unfit("an employee with more changes than a kernel has room for")
        frame = Frame(
            self.source,
            self.body,
            constant,
            self._is_monthly(),
            len(self.numbers.over.periods),
            "int32" if self._fits_small() else "int64",
            self.numbers.moving(),
            self._turns_on(),
            _uniform(people, self.source.facts),
        )
        return Run(
            self.numbers,
            frame,
            _function(frame.text(), folder),
            _function(frame.text(totals=True), folder),
            most,
            births_of(people, self.numbers, self.body),
        )

    def _most(self, people: People) -> int:
        """How many stretches an employee can have: a fact a step, an epoch, a birthday or a month each."""
        steps = sum(int(np.diff(history.offsets).max(initial=0)) for history in people.facts.values())
        return 2 * (steps + len(self.numbers.epochs) + 4) + (
            2 * len(self.numbers.over.periods) if self._is_monthly() else 8
        )

    def _fits_small(self) -> bool:
        """Whether every amount is proved to fit 32 bits."""
        found = []
        for place, quantity in self.source.outputs:
            part = self.parts[place]
            rule = quantity.rule or next(q.rule for q in part.one.quantities if q.name == quantity.of)
            graph = amounts_graph(part.one.name, part.choices.shape)
            unit = next(one.unit for one in graph.rules if one.name == rule)
            found.append(graph.expressions[rule].high // max(unit.scale // 100, 1) < SMALL)
        return all(found)

    def _turns_on(self) -> tuple[str, ...]:
        """The ages of entry and end of all benefits, when nothing else reads an age; else none."""
        if self._is_monthly() or "age_years" in self.source.derived:
            return ()
        columns = self.source.columns
        names = [columns.get((part.place, age), "") for part in self.parts for age in THRESHOLDS.values()]
        return tuple(dict.fromkeys(name for name in names if name))

    def _is_monthly(self) -> bool:
        """Whether ages in months matter month by month: elsewhere than in the ages of entry and end."""
        return any(
            {"age_months", "partner_age_months"} & graph.leaves.keys()
            for part in self.parts
            for graph in (
                amounts_graph(part.one.name, part.choices.shape),
                *(
                    condition_graph(part.one.name, name, part.choices.shape)
                    for name in part.one.conditions
                    if name not in THRESHOLDS or name in {step.name for step in part.choices.shape.steps}
                ),
            )
        )


def _uniform(people: People, read: Sequence[str]) -> dict[str, float]:
    """Words that are the same for all these people become part of the source; so does what nobody has."""
    found: dict[str, float] = {}
    for name in read:
        history = people.facts.get(name)
        if name in BIRTHS:
            continue
        if history is None:
            found[name] = float("nan")
        elif FACTS[name].choices and history.is_constant and len(history.values):
            first = int(history.values[0])
            if first != UNKNOWN and (history.values == first).all():
                found[name] = float(first)
    kind = found.get("salary_kind", HOURLY)
    if HOURS in read and kind != HOURLY:
        found[HOURS] = float("nan")
    return found


def _figures(one: Benefit, rows: Sequence[Choices]) -> set[str]:
    """The statutory figures that are read."""
    read = [leaf.name for leaf in _leaves(one, rows[0]) if leaf.kind == "term"]
    terms = [(row, row.terms[name], name) for row in rows for name in read if name in row.terms]
    return {term.statutory for row, term, name in terms if term.statutory and row.get(name) == "statutory"}


def _leaves(one: Benefit, choices: Choices) -> list[Leaf]:
    graphs = [amounts_graph(one.name, choices.shape)]
    graphs += [condition_graph(one.name, name, choices.shape) for name in one.conditions]
    return list({leaf.name: leaf for graph in graphs for leaf in graph.leaves.values()}.values())


def only_row(terms: Timeline[Choices], over: Horizon) -> Choices:
    """The one row of terms that holds in all of the horizon."""
    first, last = over.periods[0].period.start, over.periods[-1].period.end
    for step in terms.steps:
        if step.period.start <= first and step.period.end >= last:
            return step.value
    raise Unfit("terms that change within the horizon")


def _of_one_shape(rows: Sequence[Choices]) -> Choices:
    if len({row.shape for row in rows}) != 1:
        raise Unfit("employers of several shapes")
    return rows[0]


@lru_cache(maxsize=64)
def _function(text: str, folder: Path) -> Callable[..., None]:
    """The compiled function. Its source stands in a file, so that what is compiled is kept beside it."""
    name = "kernel_" + hashlib.sha256(text.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists():
        fresh = path.with_suffix(".tmp")
        fresh.write_text(text, encoding="utf-8")
        fresh.rename(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    function: Callable[..., None] = module.kernel
    return function
