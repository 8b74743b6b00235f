"""One benefit of many employees over columns: conditions, amounts and their one rounding, to the same cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import (
    amount_scale,
    amounts_graph,
    condition_graph,
    facts_read_in,
    quantities,
    statutory_read_by,
)
from schakel.engine.choices import Choices, Shape
from schakel.engine.derived import FOLLOWS_BIRTHDAY, FOLLOWS_THE_DAY
from schakel.engine.graph import Graph
from schakel.engine.moments import SNAPSHOTS
from schakel.engine.parameters import ParameterSet
from schakel.engine.runners import calendar
from schakel.engine.runners.histories import UNKNOWN, Column, History, People
from schakel.engine.runners.leaves import Mask, Reader, fits_columns
from schakel.engine.runners.segments import Cuts, Horizon, Segments, cut
from schakel.engine.runners.term_table import TermTable
from schakel.engine.targets.numpy import Evaluate, compiled
from schakel.engine.wage_periods import PER_YEAR

NOBODY = History(np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no amount: a condition that does not hold, or a refusal by its code."""

    kind: str  #: not_participating or refused
    code: str
    about: str = ""


@dataclass(slots=True)
class Reasons:
    """Every reason by number; 0 is none."""

    found: list[Reason]

    def number(self, reason: Reason) -> int:
        """The number of a reason."""
        if reason not in self.found:
            self.found.append(reason)
        return self.found.index(reason) + 1


@dataclass(frozen=True, slots=True)
class Amounts:
    """What comes out: an employee a row, a wage period a column; `why` says why there is none."""

    amounts: Mapping[str, Column]
    why: NDArray[np.int32]
    stretches: tuple[Column, Column, Column] | None = (
        None  #: who takes part, from when until when; piece by piece
    )


@lru_cache(maxsize=512)
def _evaluate(graph_of: tuple[str, str, Shape]) -> tuple[Graph, Evaluate]:
    name, condition, shape = graph_of
    graph = condition_graph(name, condition, shape) if condition else amounts_graph(name, shape)
    return graph, compiled(graph)


def reachable(one: Benefit, terms: TermTable) -> NDArray[np.bool_]:
    """Which rows of terms columns can calculate; the others are calculated one by one."""
    found = np.zeros(len(terms.rows), dtype=bool)
    by_shape: dict[Shape, bool] = {}
    for place, row in enumerate(terms.rows):
        if row.shape not in by_shape:
            graphs = [amounts_graph(one.name, row.shape)]
            graphs += [condition_graph(one.name, name, row.shape) for name in one.conditions]
            kinds = {quantity.kind for quantity in quantities(one, row.shape)}
            by_shape[row.shape] = "to_date" not in kinds and all(fits_columns(graph, row) for graph in graphs)
        found[place] = by_shape[row.shape]
    return found


class Columns:
    """One benefit of one block of people."""

    def __init__(  # noqa: PLR0917 - what a calculation rests on
        self,
        one: Benefit,
        people: People,
        terms: TermTable,
        over: Horizon,
        known: ParameterSet,
        reasons: Reasons,
    ) -> None:
        self.one, self.people, self.terms, self.over, self.known = one, people, terms, over, known
        self.reasons = reasons
        self.segments = self._cut()
        rows = terms.history.at(people.employers[self.segments.owners], self.segments.on)
        self.rows = np.where(rows == UNKNOWN, -1, rows)
        self.why = np.zeros(len(self.rows), dtype=np.int32)
        self.values: dict[str, Column] = {}

    def _cut(self) -> Segments:
        """The wage periods cut, except where one day decides for the whole of it."""
        terms, over, people = self.terms, self.over, self.people
        shapes = [terms.rows[int(place)] for place in np.unique(terms.shape_of_row, return_index=True)[1]]
        read = {"is_employed"}.union(*(facts_read_in(self.one.name, choices.shape) for choices in shapes))
        figures = frozenset[str]().union(*(statutory_read_by(row) for row in terms.rows))
        days = {day.toordinal() for name in figures if name in self.known for day in self.known[name].starts}
        starts_at = terms.history.at(
            np.repeat(people.employers, len(over.periods)), np.tile(over.starts, len(people))
        ).reshape(len(people), -1)
        snapshot = self._snapshots(starts_at)
        cuts = Cuts(
            frozenset(days | set(over.months)),
            tuple(people.facts[name] for name in sorted(read) if name in people.facts),
            tuple(people.facts[name] for name in self._turning(shapes) if name in people.facts),
            people.employers,
            terms.history,
            None if snapshot is None else snapshot > 0,
        )
        found = cut(len(people), over, cuts)
        if snapshot is None:
            return found
        words = snapshot[found.owners, found.periods]
        on = np.select(
            [words == 2, words == 3],
            [np.minimum(found.starts + 14, found.ends - 1), found.ends - 1],
            default=found.starts,
        ).astype(np.int64)
        return Segments(found.owners, found.periods, found.starts, found.ends, on, found.firsts)

    def _snapshots(self, rows: Column) -> Column | None:
        """By which day a whole wage period is decided: 1 the first, 2 the fifteenth, 3 the last, 0 none."""
        words = {"first_day": 1, "fifteenth_day": 2, "last_day": 3}
        codes = np.array([words.get(word, 0) for word in self.terms.words("proration", "")], dtype=np.int64)
        if not codes.any():
            return None
        found: Column = np.where(rows == UNKNOWN, 0, codes[np.where(rows == UNKNOWN, 0, rows)])
        return found

    def _turning(self, shapes: list[Choices]) -> set[str]:
        """The dates whose day of the month cuts wage periods."""
        found: set[str] = set()
        for choices in shapes:
            graphs = [amounts_graph(self.one.name, choices.shape)]
            graphs += [condition_graph(self.one.name, name, choices.shape) for name in self.one.conditions]
            leaves = {name for graph in graphs for name in graph.leaves}
            found |= {FOLLOWS_THE_DAY[name] for name in leaves & FOLLOWS_THE_DAY.keys()}
            if choices.says("age_on", "exact_day") and leaves & FOLLOWS_BIRTHDAY:
                found |= {"birth_on", "partner_birth_on"}
        return found

    def calculate(self) -> Amounts:
        """Every amount of every wage period."""
        without = self.rows < 0
        if without.any():
            self._refuse(without, Reason("refused", "missing-terms", self.one.name))
        shapes = self.terms.shape_of_row[np.maximum(self.rows, 0)]
        for place, shape in enumerate(self.terms.shapes):
            picked = np.flatnonzero((shapes == place) & ~without)
            if len(picked):
                self._of_shape(shape, None if len(picked) == len(self.rows) else picked)
        return self._of_periods()

    def _refuse(self, where: Mask, reason: Reason, picked: Column | None = None) -> None:
        open_ = self.why if picked is None else self.why[picked]
        number = self.reasons.number(reason)
        open_ = np.where((open_ == 0) & where, number, open_)
        if picked is None:
            self.why = open_.astype(np.int32)
        else:
            self.why[picked] = open_

    def _of_shape(self, shape: Shape, picked: Column | None) -> None:
        at = self.segments
        if picked is not None:
            at = Segments(
                at.owners[picked],
                at.periods[picked],
                at.starts[picked],
                at.ends[picked],
                at.on[picked],
                at.firsts,
            )
        rows = self.rows if picked is None else self.rows[picked]
        reader = Reader(
            self.people, at, self.over, self.known, self.terms, rows, self.terms.rows[int(rows[0])]
        )
        for condition in self.one.conditions:
            graph, evaluate = _evaluate((self.one.name, condition, shape))
            values = evaluate(self._given(graph, reader, picked))[condition]
            if np.ndim(values):
                self._refuse(values == 0, Reason("not_participating", condition), picked)
            elif not values:
                self._refuse(np.ones(len(rows), dtype=bool), Reason("not_participating", condition), picked)
        graph, evaluate = _evaluate((self.one.name, "", shape))
        made = evaluate(self._given(graph, reader, picked))
        for quantity in quantities(self.one, shape):
            if quantity.kind == "rest":
                continue
            self._keep(quantity.rule, made[quantity.rule], picked)

    def _given(
        self, graph: Graph, reader: Reader, picked: Column | None
    ) -> dict[str, Column | tuple[Column, Column]]:
        given = {}
        for name, leaf in graph.leaves.items():
            values, missing, code = reader.of(leaf)
            given[name] = values
            if missing is not None and missing.any():
                about = leaf.facts[0] if leaf.facts else leaf.name
                self._refuse(missing, Reason("refused", code, about), picked)
        return given

    def _keep(self, rule: str, values: Column, picked: Column | None) -> None:
        if picked is None:
            self.values[rule] = np.broadcast_to(values, self.why.shape)
            return
        if rule not in self.values:
            self.values[rule] = np.zeros(len(self.why), dtype=np.int64)
        self.values[rule][picked] = values

    def _of_periods(self) -> Amounts:
        """The segments of each wage period taken together."""
        at = self.segments
        size = (len(self.people), len(self.over.periods))
        is_whole = len(at.firsts) == len(at.starts)
        takes_part = self.why == 0
        why = self.why if is_whole else self._why_of_periods(takes_part)
        given = {q.name: q for shape in self.terms.shapes for q in quantities(self.one, shape)}
        for quantity in given.values():
            # An amount that nobody in this block comes to is still one of the scheme.
            self.values.setdefault(quantity.rule, np.zeros(len(self.why), dtype=np.int64))
        last = np.arange(len(at.firsts)) if is_whole else self._last_taking_part(takes_part)
        found: dict[str, Column] = {}
        for quantity in given.values():
            if quantity.kind in {"held", "period"}:
                found[quantity.name] = self.values[quantity.rule][np.maximum(last, 0)]
            elif quantity.kind == "spread":
                found[quantity.name] = self._spread(quantity, takes_part, last, is_whole=is_whole)
        for name, column in found.items():
            found[name] = np.where(why == 0, column, 0)
        for quantity in given.values():
            if quantity.kind == "rest":
                minus = sum(found[name] for name in quantity.minus if name in found)
                found[quantity.name] = np.where(self._tells(quantity, last), found[quantity.of] - minus, 0)
        by_period = {name: column.reshape(size) for name, column in found.items()}
        # A wage period that is refused tells nothing of who takes part in it.
        told = takes_part & (why.reshape(size)[at.owners, at.periods] == 0)
        return Amounts(by_period, why.reshape(size), (at.owners[told], at.starts[told], at.ends[told]))

    def _tells(self, quantity: Quantity, last: Column) -> Mask:
        """Where the scheme has this amount: in a block of several shapes some may not split a premium."""
        having = [
            any(one.name == quantity.name for one in quantities(self.one, shape))
            for shape in self.terms.shapes
        ]
        rows = np.maximum(self.rows[np.maximum(last, 0)], 0)
        found: Mask = np.array(having)[self.terms.shape_of_row[rows]]
        return found

    def _why_of_periods(self, takes_part: Mask) -> NDArray[np.int32]:
        """A refusal of any part refuses the whole; nobody takes part only when no part does."""
        at = self.segments
        refused = np.array([False, *(one.kind == "refused" for one in self.reasons.found)])[self.why]
        lasts = np.append(at.firsts[1:], len(self.why)) - 1
        first_refusal = np.minimum.reduceat(
            np.where(refused, np.arange(len(self.why)), len(self.why)), at.firsts
        )
        some = np.maximum.reduceat(takes_part, at.firsts)
        found = np.where(some, 0, self.why[lasts])
        return np.where(
            first_refusal < len(self.why), self.why[np.minimum(first_refusal, len(self.why) - 1)], found
        ).astype(np.int32)

    def _last_taking_part(self, takes_part: Mask) -> Column:
        places = np.where(takes_part, np.arange(len(takes_part)), -1)
        found: Column = np.maximum.reduceat(places, self.segments.firsts)
        return found

    def _spread(self, quantity: Quantity, takes_part: Mask, last: Column, *, is_whole: bool) -> Column:
        """A year's amounts over their wage periods; see `spreading` for one employee."""
        at = self.segments
        rows = np.maximum(self.rows[np.maximum(last, 0)], 0)
        found = np.zeros(len(at.firsts), dtype=np.int64)
        kinds = self._ways(quantity)[rows]
        for kind, (scale, proration, way) in enumerate(self._known_ways(quantity)):
            here = np.ones(len(rows), dtype=bool) if len(self._known_ways(quantity)) == 1 else kinds == kind
            amounts = (
                self._whole(quantity, scale, way)
                if is_whole and proration not in {"working_days", "days_of_261"}
                else self._parts(quantity, takes_part, scale, proration, way)
            )
            found = np.where(here, amounts, found)
        return found

    def _known_ways(self, quantity: Quantity) -> list[tuple[int, str, str]]:
        return list(dict.fromkeys(self._way_of(row, quantity) for row in self.terms.rows))

    def _ways(self, quantity: Quantity) -> Column:
        known = self._known_ways(quantity)
        return np.array([known.index(self._way_of(row, quantity)) for row in self.terms.rows], dtype=np.int64)

    def _way_of(self, row: Choices, quantity: Quantity) -> tuple[int, str, str]:
        proration = str(row.get("proration") or "calendar_days")
        rounding = str(row.get("period_rounding") or "cent_half_up").removeprefix("cent_")
        made = {one.name for one in amounts_graph(self.one.name, row.shape).rules}
        scale = amount_scale(self.one.name, row.shape, quantity.rule) if quantity.rule in made else 100
        return scale, "calendar_days" if proration in SNAPSHOTS else proration, rounding

    def _whole(self, quantity: Quantity, scale: int, way: str) -> Column:
        """Wage periods in one piece: the days fall away."""
        divisors = self._per_year() * (scale // 100)
        return divided(self.values[quantity.rule], divisors[self.segments.periods], way)

    def _per_year(self) -> Column:
        return np.array([PER_YEAR[one.kind] for one in self.over.periods], dtype=np.int64)

    def _parts(self, quantity: Quantity, takes_part: Mask, scale: int, proration: str, way: str) -> Column:
        """Wage periods in pieces, weighed; whole cents and what is left are kept apart, so that nothing overflows."""
        at, firsts = self.segments, self.segments.firsts
        weights = np.where(takes_part, calendar.weights(proration, at.starts, at.ends), 0)
        per_year = self._per_year()[at.periods[firsts]]
        whole = np.maximum(calendar.weights(proration, self.over.starts, self.over.ends), 1)[
            at.periods[firsts]
        ]
        if proration == "days_of_261":
            per_year, whole = np.full(len(firsts), 261), np.ones(len(firsts), dtype=np.int64)
        elif proration == "whole_period":
            whole = np.maximum(np.add.reduceat(weights, firsts), 1)
        parts = per_year * (scale // 100)
        parts_here = np.repeat(parts, np.diff(np.append(firsts, len(weights))))
        values = np.where(takes_part, self.values[quantity.rule], 0)
        cents = np.add.reduceat(values // parts_here * weights, firsts)
        left = np.add.reduceat(values % parts_here * weights, firsts)
        return cents // whole + divided(cents % whole * parts + left, parts * whole, way)


def divided(above: Column, below: Column, way: str) -> Column:
    """A division with its rounding, of what is not negative."""
    if way == "up":
        return -(-above // below)
    if way == "down":
        return above // below
    whole, left = np.divmod(above, below)
    return whole + (2 * left >= below)
