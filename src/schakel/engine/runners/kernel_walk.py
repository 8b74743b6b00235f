"""The first loop of a kernel: the stretches of one employee without change, and the wage periods each covers."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from schakel.engine.runners.kernel_source import KernelSource

CAPACITY = 512
"""Stretches at a time: what lies between the loops stays in the cache of one core."""
BIRTHS = {"birth_on": "age", "partner_birth_on": "partner_age"}


class Frame(Protocol):
    """What a walk asks of the frame it stands in; `kernel_text.Frame`."""

    @property
    def source(self) -> KernelSource: ...
    @property
    def constant(self) -> frozenset[str]: ...
    @property
    def monthly(self) -> bool: ...
    @property
    def size(self) -> int: ...
    @property
    def turns_on(self) -> Sequence[str]: ...
    def facts(self) -> list[str]: ...
    def read(self) -> list[str]: ...
    def place(self, name: str) -> int: ...


class Walk:
    """Writes the loop of one frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.dated = [name for name in frame.facts() if name not in frame.constant]

    def lines(self) -> Iterator[str]:
        """From the first day on, each stretch until the first change of anything."""
        yield "begins[i - first], runs[i - first] = s, r"
        yield f"employer, base = employers[i], i * {self.frame.size}"
        for name in self.frame.facts():
            yield from (f"v_{name} = {_known(name, 'i')}",) if name in self.frame.constant else _begun(name)
        yield "day, epoch, pension_age = first_day, 0, 0.0"
        yield "next_epoch = epochs[1] if len(epochs) > 1 else last_day"
        yield "while True:"
        nexts = [f"next_{name}" for name in self.dated]
        yield f"    until = min({', '.join([*nexts, 'next_epoch', 'last_day'])})"
        yield from ("    " + line for line in self.ages())
        yield "    starts[s], ends[s] = day, until"
        for name in self.frame.read():
            yield f"    work[{self.frame.place(name)} * {CAPACITY} + s] = {self.stored(name)}"
        yield from ("    " + line for line in self.covered())
        yield "    s += 1"
        yield "    if until >= last_day:"
        yield "        break"
        yield "    day = until"
        for name in self.dated:
            yield f"    if next_{name} == day:"
            yield f"        j_{name} += 1"
            yield from (f"        {line}" for line in _stepped(name))
        yield "    if next_epoch == day:"
        yield "        epoch += 1"
        yield "        next_epoch = epochs[epoch + 1] if epoch + 1 < len(epochs) else last_day"

    def covered(self) -> Iterator[str]:
        """The wage periods that lie whole in a stretch, as one run; one that begins in it and ends later is a piece."""
        size = self.frame.size
        yield "p = period_of_day[day - first_day]"
        yield "if period_starts[p] != day:"
        yield "    p += 1"
        yield f"if p < {size} and period_ends[p] <= until:"
        yield "    run_at[r], run_k[r] = base + p, s"
        yield "    r += 1"
        yield "if until < last_day:"
        yield "    p = period_of_day[until - first_day]"
        yield "    if period_starts[p] != until and period_starts[p] >= day:"
        yield f"        run_at[r], run_k[r] = base + p, {CAPACITY} - 1 - n"
        yield "        piece_first[n], piece_period[n] = s, p"
        yield "        r += 1"
        yield "        n += 1"

    def ages(self) -> Iterator[str]:
        """Ages by the month in which they are reached, and the next day they are others."""
        for birth, age in BIRTHS.items():
            if not any(f"{age}_{unit}" in self.frame.source.derived for unit in ("months", "years")):
                continue
            yield "month = month_of_day[day - first_day]"
            yield f"born = np.int64(v_{birth}) - first_birth if v_{birth} == v_{birth} else 0"
            yield f"a_{age} = month_number + month - birth_months[born] if v_{birth} == v_{birth} else 0.0"
            yield f"a_{age} = min(max(a_{age}, 0.0), 1560.0)"
            if age == "age":
                yield "pension_age = pension_ages[epoch, born]"
            if age == "age" and self.frame.turns_on:
                yield f"if v_{birth} == v_{birth}:"
                for name in self.frame.turns_on:
                    yield f"    turn = np.int64(birth_months[born] + {self.stored(name)} - month_number)"
                    yield "    if turn > month and turn < len(month_firsts) and month_firsts[turn] < until:"
                    yield "        until = month_firsts[turn]"
                continue
            yield "turn = month + 1" if self.frame.monthly else f"turn = month + 12 - np.int64(a_{age}) % 12"
            yield "if turn < len(month_firsts) and month_firsts[turn] < until:"
            yield "    until = month_firsts[turn]"

    def stored(self, name: str) -> str:
        """What goes into a row."""
        source = self.frame.source
        if name.replace(".", "").isdecimal():
            return name
        if name.startswith(("t_", "pension_age")) and name in source.terms:
            return f"terms[epoch, employer, {source.terms.index(name)}]"
        if name.startswith("look_up_"):
            table, key = source.lookups[int(name.removeprefix("look_up_"))]
            return f"{table}[employer, np.int64({self.stored(key)})]"
        plain = {
            "in_service": "v_is_employed",
            "pension_age": "pension_age",
            "calendar_year": "years[epoch]",
        }
        for age in BIRTHS.values():
            plain |= {f"{age}_months": f"a_{age}", f"{age}_years": f"np.floor(a_{age} / 12.0)"}
        return plain.get(name) or "v_" + name.removeprefix("f_")


def _known(name: str, place: str) -> str:
    return f"number(values_{name}[{place}])"


def _begun(name: str) -> Iterator[str]:
    """The step that holds on the first day."""
    yield f"j_{name}, end_{name} = offsets_{name}[i], offsets_{name}[i + 1]"
    yield f"while j_{name} < end_{name} and days_{name}[j_{name}] <= first_day:"
    yield f"    j_{name} += 1"
    yield f"v_{name} = {_known(name, f'j_{name} - 1')} if j_{name} > offsets_{name}[i] else np.nan"
    yield f"next_{name} = min(np.int64(days_{name}[j_{name}]), last_day) if j_{name} < end_{name} else last_day"


def _stepped(name: str) -> Iterator[str]:
    """The step that holds from here."""
    yield f"v_{name} = {_known(name, f'j_{name} - 1')}"
    yield f"next_{name} = min(np.int64(days_{name}[j_{name}]), last_day) if j_{name} < end_{name} else last_day"
