"""Wage periods of many employees cut where something that is read changes: the columnar side of `Calculation`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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

    @property
    def months(self) -> Sequence[int]:
        """The firsts of months inside a wage period, where ages are counted anew."""
        whole = np.arange(calendar.months(self.starts[:1])[0], calendar.months(self.ends[-1:])[0] + 1)
        firsts = calendar.first_of_month(whole)
        return [int(day) for day in firsts if day not in set(self.starts.tolist())]


def horizon(periods: Sequence[WagePeriod]) -> Horizon:
    """The horizon of these wage periods. They follow each other."""
    return Horizon(
        tuple(periods),
        np.array([one.period.start.toordinal() for one in periods], dtype=np.int64),
        np.array([one.period.end.toordinal() for one in periods], dtype=np.int64),
        np.array([one.year for one in periods], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class Segments:
    """Parts of wage periods, by employee and day."""

    owners: Column
    periods: Column  #: place in the horizon
    starts: Column
    ends: Column
    on: Column  #: the day that is read: the start, or the day that decides for the whole wage period
    firsts: Column  #: where each employee's wage period begins among the segments


def whole_periods(count: int, over: Horizon) -> Segments:
    """Every wage period of every employee in one piece."""
    size = len(over.periods)
    starts = np.tile(over.starts, count)
    return Segments(
        np.repeat(np.arange(count, dtype=np.int64), size),
        np.tile(np.arange(size, dtype=np.int64), count),
        starts,
        np.tile(over.ends, count),
        starts,
        np.arange(count * size, dtype=np.int64),
    )


def cut(count: int, over: Horizon, days: "Cuts") -> Segments:
    """The wage periods of `count` employees cut at these days."""
    extra = days.keys(count, over)
    if not len(extra):
        return whole_periods(count, over)
    base = (np.repeat(np.arange(count, dtype=np.int64), len(over.periods)) << DAY_BITS) | np.tile(
        over.starts, count
    )
    keys = in_order(np.concatenate([base, extra]))
    owners, starts = keys >> DAY_BITS, keys & MASK
    periods = np.searchsorted(over.starts, starts, side="right") - 1
    following = np.append(keys[1:] & MASK, 0)
    is_last = np.append(owners[1:] != owners[:-1], True) | np.append(periods[1:] != periods[:-1], True)
    ends = np.where(is_last, over.ends[periods], following)
    firsts = np.flatnonzero(np.append(True, is_last[:-1]))
    return Segments(owners, periods, starts, ends, starts, firsts)


def in_order(keys: Column) -> Column:
    """Each key once, in order. `np.unique` hashes whole numbers first, which takes ten times as long."""
    keys = np.sort(keys)
    found: Column = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    return found


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where wage periods are cut: of everybody, of some employees, and on a day of the month of theirs."""

    everybody: frozenset[int]
    histories: tuple[History, ...]
    turning: tuple[History, ...]
    employers: Column
    of_employers: History
    not_cut: NDArray[np.bool_] | None = None  #: employee × wage period that one day decides for

    def keys(self, count: int, over: Horizon) -> Column:
        """Employee and day of every cut inside a wage period."""
        inside = [day for day in self.everybody if over.starts[0] < day < over.ends[-1]]
        parts: list[Column] = []
        if inside:
            owners = np.repeat(np.arange(count, dtype=np.int64), len(inside))
            parts.append((owners << DAY_BITS) | np.tile(np.array(sorted(inside), dtype=np.int64), count))
        parts += [self._within(history.keys(), over) for history in self.histories]
        parts += [self._turns(history, over) for history in self.turning]
        parts += self._terms(over)
        found = in_order(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
        found = found[~np.isin(found & MASK, over.starts)]
        if self.not_cut is None or not len(found):
            return found
        places = np.searchsorted(over.starts, found & MASK, side="right") - 1
        kept: Column = found[~self.not_cut[found >> DAY_BITS, places]]
        return kept

    @staticmethod
    def _within(keys: Column, over: Horizon) -> Column:
        days = keys & MASK
        inside: Column = keys[(days > over.starts[0]) & (days < over.ends[-1])]
        return inside

    def _turns(self, history: History, over: Horizon) -> Column:
        owners = np.repeat(np.arange(len(history.offsets) - 1, dtype=np.int64), np.diff(history.offsets))
        known = history.values > 0
        owners, day = owners[known], calendar.day_of_month(history.values[known])
        firsts = np.array(sorted({*over.months, *_firsts(over)}), dtype=np.int64)
        days = (firsts[None, :] + day[:, None] - 1).ravel()
        return self._within((np.repeat(owners, len(firsts)) << DAY_BITS) | days, over)

    def _terms(self, over: Horizon) -> list[Column]:
        """Days on which an employer's terms change, for each of its employees."""
        keys = self._within(self.of_employers.keys(), over)
        return [
            (np.flatnonzero(self.employers == key >> DAY_BITS).astype(np.int64) << DAY_BITS) | (key & MASK)
            for key in keys
        ]


def _firsts(over: Horizon) -> Iterable[int]:
    return (date.fromordinal(int(day)).replace(day=1).toordinal() for day in over.starts)
