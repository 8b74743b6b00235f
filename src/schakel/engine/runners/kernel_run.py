"""A compiled kernel at work: people made ready for it, amounts written, several threads beside each other."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.runners import calendar
from schakel.engine.runners.columns import Amounts
from schakel.engine.runners.histories import UNKNOWN, Column, History, People
from schakel.engine.runners.kernel_text import Frame
from schakel.engine.runners.kernel_walk import BIRTHS
from schakel.engine.runners.leaves import figure_of
from schakel.engine.runners.numbers import Numbers
from schakel.engine.targets.loops import Unfit
from schakel.engine.wage_periods import PER_YEAR

SPREAD, AS_IT_STANDS, REST = 0, 1, 2  #: kinds of amounts in `pieces.pieces`
SIZES = 128  #: as in `stretches`, which needs Numba


@dataclass(frozen=True, slots=True)
class Totals:
    """What a portfolio comes to."""

    amounts: Mapping[
        tuple[str, str], tuple[int, Column]
    ]  #: benefit and quantity → cents, and wage periods by size
    reasons: Mapping[
        str, Column
    ]  #: benefit → wage periods by the number of the reason; 0 are those with amounts


def _beside(
    function: Callable[..., None], count: int, given: Sequence[Any], rooms: Sequence[tuple[Any, Any]]
) -> None:
    """A part of the employees for each room, a thread each."""
    bounds = [count * place // len(rooms) for place in range(len(rooms) + 1)]
    if len(rooms) == 1:
        function(0, count, *given, *rooms[0])
        return
    with ThreadPoolExecutor(len(rooms)) as pool:
        # The compiled function holds no lock, so that threads run beside each other.
        tasks = [
            pool.submit(function, *ends, *given, *room)
            for ends, room in zip(pairwise(bounds), rooms, strict=True)
        ]
        for done in tasks:
            done.result()


@dataclass(frozen=True, slots=True)
class Run:
    """A compiled kernel, to run on blocks of people."""

    numbers: Numbers
    frame: Frame
    function: Callable[..., None]
    adding: Callable[..., None]  #: the same, amounts only added up
    most: int
    births: tuple[int, NDArray[np.float64], NDArray[np.float64]]  #: of all people it may be run on

    def outputs(self, count: int) -> NDArray[Any]:
        """Room for every amount: amount × employee × wage period, in 32 bits where it is proved that they suffice."""
        size = len(self.numbers.over.periods)
        return np.empty((len(self.frame.source.outputs), count, size), dtype=self.frame.ints)

    def reasons(self, count: int) -> NDArray[np.int8]:
        """Room for why there is no amount: benefit × employee × wage period."""
        size = len(self.numbers.over.periods)
        return np.empty((len(self.frame.source.parts), count, size), dtype=np.int8)

    def prepared(self, people: People) -> list[Any]:
        """What the compiled function reads of these people: their facts as they are kept, ages of state pension."""
        numbers, over = self.numbers, self.numbers.over
        first, last = int(over.starts[0]), int(over.ends[-1])
        days = np.arange(first, last, dtype=np.int64)
        months = calendar.months(days)
        every_month = np.arange(months[0], months[-1] + 1)
        return [
            self.most,
            first,
            last,
            over.starts,
            over.ends,
            np.searchsorted(over.starts, days, side="right") - 1,
            months - months[0],
            calendar.first_of_month(every_month),
            float(months[0]),
            float(PER_YEAR[over.periods[0].kind]),
            numbers.epochs,
            numbers.years(),
            people.employers,
            numbers.terms(self.frame.source.terms),
            *self.births,
            self._layout(),
            self._refuses(),
            *self._facts(people),
            *(numbers.tables[name] for name in self.frame.source.tables),
        ]

    def fill(
        self, count: int, given: Sequence[Any], whys: NDArray[Any], out: NDArray[Any], threads: int = 1
    ) -> None:
        """Write every amount of `count` employees."""
        flat = (whys.reshape(-1), out.reshape(-1))
        _beside(self.function, count, given, [flat] * threads)

    def totals(self, people: People, threads: int = 1) -> "Totals":
        """What all of it comes to and how it is spread, without keeping the amounts of anybody."""
        parts, amounts = len(self.frame.source.parts), len(self.frame.source.outputs)
        rooms = [
            (np.zeros((parts, SIZES), dtype=np.int64), np.zeros((amounts, SIZES + 1), dtype=np.int64))
            for _ in range(threads)
        ]
        _beside(self.adding, len(people), self.prepared(people), rooms)
        whys, sums = (np.sum([room[at] for room in rooms], axis=0) for at in (0, 1))
        return Totals(
            {
                (self.frame.source.parts[of].one.name, quantity.name): (int(row[SIZES]), row[:SIZES])
                for (of, quantity), row in zip(self.frame.source.outputs, sums, strict=True)
            },
            {part.one.name: row for part, row in zip(self.frame.source.parts, whys, strict=True)},
        )

    def calculate(self, people: People, threads: int = 1) -> dict[str, Amounts]:
        """Every amount of these people, by benefit."""
        count, source = len(people), self.frame.source
        out, whys = self.outputs(count), self.reasons(count)
        self.fill(count, self.prepared(people), whys, out, threads)
        found: dict[int, dict[str, Column]] = {part.place: {} for part in source.parts}
        for (place, quantity), column in zip(source.outputs, out, strict=True):
            found[place][quantity.name] = column
        return {
            part.one.name: Amounts(found[part.place], why.astype(np.int32))
            for part, why in zip(source.parts, whys, strict=True)
        }

    def _layout(self) -> NDArray[np.int64]:
        """Each amount for the pieces of a wage period; see `pieces.pieces`."""
        source, rows = self.frame.source, []
        names = {(of, quantity.name): at for at, (of, quantity) in enumerate(source.outputs)}
        for at, (of, quantity) in enumerate(source.outputs):
            kind = {"spread": SPREAD, "rest": REST}.get(quantity.kind, AS_IT_STANDS)
            year = self.frame.place(f"y{at}") if at in source.scales else -1
            minus = [names[of, name] for name in quantity.minus if (of, name) in names]
            whole = names[of, quantity.of] if quantity.of else -1
            row = [of, kind, self.frame.whole(f"o{at}"), year, source.scales.get(at, 1), whole, *minus]
            rows.append(row + [-1] * (8 - len(row)))
        return np.array(rows, dtype=np.int64)

    def _refuses(self) -> NDArray[np.int64]:
        """Of each benefit the row of its reasons, and which of them are refusals."""
        source = self.frame.source
        most = max(len(reasons) for reasons in source.reasons)
        found = np.zeros((len(source.parts), most + 1), dtype=np.int64)
        for place, reasons in enumerate(source.reasons):
            found[place, 0] = self.frame.whole(f"why{place}")
            found[place, 1 : len(reasons) + 1] = [one.kind == "refused" for one in reasons]
        return found

    def _facts(self, people: People) -> list[Any]:
        found: list[Any] = []
        for name in self.frame.facts():
            history = people.facts.get(name) or _nothing(len(people))
            steps = () if name in self.frame.constant else (history.offsets, history.starts)
            found += [*steps, history.values]
        return found


def births_of(
    people: People, numbers: Numbers, body: Sequence[str]
) -> tuple[int, NDArray[np.float64], NDArray[np.float64]]:
    """The first day anybody was born; of each day from then on its month, and the state pension age by epoch."""
    known = [people.facts[name].values for name in BIRTHS if name in people.facts]
    days = np.concatenate([values[values != UNKNOWN] for values in known] or [np.ones(1, dtype=np.int64)])
    first, last = (int(days.min()), int(days.max())) if len(days) else (1, 1)
    every = np.arange(first, last + 1, dtype=np.int64)
    ages = np.zeros((len(numbers.epochs), len(every)))
    if any("pension_age" in line for line in body):
        for place, epoch in enumerate(numbers.epochs):
            on = np.full(len(every), numbers.figure_day(int(epoch)))
            ages[place], missing = figure_of(numbers.known["state_pension_age"], on, every)
            if missing.any():
                raise Unfit("a state pension age is not known for the whole of the horizon")
    return first, calendar.months(every).astype(np.float64), ages


def _nothing(count: int) -> History:
    return History(
        np.zeros(count + 1, dtype=np.int64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    )
