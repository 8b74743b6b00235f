"""The frame of a kernel around the amounts of one stretch: finding stretches, and writing wage periods."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schakel.engine.employee import FACTS
from schakel.engine.runners.kernel_source import KernelSource

CAPACITY = 512
"""Stretches at a time: what lies between the loops stays in the cache of one core."""
BIRTHS = {"birth_on": "age", "partner_birth_on": "partner_age"}
HEAD = """# Made from the rules; every line below follows from them.
import numpy as np
from numba import njit
from schakel.engine.runners.stretches import down, half_up, pieces, up

"""
COMPILED = "@njit(nogil=True, cache=True, error_model='numpy')"


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

    def text(self) -> str:
        """The whole kernel."""
        functions = (self.evaluate(), self.kernel())
        return HEAD + "\n\n\n".join("\n".join(lines) for lines in functions) + "\n"

    # What lies where in the buffer that the loops share: a row of CAPACITY numbers each.

    def rows(self) -> list[str]:
        """The names of the rows: what is read, then why there is nothing, amounts, and year's amounts."""
        source = self.source
        given = [f"f_{name}" for name in source.facts] + source.derived + ["in_service", "pension_age"]
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
        return [name for name in self.rows() if not re.fullmatch(r"(why|o|y)\d+", name)]

    def facts(self) -> list[str]:
        """Every fact whose steps are walked: those that are read, and those that ages come from."""
        births = [
            name
            for name, age in BIRTHS.items()
            if any(one.startswith(f"{age}_") for one in self.source.derived)
        ]
        return [
            *self.source.facts,
            *(name for name in births if name not in self.source.facts),
            "is_employed",
        ]

    def dated(self) -> list[str]:
        """Those of them that change."""
        return [name for name in self.facts() if name not in self.constant]

    def arguments(self) -> Iterator[str]:
        """What the kernel is given."""
        yield from (
            "low",
            "high",
            "most",
            "first_day",
            "last_day",
            "period_starts",
            "period_ends",
            "per_year",
        )
        yield from ("epochs", "years", "month_firsts", "month_number", "employers", "terms", "pension_ages")
        yield from ("layout", "refuses")
        for name in self.facts():
            yield from (
                (f"values_{name}",)
                if name in self.constant
                else (
                    f"offsets_{name}",
                    f"days_{name}",
                    f"values_{name}",
                )
            )
        yield from self.source.tables
        yield from (f"why{part.place}" for part in self.source.parts)
        yield from (f"out{place}" for place in range(len(self.source.outputs)))

    # The middle loop.

    def evaluate(self) -> Iterator[str]:
        """Every amount of every stretch, once; one buffer with known places, so that eight go at a time."""
        yield COMPILED
        yield "def evaluate(work, ints, count, per_year, terms):"
        for name in self.lasting_terms():
            yield f"    {name} = terms[{self.source.terms.index(name)}]"
        yield "    for k in range(count):"
        for place, name in enumerate(self.rows()):
            if name in self.read():
                yield f"        {name} = work[{place * CAPACITY} + k]"
        yield "        is_in = in_service == 1.0"
        if "salary_kind" in self.source.facts:
            yield "        given_kind = f_salary_kind"
        for name in self.source.facts:
            yield from ("    " + line for line in _fact(name))
        for line in self.body:
            yield "        " + self._in_rows(line)

    def _in_rows(self, line: str) -> str:
        """The names of amounts as places in the buffer."""
        line = re.sub(
            r"\b((?:why|o)\d+)\[s\]", lambda name: f"ints[{self.whole(name[1]) * CAPACITY} + k]", line
        )
        return re.sub(r"\b(y\d+)\[s\]", lambda name: f"work[{self.place(name[1]) * CAPACITY} + k]", line)

    # The loop around it.

    def kernel(self) -> Iterator[str]:
        """Employees a buffer full at a time."""
        yield COMPILED
        yield f"def kernel({', '.join(self.arguments())}):"
        yield f"    work = np.zeros({len(self.rows()) * CAPACITY})"
        whole = (len(self.source.parts) + len(self.source.outputs)) * CAPACITY
        yield f"    ints = np.zeros({whole}, dtype=np.{self.ints})"
        yield f"    starts = np.empty({CAPACITY}, dtype=np.int64)"
        yield f"    ends = np.empty({CAPACITY}, dtype=np.int64)"
        yield f"    begins = np.empty({CAPACITY + 1}, dtype=np.int64)"
        yield "    amounts = np.zeros(max(layout.shape[0], 1), dtype=np.int64)"
        yield "    reasons = np.zeros(refuses.shape[0], dtype=np.int64)"
        yield f"    of_period = np.zeros({self.size}, dtype=np.int64)"
        yield "    first = low"
        yield "    while first < high:"
        yield "        s, i = 0, first"
        yield f"        while i < high and s + most <= {CAPACITY}:"
        yield from ("            " + line for line in self.walk())
        yield "            i += 1"
        yield "        begins[i - first] = s"
        yield "        begin, end = first, first"
        yield "        while begin < i:"
        yield "            while end < i and employers[end] == employers[begin]:"
        yield "                end += 1"
        yield "            k = begins[begin - first]"
        yield "            evaluate(work[k:], ints[k:], begins[end - first] - k, per_year, terms[0, employers[begin]])"
        yield "            begin = end"
        yield "        for i_written in range(first, i):"
        yield from ("            " + line for line in self.write())
        yield "        first = i"

    def walk(self) -> Iterator[str]:
        """The stretches of one employee, with what is read in each."""
        yield "begins[i - first] = s"
        yield "employer = employers[i]"
        for name in self.dated():
            yield f"j_{name} = offsets_{name}[i]"
        yield "day, epoch, month = first_day, 0, 0"
        yield "while day < last_day:"
        yield "    until = last_day"
        for name in self.dated():
            yield f"    while j_{name} < offsets_{name}[i + 1] and days_{name}[j_{name}] <= day:"
            yield f"        j_{name} += 1"
            yield f"    if j_{name} < offsets_{name}[i + 1] and days_{name}[j_{name}] < until:"
            yield f"        until = np.int64(days_{name}[j_{name}])"
            yield f"    v_{name} = values_{name}[j_{name} - 1] if j_{name} > offsets_{name}[i] else np.nan"
        for name in self.facts():
            if name in self.constant:
                yield f"    v_{name} = values_{name}[i]"
        yield "    while epoch + 1 < len(epochs) and epochs[epoch + 1] <= day:"
        yield "        epoch += 1"
        yield "    if epoch + 1 < len(epochs) and epochs[epoch + 1] < until:"
        yield "        until = epochs[epoch + 1]"
        yield "    while month + 1 < len(month_firsts) and month_firsts[month + 1] <= day:"
        yield "        month += 1"
        yield from self.ages()
        yield "    starts[s], ends[s] = day, until"
        for name in self.read():
            yield f"    work[{self.place(name) * CAPACITY} + s] = {self.stored(name)}"
        yield "    s += 1"
        yield "    day = until"

    def ages(self) -> Iterator[str]:
        """Ages by the month in which they are reached, and the next day they are others."""
        for birth, age in BIRTHS.items():
            if f"{age}_months" not in self.source.derived and f"{age}_years" not in self.source.derived:
                continue
            yield f"    a_{age} = month_number + month - v_{birth} if v_{birth} == v_{birth} else 0.0"
            yield f"    a_{age} = min(max(a_{age}, 0.0), 1560.0)"
            yield (
                "    turn = month + 1" if self.monthly else f"    turn = month + 12 - np.int64(a_{age}) % 12"
            )
            yield "    if turn < len(month_firsts) and month_firsts[turn] < until:"
            yield "        until = month_firsts[turn]"

    def stored(self, name: str) -> str:
        """What goes into a row."""
        if name.replace(".", "").isdecimal():
            return name
        if name in self.source.terms:
            return f"terms[epoch, employer, {self.source.terms.index(name)}]"
        if name.startswith("look_up_"):
            table, key = self.source.lookups[int(name.removeprefix("look_up_"))]
            return f"{table}[employer, np.int64({self.stored(key)})]"
        plain = {
            "in_service": "v_is_employed",
            "pension_age": "pension_ages[epoch, i]",
            "calendar_year": "years[epoch]",
        }
        for age in BIRTHS.values():
            plain |= {f"{age}_months": f"a_{age}", f"{age}_years": f"np.floor(a_{age} / 12.0)"}
        return plain.get(name) or "v_" + name.removeprefix("f_")

    def write(self) -> Iterator[str]:
        """Wage periods of one employee: what the stretch that covers each came to, or several in pieces."""
        outputs, parts = range(len(self.source.outputs)), self.source.parts
        yield "k, in_pieces = begins[i_written - first], 0"
        yield f"for p in range({self.size}):"
        yield "    while ends[k] <= period_starts[p]:"
        yield "        k += 1"
        yield "    of_period[p] = k"
        yield "    in_pieces += period_ends[p] > ends[k]"
        for place in outputs:
            yield f"for p in range({self.size}):"
            yield f"    out{place}[i_written, p] = ints[{self.whole(f'o{place}') * CAPACITY} + of_period[p]]"
        for part in parts:
            yield f"for p in range({self.size}):"
            yield f"    why{part.place}[i_written, p] = ints[{self.whole(f'why{part.place}') * CAPACITY} + of_period[p]]"
        yield "if in_pieces:"
        yield f"    for p in range({self.size}):"
        yield "        if period_ends[p] <= ends[of_period[p]]:"
        yield "            continue"
        yield "        pieces(of_period[p], period_starts[p], period_ends[p], starts, ends, work, ints,"
        yield f"               {CAPACITY}, per_year, layout, refuses, amounts, reasons)"
        for place in outputs:
            yield f"        out{place}[i_written, p] = amounts[{place}]"
        for part in parts:
            yield f"        why{part.place}[i_written, p] = reasons[{part.place}]"


def _fact(name: str) -> Iterator[str]:
    """A fact, whether it is known, and whether it can be."""
    fact = FACTS[name]
    low = float(fact.lowest if fact.unit.name != "date" else 1)
    if name == "full_time_hours_per_week":
        # Only an hourly wage is made a year's salary with it; for others it may be unknown.
        yield f"    f_{name} = f_{name} if given_kind == 2.0 else ({low!r} if given_kind == given_kind else np.nan)"
    yield f"    no_{name} = f_{name} != f_{name}"
    yield f"    off_{name} = (f_{name} < {low!r}) | (f_{name} > {float(fact.highest)!r})"
    wrong = f"no_{name}" if fact.unit.name == "date" else f"(no_{name} | off_{name})"
    yield f"    f_{name} = {low!r} if {wrong} else f_{name}"
