"""Wage periods and the segments that cover them: most lie whole in one, the others are in pieces."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from schakel.engine.runners import calendar
from schakel.engine.runners.histories import Column
from schakel.engine.runners.segments import Horizon, Segments
from schakel.engine.wage_periods import PER_YEAR

Kind = TypeVar("Kind", bound=np.generic)


class Coverage:
    """What each wage period of each employee is taken from.

    Amounts are worked out once for each segment and once for each wage period in pieces, and then spread over the
    wage periods by place: an employee has twelve months in a year, and two of them in pieces.
    """

    def __init__(self, count: int, segments: Segments, over: Horizon, *, all_in_pieces: bool) -> None:
        self.segments, self.over, self.size = segments, over, (count, len(over.periods))
        begun, ended = over.next_period[over.day(segments.starts)], over.next_period[over.day(segments.ends)]
        # Segments are in order, so each has the wage periods that begin in it, one after the other.
        self.places: Column = np.repeat(np.arange(len(segments)), ended - begun)
        inside = np.flatnonzero(segments.starts != over.starts[segments.periods])
        cells = segments.owners[inside] * len(over.periods) + segments.periods[inside]
        if all_in_pieces:
            self.cells: Column = np.arange(len(self.places))
            more = np.bincount(cells, minlength=len(self.places))
        else:
            is_first = np.append(True, cells[1:] != cells[:-1])[: len(cells)]
            self.cells, starts = cells[is_first], np.flatnonzero(is_first)
            more = np.diff(np.append(starts, len(cells)))
        self._lay_out(more + 1)

    def _lay_out(self, sizes: Column) -> None:
        """The pieces of each wage period behind one another: the segment it begins in and those that follow."""
        ends = np.cumsum(sizes)
        self.firsts: Column = ends - sizes
        self.sizes = sizes
        self.periods: Column = self.cells % self.size[1]
        begins = self.places[self.cells]
        self.pieces: Column = np.repeat(begins - self.firsts, sizes) + np.arange(sizes.sum())
        self.places[self.cells] = len(self.segments) + np.arange(len(self.cells))
        periods = np.repeat(self.periods, sizes)
        self.starts = np.maximum(self.segments.starts[self.pieces], self.over.starts[periods])
        self.ends = np.minimum(self.segments.ends[self.pieces], self.over.ends[periods])
        self._weights: dict[str, tuple[Column, Column]] = {}

    def by_period(self, of_segments: NDArray[Kind], of_pieces: NDArray[Kind]) -> NDArray[Kind]:
        """What is worked out for each segment and each wage period in pieces, by employee and wage period."""
        found: NDArray[Kind] = np.concatenate([of_segments, of_pieces])[self.places].reshape(self.size)
        return found

    def weights(self, proration: str) -> tuple[Column, Column]:
        """How much each piece counts, and the whole wage period it is of."""
        if proration not in self._weights:
            whole = calendar.weights(proration, self.over.starts, self.over.ends)
            self._weights[proration] = (
                calendar.weights(proration, self.starts, self.ends),
                np.maximum(whole, 1)[self.periods],
            )
        return self._weights[proration]

    @property
    def per_year(self) -> Column:
        """How many wage periods a year has, of each in the horizon."""
        return np.array([PER_YEAR[one.kind] for one in self.over.periods], dtype=np.int64)

    def days_within(
        self, takes_part: NDArray[np.bool_], refused: NDArray[np.bool_]
    ) -> tuple[Column, Column, Column]:
        """Who takes part from when until when, without the wage periods that are refused: piece by piece."""
        at = self.segments
        told = np.flatnonzero(takes_part)
        owners, starts, ends = at.owners[told], at.starts[told], at.ends[told]
        if not refused.any():
            return owners, starts, ends
        firsts = at.periods[told]
        counts = self.over.period_of[self.over.day(ends - 1)] - firsts + 1
        before = np.cumsum(counts) - counts
        of = np.repeat(np.arange(len(told)), counts)
        periods = np.arange(len(of)) - before[of] + firsts[of]
        kept = ~refused[owners[of], periods]
        of, periods = of[kept], periods[kept]
        begun = np.maximum(starts[of], self.over.starts[periods])
        return owners[of], begun, np.minimum(ends[of], self.over.ends[periods])
