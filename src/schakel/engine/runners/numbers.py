"""The numbers of every employer over a horizon: one column for each that differs from all others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.engine.choices import Choices
from schakel.engine.parameters import ParameterSet
from schakel.engine.runners import calendar
from schakel.engine.runners.histories import Column
from schakel.engine.runners.leaves import figure_of
from schakel.engine.runners.segments import Horizon
from schakel.engine.targets.loops import Unfit

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Numbers:
    """Terms as data: epoch (from when other statutory figures hold) × employer, a variable a column."""

    over: Horizon
    known: ParameterSet
    employers: int
    epochs: Column
    columns: list[Floats] = field(default_factory=list)
    names: dict[bytes, str] = field(default_factory=dict)
    tables: dict[str, Floats] = field(default_factory=dict)

    def variable(self, rows: Sequence[Choices], name: str, *, fixed: bool) -> str:
        """The variable of a term; terms of benefits that are the same share one. Raises Unfit.

        `fixed`: a number that is the same for everybody is written out instead.
        """
        values = np.array([[self._number(row, name, int(epoch)) for row in rows] for epoch in self.epochs])
        if fixed and (values == values[0, 0]).all():
            return repr(float(values[0, 0]))
        key = values.tobytes()
        if key not in self.names:
            self.names[key] = f"t_{len(self.columns)}"
            self.columns.append(values)
        return self.names[key]

    def table(self, rows: Sequence[Choices], name: str) -> str:
        """The variable of tables, a row for each employer. Raises Unfit."""
        found = [row.get(name) for row in rows]
        if not all(isinstance(value, tuple) for value in found):
            raise Unfit(f"{name}: a table of the law")
        values = np.array(found, dtype=np.float64)
        key = b"table" + values.tobytes()
        if key not in self.names:
            self.names[key] = f"table_{len(self.tables)}"
            self.tables[self.names[key]] = values
        return self.names[key]

    def moving(self) -> frozenset[str]:
        """The variables that change within the horizon."""
        return frozenset(
            f"t_{place}" for place, column in enumerate(self.columns) if not (column == column[:1]).all()
        )

    def _number(self, row: Choices, name: str, epoch: int) -> float:
        value = row.get(name)
        if value != "statutory":
            assert isinstance(value, int), name
            return float(value)
        figure = row.terms[name].statutory
        assert figure is not None
        found, missing = figure_of(self.known[figure], np.array([self.figure_day(epoch)]))
        if missing.any():
            raise Unfit(f"{figure} is not known for the whole of the horizon")
        return float(found[0])

    def figure_day(self, epoch: int) -> int:
        """The day whose figures hold from an epoch on: in the year its wage period belongs to."""
        place = int(np.searchsorted(self.over.starts, epoch, side="right")) - 1
        return max(epoch, int(calendar.first_of_month(self.over.years[place : place + 1] * 12)[0]))

    def years(self) -> Floats:
        """The year of each epoch."""
        places = np.searchsorted(self.over.starts, self.epochs, side="right") - 1
        return self.over.years[places].astype(np.float64)

    def terms(self, read: Sequence[str]) -> Floats:
        """The columns that are read, in order: epoch × employer × term."""
        named = {f"t_{place}": column for place, column in enumerate(self.columns)}
        if not read:
            return np.zeros((len(self.epochs), self.employers, 1))
        return np.stack([named[name] for name in read], axis=2)


def epochs_of(figures: Iterable[str], over: Horizon, known: ParameterSet) -> Column:
    """The days inside the horizon from which other figures hold; a year begins with its first wage period."""
    days = {int(over.starts[0])}
    days.update(int(over.starts[place]) for place in np.flatnonzero(np.diff(over.years)) + 1)
    for name in figures:
        for day in known[name].starts:
            if (day.month, day.day) != (1, 1) and over.starts[0] < day.toordinal() < over.ends[-1]:
                days.add(day.toordinal())
    return np.array(sorted(days), dtype=np.int64)
