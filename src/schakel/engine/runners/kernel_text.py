"""The frame of a kernel around the amounts of one stretch: finding stretches, and writing wage periods."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schakel.engine.employee import FACTS
from schakel.engine.runners.kernel_source import KernelSource
from schakel.engine.runners.kernel_walk import BIRTHS, CAPACITY, Walk

HEAD = """# Made from the rules; every line below follows from them.
import numpy as np
from numba import njit
from schakel.engine.runners.pieces import pieces
from schakel.engine.runners.splat import written
from schakel.engine.runners.stretches import added, down, down_at_once, down_of_product, half_up, half_up_at_once
from schakel.engine.runners.stretches import half_up_of_product, number, up, up_at_once, up_of_product

"""
COMPILED = "@njit(nogil=True, cache=True, error_model='numpy')"
BLENDED = (1, 2, 4, 8)  #: runs of wage periods in a row that is written at once
WIDEST = 16  #: wage periods in such a row
HOURS = "full_time_hours_per_week"
HORIZON = (
    *("low", "high", "most", "first_day", "last_day", "period_starts", "period_ends", "period_of_day"),
    *("month_of_day", "month_firsts", "month_number", "per_year", "epochs", "years", "employers", "terms"),
    *("first_birth", "birth_months", "pension_ages", "layout", "refuses"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A kernel's frame. `constant` are the facts that never change; `monthly`: ages are read month by month."""

    source: KernelSource
    body: Sequence[str]
    constant: frozenset[str]
    monthly: bool
    size: int  #: wage periods
    ints: str  #: int32 when all amounts are proved to fit, else int64
    moving: frozenset[str]  #: variables of terms that change within the horizon
    turns_on: tuple[str, ...] = ()  #: ages at which somebody enters or leaves, when nothing else reads an age
    uniform: Mapping[str, float] = field(
        default_factory=dict
    )  #: words that are the same for all these people

    def text(self, *, totals: bool = False) -> str:
        """The whole kernel: amounts written, or only added up and counted by their size."""
        functions = [self.evaluate(), self.explain(), self.kernel(totals=totals)]
        return HEAD + "\n\n\n".join("\n".join(lines) for lines in functions) + "\n"

    # What lies where in the buffers that the loops share: a row of CAPACITY numbers each.

    def rows(self) -> list[str]:
        """The names of the rows: what is read, then year's amounts."""
        source = self.source
        facts = [f"f_{name}" for name in source.facts if name not in self.uniform]
        given = [*facts, *source.derived, "in_service", "pension_age"]
        looked_up = [f"look_up_{place}" for place in range(len(source.lookups))]
        return given + self.dated_terms() + looked_up + [f"y{place}" for place in sorted(source.scales)]

    def dated_terms(self) -> list[str]:
        """Terms that statutory figures change within the horizon; others are the same in all stretches."""
        return [name for name in self.source.terms if name in self.moving]

    def lasting_terms(self) -> list[str]:
        """Terms that hold all the time, for all employees of an employer."""
        return [name for name in self.source.terms if name not in self.moving]

    def place(self, name: str) -> int:
        """Which row."""
        return self.rows().index(name)

    def whole(self, name: str) -> int:
        """Which row of the buffer of whole numbers: why there is nothing, then amounts."""
        names = [f"why{part.place}" for part in self.source.parts]
        return [*names, *(f"o{place}" for place in range(len(self.source.outputs)))].index(name)

    def read(self) -> list[str]:
        """The rows that are read in a stretch."""
        return [name for name in self.rows() if not re.fullmatch(r"y\d+", name)]

    def facts(self) -> list[str]:
        """Every fact whose steps are walked: those that are read, and those that ages come from."""
        births = [
            name
            for name, age in BIRTHS.items()
            if any(one.startswith(f"{age}_") for one in self.source.derived)
        ]
        read = [*self.source.facts, *(name for name in births if name not in self.source.facts)]
        return [*(name for name in read if name not in self.uniform), "is_employed"]

    def arguments(self) -> Iterator[str]:
        """What the kernel is given."""
        yield from HORIZON
        for name in self.facts():
            steps = () if name in self.constant else (f"offsets_{name}", f"days_{name}")
            yield from (*steps, f"values_{name}")
        yield from self.source.tables
        yield from ("whys", "outs")

    # The middle loop.

    def evaluate(self) -> Iterator[str]:
        """Every amount of every stretch, once; one buffer with known places, so that several go at a time.

        Gives how many stretches lack an amount.
        """
        yield COMPILED
        yield "def evaluate(work, ints, lacking, count, per_year, terms):"
        yield from self._lasting()
        yield "    without = 0"
        yield "    for k in range(count):"
        yield from ("        " + line for line in self._loaded())
        yield from ("        " + self._in_rows(line) for line in self.body)
        for part in self.source.parts:
            yield "        " + self._in_rows(f"why{part.place}[s] = 0")
        yield f"        lacks = 0 if {' & '.join(f'ok{part.place}' for part in self.source.parts)} else 1"
        yield "        lacking[k] = lacks"
        yield "        without += lacks"
        yield "    return without"

    def explain(self) -> Iterator[str]:
        """Why there is no amount, of every stretch: walked only where one lacks."""
        yield COMPILED
        yield "def explain(work, ints, count, terms):"
        yield from self._lasting()
        yield "    for k in range(count):"
        yield from ("        " + line for line in self._loaded())
        yield from ("        " + self._in_rows(line) for line in self.source.explanation(self.body))

    def _lasting(self) -> Iterator[str]:
        for name in self.lasting_terms():
            yield f"    {name} = terms[{self.source.terms.index(name)}]"

    def _loaded(self) -> Iterator[str]:
        for place, name in enumerate(self.rows()):
            if name in self.read():
                yield f"{name} = work[{place * CAPACITY} + k]"
        yield "is_in = in_service == 1.0"
        for name in self.source.facts:
            if name in self.uniform:
                yield f"f_{name} = {_literal(self.uniform[name])}"
        for name in self.source.facts:
            yield from _fact(name)

    def _in_rows(self, line: str) -> str:
        """The names of amounts as places in the buffer."""
        line = re.sub(
            r"\b((?:why|o)\d+)\[s\]", lambda name: f"ints[{self.whole(name[1]) * CAPACITY} + k]", line
        )
        return re.sub(r"\b(y\d+)\[s\]", lambda name: f"work[{self.place(name[1]) * CAPACITY} + k]", line)

    # The loop around it.

    def kernel(self, *, totals: bool) -> Iterator[str]:
        """Employees a buffer full at a time."""
        reasons, amounts = len(self.source.parts), len(self.source.outputs)
        yield COMPILED
        yield f"def kernel({', '.join(self.arguments())}):"
        yield f"    work = np.zeros({len(self.rows()) * CAPACITY})"
        yield f"    ints = np.zeros({(reasons + amounts) * CAPACITY}, dtype=np.{self.ints})"
        for name in ("starts", "ends", "begins", "runs", "run_at", "run_k", "piece_first", "piece_period"):
            yield f"    {name} = np.zeros({CAPACITY + 1}, dtype=np.int64)"
        yield f"    lacking = np.zeros({CAPACITY + 1}, dtype=np.{self.ints})"
        yield f"    room = np.zeros({4 * CAPACITY})"
        yield f"    places = np.zeros({5 * CAPACITY}, dtype=np.int64)"
        yield "    first = low"
        yield "    while first < high:"
        yield "        s, r, n, i = 0, 0, 0, first"
        yield f"        while i < high and s + n + most <= {CAPACITY}:"
        yield from ("            " + line for line in Walk(self).lines())
        yield "            i += 1"
        yield "        begins[i - first] = s"
        yield "        begin, end = first, first"
        yield "        while begin < i:"
        yield "            while end < i and employers[end] == employers[begin]:"
        yield "                end += 1"
        yield "            k, count = begins[begin - first], begins[end - first] - begins[begin - first]"
        yield "            of_employer = terms[0, employers[begin]]"
        yield "            if evaluate(work[k:], ints[k:], lacking[k:], count, per_year, of_employer):"
        yield "                explain(work[k:], ints[k:], count, of_employer)"
        yield "            begin = end"
        yield "        pieces(n, piece_first, piece_period, period_starts, period_ends, starts, ends, work, ints,"
        yield f"               {CAPACITY}, per_year, layout, refuses, lacking, room, places)"
        yield from ("        " + line for line in (self.added() if totals else self.written()))
        yield "        first = i"

    def written(self) -> Iterator[str]:
        """Each employee's row of every amount at once; reasons only where there are some."""
        reasons, amounts = len(self.source.parts), len(self.source.outputs)
        yield f"count, size = len(whys) // {reasons}, {self.size}"
        # Whoever has more runs than are blended is written run by run.
        yield "runs[i - first] = r"
        yield "for employee in range(i - first):"
        yield "    run, begin, end = runs[employee], (first + employee) * size, (first + employee + 1) * size"
        yield "    found = runs[employee + 1] - run"
        for place, most in enumerate(BLENDED if self.size <= WIDEST else ()):
            yield f"    {'elif' if place else 'if'} found <= {most}:"
            shape = f"({most}, {amounts}, {self.size}, {reasons}, {CAPACITY})"
            yield f"        written(outs, begin, count, ints, run_k, run_at, run, found, {shape})"
        yield "    else:" if self.size <= WIDEST else "    if True:"
        yield f"        for row in range({amounts}):"
        yield f"            to, of = row * count, ({reasons} + row) * {CAPACITY}"
        yield "            for one in range(run, run + found):"
        yield "                for at in range(run_at[one], end):"
        yield "                    outs[to + at] = ints[of + run_k[one]]"
        # Nearly always there is no reason why not.
        yield f"for row in range({reasons}):"
        yield "    whys[row * count + first * size : row * count + i * size] = 0"
        yield "run_at[r] = i * size"
        yield "for run in range(r):"
        yield "    if lacking[run_k[run]]:"
        yield f"        for row in range({reasons}):"
        yield "            for at in range(run_at[run], run_at[run + 1]):"
        yield f"                whys[row * count + at] = ints[row * {CAPACITY} + run_k[run]]"

    def added(self) -> Iterator[str]:
        """Each run counts as often as it has wage periods; together they cover every row."""
        reasons = len(self.source.parts)
        yield f"run_at[r] = i * {self.size}"
        yield f"added(s, n, r, run_k, run_at, ints, {CAPACITY}, {reasons}, whys, outs)"


def _literal(value: float) -> str:
    return "np.nan" if value != value else repr(value)  # noqa: PLR0124 - what is not known equals nothing


def _fact(name: str) -> Iterator[str]:
    """A fact, whether it is known, and whether it can be."""
    fact = FACTS[name]
    low = float(fact.lowest if fact.unit.name != "date" else 1)
    if name == HOURS:
        # Only an hourly wage is made a year's salary with it; for others it may be unknown.
        kind = "f_salary_kind"
        yield f"f_{name} = f_{name} if {kind} == 2.0 else ({low!r} if {kind} == {kind} else np.nan)"
    yield f"no_{name} = f_{name} != f_{name}"
    if fact.unit.name == "date":
        yield f"fine_{name} = f_{name} == f_{name}"
    else:
        yield f"fine_{name} = ({low!r} <= f_{name}) & (f_{name} <= {float(fact.highest)!r})"
