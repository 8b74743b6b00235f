"""Facts of many employees as columns: each fact's steps behind one another, with where each employee's begin.

Days are day numbers (`date.toordinal`). A step that ends without another carries UNKNOWN. Steps of one employee
are in order and no two start on one day, so that what holds on a day is never a matter of taste.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.employee import FACTS, EmployeeTimeline, Sourced
from schakel.engine.timeline import END_OF_TIME, Period, Step, Timeline

Column = NDArray[np.int64]
Days = NDArray[np.int32]

UNKNOWN = np.iinfo(np.int64).min
DAY_BITS = 22  #: day numbers up to the year 9999 fit
ENDLESS = END_OF_TIME.toordinal()


@dataclass(frozen=True, slots=True)
class History:
    """One quantity of many owners over time."""

    offsets: Column  #: owner i has the steps offsets[i] … offsets[i + 1]
    starts: Days
    values: Column

    @property
    def is_constant(self) -> bool:
        """Whether everybody has one step, from before any day that is asked."""
        return len(self.starts) == len(self.offsets) - 1 and bool((self.starts <= 1).all())

    def part(self, first: int, last: int) -> "History":
        """The owners first … last (last not included)."""
        begin, end = int(self.offsets[first]), int(self.offsets[last])
        offsets = self.offsets[first : last + 1] - begin
        return History(offsets, self.starts[begin:end], self.values[begin:end])

    def picked(self, owners: Column) -> "History":
        """Some of the owners, in this order."""
        counts = np.diff(self.offsets)[owners]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        steps = np.repeat(self.offsets[owners] - offsets[:-1], counts) + np.arange(offsets[-1])
        return History(offsets, self.starts[steps], self.values[steps])

    def since(self, day: int) -> "History":
        """The same from a day on; before it nothing is known."""
        owners = np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int64), np.diff(self.offsets))
        starts = np.maximum(self.starts, day)
        # Of several steps that began before the day only the last still holds on it.
        is_last = (
            np.append((owners[1:] != owners[:-1]) | (starts[1:] != starts[:-1]), True)
            if len(owners)
            else starts > 0
        )
        counts = np.bincount(owners[is_last], minlength=len(self.offsets) - 1)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return History(offsets, starts[is_last].astype(np.int32), self.values[is_last])

    def keys(self) -> Column:
        """Owner and day in one number, in order."""
        owners = np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int64), np.diff(self.offsets))
        return (owners << DAY_BITS) | self.starts

    def step_at(self, owners: Column, days: Column) -> Column:
        """Which step holds for each owner on each day; −1 where none has begun."""
        found = np.searchsorted(self.keys(), (owners << DAY_BITS) | days, side="right") - 1
        return np.where(found >= self.offsets[owners], found, -1)

    def at(self, owners: Column, days: Column) -> Column:
        """The value for each owner on each day, or UNKNOWN."""
        if self.is_constant:
            return self.values[owners]
        if not len(self.values):
            return np.full(len(owners), UNKNOWN)
        steps = self.step_at(owners, days)
        return np.where(steps >= 0, self.values[steps], UNKNOWN)

    def until(self, steps: Column) -> Column:
        """The first day after each step: where its owner's next one starts."""
        following = np.append(self.starts[1:].astype(np.int64), ENDLESS)
        is_last = np.zeros(len(self.starts), dtype=bool)
        is_last[self.offsets[1:][np.diff(self.offsets) > 0] - 1] = True
        return np.where(is_last, ENDLESS, following)[steps]


@dataclass(frozen=True, slots=True)
class People:
    """Many employees, of many employers."""

    keys: Sequence[str]
    employers: Column  #: which of the schemes is theirs
    facts: Mapping[str, History]
    lists: Mapping[str, Sequence[tuple[date, ...]]] = field(
        default_factory=dict
    )  #: values of facts that are lists

    def __len__(self) -> int:
        return len(self.employers)

    def part(self, first: int, last: int) -> "People":
        """The employees first … last (last not included)."""
        facts = {name: history.part(first, last) for name, history in self.facts.items()}
        return People(self.keys[first:last], self.employers[first:last], facts, self.lists)

    def timeline(self, place: int) -> EmployeeTimeline:
        """One employee the long way: for an explanation, and where columns do not reach."""
        found = {}
        for name, history in self.facts.items():
            begin, end = int(history.offsets[place]), int(history.offsets[place + 1])
            starts = [date.fromordinal(max(int(day), 1)) for day in history.starts[begin:end]]
            ends = [*starts[1:], None][: len(starts)]
            steps = [
                Step(Period(start, until), Sourced(self._value(name, int(value))))
                for start, until, value in zip(starts, ends, history.values[begin:end], strict=True)
                if value != UNKNOWN
            ]
            found[name] = Timeline(steps)
        return EmployeeTimeline(self.keys[place], found)

    def _value(self, name: str, value: int) -> object:
        fact = FACTS[name]
        if name in self.lists:
            return self.lists[name][value]
        if fact.choices:
            return fact.choices[value]
        if fact.unit.name == "date":
            return date.fromordinal(value)
        return bool(value) if fact.unit.name == "yes_no" else value


def people_of(timelines: Sequence[EmployeeTimeline], employers: Iterable[int]) -> People:
    """Employees as columns."""
    lists: dict[str, list[tuple[date, ...]]] = {}
    names = {name for one in timelines for name in one.facts}
    facts = {name: _history(name, timelines, lists) for name in sorted(names)}
    return People([one.key for one in timelines], np.fromiter(employers, dtype=np.int64), facts, lists)


def history_of(count: int, owners: Column, starts: Column, ends: Column, values: Column) -> History:
    """Steps in the order of owner and day as a history; where one ends before the next, nothing is known."""
    following = np.append(starts[1:], ENDLESS)
    is_last = np.append(owners[1:] != owners[:-1], True) if len(owners) else np.empty(0, dtype=bool)
    gaps = ends < np.where(is_last, ENDLESS, following[: len(owners)])
    places = np.concatenate([np.arange(len(owners)) * 2, np.flatnonzero(gaps) * 2 + 1])
    order = np.argsort(places, kind="stable")
    all_owners = np.concatenate([owners, owners[gaps]])[order]
    all_starts = np.concatenate([starts, ends[gaps]])[order]
    all_values = np.concatenate([values, np.full(int(gaps.sum()), UNKNOWN)])[order]
    offsets = np.concatenate([[0], np.cumsum(np.bincount(all_owners, minlength=count))]).astype(np.int64)
    return History(offsets, all_starts.astype(np.int32), all_values.astype(np.int64))


def _history(
    name: str, timelines: Sequence[EmployeeTimeline], lists: dict[str, list[tuple[date, ...]]]
) -> History:
    starts: list[int] = []
    values: list[int] = []
    offsets = [0]
    for one in timelines:
        timeline = one.facts.get(name)
        steps: Sequence[Step[Any]] = () if timeline is None else timeline.steps
        if name == "is_employed":
            steps = timeline.map(lambda said: bool(said.value)).merged().steps if timeline else ()
        for place, step in enumerate(steps):
            value = step.value if name == "is_employed" else step.value.value
            starts.append(step.period.start.toordinal())
            values.append(_number(name, value, lists))
            following = steps[place + 1].period.start if place + 1 < len(steps) else END_OF_TIME
            if step.period.end < following:
                starts.append(step.period.end.toordinal())
                values.append(UNKNOWN)
        offsets.append(len(starts))
    return History(
        np.array(offsets, dtype=np.int64), np.array(starts, dtype=np.int32), np.array(values, dtype=np.int64)
    )


def _number(name: str, value: object, lists: dict[str, list[tuple[date, ...]]]) -> int:
    fact = FACTS[name]
    if value is None:
        return UNKNOWN
    if isinstance(value, tuple):
        lists.setdefault(name, []).append(value)
        return len(lists[name]) - 1
    if fact.choices:
        # A word that is none of the choices is refused where it is read, like any value out of its range.
        return fact.choices.index(str(value)) if value in fact.choices else fact.highest + 1
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int), name
    return int(value)
