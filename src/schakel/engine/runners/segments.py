"""The days of many employees cut where something that is read changes: the columnar side of `Calculation`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.engine.runners import calendar
from schakel.engine.runners.histories import DAY_BITS, Column, History
from schakel.engine.wage_periods import WagePeriod

MASK = (1 << DAY_BITS) - 1


@dataclass(frozen=True, slots=True)
class Horizon:
    """The wage periods that are calculated, in order and without gaps."""

    periods: tuple[WagePeriod, ...]
    starts: Column
    ends: Column
    years: Column
    period_of: Column  #: of each day from the first on, the place of its wage period
    next_period: Column  #: of each day, the place of the first wage period that begins then or later
    month_of: Column  #: of each day, its month
    month_firsts: Column  #: the first day of each month, from the month of the first day on

    @property
    def months(self) -> Sequence[int]:
        """The firsts of months inside a wage period, where ages are counted anew."""
        return [int(day) for day in self.month_firsts if day not in set(self.starts.tolist())]

    @property
    def new_years(self) -> Column:
        """The first days of wage periods that belong to another year than those before them."""
        found: Column = self.starts[1:][np.diff(self.years) != 0]
        return found

    def day(self, days: Column) -> Column:
        """The place of days in the columns that have one for each day."""
        found: Column = days - self.starts[0]
        return found

    def inside(self, keys: Column) -> Column:
        """Of employees and days, those after the first day and before the end."""
        days = keys & MASK
        found: Column = keys[(days > self.starts[0]) & (days < self.ends[-1])]
        return found


def horizon(periods: Sequence[WagePeriod]) -> Horizon:
    """The horizon of these wage periods. They follow each other."""
    starts = np.array([one.period.start.toordinal() for one in periods], dtype=np.int64)
    ends = np.array([one.period.end.toordinal() for one in periods], dtype=np.int64)
    # The day after the last one has a place too: it is where the last segments end.
    days = np.arange(starts[0], ends[-1] + 1)
    months = calendar.months(days)
    return Horizon(
        tuple(periods),
        starts,
        ends,
        np.array([one.year for one in periods], dtype=np.int64),
        np.searchsorted(starts, days, side="right") - 1,
        np.searchsorted(starts, days, side="left"),
        months,
        calendar.first_of_month(np.arange(months[0], months[-1] + 1)),
    )


@dataclass(frozen=True, slots=True)
class Segments:
    """Stretches of days of employees, in order, that together are the whole horizon of each."""

    keys: Column  #: employee and first day in one number
    owners: Column
    starts: Column
    ends: Column
    on: Column  #: the day that is read: the start, or the day that decides for a whole wage period
    periods: Column  #: the place of the wage period the start is in

    def __len__(self) -> int:
        return len(self.keys)

    def picked(self, places: Column) -> "Segments":
        """Some of them."""
        columns = self.keys, self.owners, self.starts, self.ends, self.on, self.periods
        return Segments(*(column[places] for column in columns))

    def steps(self, history: History) -> Column:
        """Which step of a history holds on the day each segment is read; −1 where none has begun."""
        if history.is_constant:
            return self.owners
        if self.on is not self.starts:
            return history.step_at(self.owners, self.on)
        # Where each step begins among the segments: adding up how many have begun is a third of the time of
        # searching for the step of every segment.
        begun = np.searchsorted(self.keys, history.keys(), side="left")
        found: Column = np.cumsum(np.bincount(begun, minlength=len(self) + 1)[:-1]) - 1
        firsts = history.offsets[self.owners]
        return found if (found >= firsts).all() else np.where(found >= firsts, found, -1)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the days of employees are cut."""

    everybody: frozenset[int]  #: days on which something changes for all of them
    histories: tuple[History, ...]  #: of each employee
    turning: tuple[History, ...] = ()  #: dates on whose day of the month counts of months go up
    more: tuple[Column, ...] = ()  #: employee and day in one number
    snapshots: Column | None = (
        None  #: employee × wage period: 1, 2 or 3 when its first, fifteenth or last day decides
    )

    def keys(self, count: int, over: Horizon) -> Column:
        """Employee and day of the start of every segment, in order."""
        always = sorted(
            {int(over.starts[0]), *(day for day in self.everybody if over.starts[0] < day < over.ends[-1])}
        )
        owners = np.arange(count, dtype=np.int64) << DAY_BITS
        base = (owners[:, None] | np.array(always, dtype=np.int64)).ravel()
        parts = [over.inside(history.keys()) for history in self.histories if not history.is_constant]
        parts += [self._turns(history, over) for history in self.turning]
        parts += self.more
        return in_order(np.concatenate([base, *parts])) if any(len(part) for part in parts) else base

    def _turns(self, history: History, over: Horizon) -> Column:
        owners = np.repeat(np.arange(len(history.offsets) - 1, dtype=np.int64), np.diff(history.offsets))
        known = history.values > 0
        owners, day = owners[known], calendar.day_of_month(history.values[known])
        days = (over.month_firsts[None, :] + day[:, None] - 1).ravel()
        return over.inside((np.repeat(owners, len(over.month_firsts)) << DAY_BITS) | days)


def cut(count: int, over: Horizon, cuts: Cuts) -> Segments:
    """The days of `count` employees cut at these days."""
    keys = cuts.keys(count, over)
    if cuts.snapshots is not None:
        keys = _without_cuts_inside(keys, over, cuts.snapshots)
    owners, starts = keys >> DAY_BITS, keys & MASK
    ends = np.append(starts[1:], over.ends[-1])
    ends[np.flatnonzero(owners[1:] != owners[:-1])] = over.ends[-1]
    periods = over.period_of[over.day(starts)]
    if cuts.snapshots is None:
        return Segments(keys, owners, starts, ends, starts, periods)
    word = cuts.snapshots[owners, periods]
    on = np.select(
        [word == 2, word == 3], [np.minimum(starts + 14, ends - 1), ends - 1], default=starts
    ).astype(np.int64)
    return Segments(keys, owners, starts, ends, on, periods)


def _without_cuts_inside(keys: Column, over: Horizon, snapshots: Column) -> Column:
    """Without what would cut a wage period for which one day decides."""
    day = over.day(keys & MASK)
    periods = over.period_of[day]
    is_inside = over.next_period[day] != periods
    found: Column = keys[~(is_inside & (snapshots[keys >> DAY_BITS, periods] > 0))]
    return found


def in_order(keys: Column) -> NDArray[np.int64]:
    """Each key once, in order. `np.unique` hashes whole numbers first, which takes ten times as long."""
    keys = np.sort(keys)
    found: Column = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    return found
