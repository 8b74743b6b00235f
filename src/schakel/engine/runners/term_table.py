"""The terms of many employers as data: one row for each employer's terms from a day on; a number a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.engine.choices import Choices, Shape
from schakel.engine.runners.histories import UNKNOWN, Column, History
from schakel.engine.timeline import END_OF_TIME, Timeline

STATUTORY = UNKNOWN + 1  #: in the place of a number: the statutory figure is read


@dataclass(frozen=True, slots=True)
class TermTable:
    """Every employer's terms of one benefit."""

    rows: tuple[Choices, ...]
    history: History  #: employer → row of terms, over time
    shapes: tuple[Shape, ...]
    shape_of_row: NDArray[np.int32]
    read: dict[str, Column] = field(default_factory=dict)  #: what was asked before

    def numbers(self, name: str) -> Column:
        """One term of every row: UNKNOWN where a row does not say it, STATUTORY where it points to the law."""
        if name not in self.read:
            self.read[name] = np.array([_number(row.get(name)) for row in self.rows], dtype=np.int64)
        return self.read[name]

    def tables(self, name: str, size: int) -> Column:
        """One table of every row, a row each; zeros where a row does not say it."""
        if name not in self.read:
            found = np.zeros((len(self.rows), size), dtype=np.int64)
            for place, row in enumerate(self.rows):
                value = row.get(name)
                if isinstance(value, tuple):
                    found[place] = value
            self.read[name] = found
        return self.read[name]

    def words(self, name: str, default: str) -> Sequence[str]:
        """One choice among words of every row."""
        return [str(row.get(name) or default) for row in self.rows]


def _number(value: object) -> int:
    if value == "statutory":
        return STATUTORY
    return value if isinstance(value, int) else UNKNOWN


def term_table(employers: Sequence[Timeline[Choices]]) -> TermTable:
    """Terms of many employers, in the order of their numbers in `People.employers`."""
    rows: list[Choices] = []
    starts: list[int] = []
    values: list[int] = []
    offsets = [0]
    for timeline in employers:
        for place, step in enumerate(timeline.steps):
            starts.append(step.period.start.toordinal())
            values.append(len(rows))
            rows.append(step.value)
            is_last = place + 1 == len(timeline.steps)
            following = END_OF_TIME if is_last else timeline.steps[place + 1].period.start
            if step.period.end < following:
                starts.append(step.period.end.toordinal())
                values.append(UNKNOWN)
        offsets.append(len(starts))
    places: Mapping[Shape, int] = {
        shape: place for place, shape in enumerate(dict.fromkeys(r.shape for r in rows))
    }
    return TermTable(
        tuple(rows),
        History(
            np.array(offsets, dtype=np.int64),
            np.array(starts, dtype=np.int32),
            np.array(values, dtype=np.int64),
        ),
        tuple(places),
        np.array([places[row.shape] for row in rows], dtype=np.int32),
    )
