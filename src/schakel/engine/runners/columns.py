"""One benefit of many employees over columns: conditions, amounts and their one rounding, to the same cents."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.engine.benefit import Quantity
from schakel.engine.catalogue import quantities
from schakel.engine.graph import Graph
from schakel.engine.runners.coverage import Coverage
from schakel.engine.runners.histories import Column
from schakel.engine.runners.in_force import USUAL, InForce
from schakel.engine.runners.leaves import Mask, Reader
from schakel.engine.runners.plan import Plan, Way, graphs_of, way_of
from schakel.engine.targets.numpy import Evaluation, Number

Whys = NDArray[np.int32]
Pair = tuple[Column, Column]
"""Something of each segment, and of each wage period in pieces."""


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
    why: Whys
    stretches: tuple[Column, Column, Column] | None = (
        None  #: who takes part, from when until when; piece by piece
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The segments that have terms of one shape: all of them, or these places."""

    shape: int  #: its place in the table
    reader: Reader
    terms: InForce
    picked: Column | None


class Columns:
    """One benefit of one block of people."""

    def __init__(
        self,
        plan: Plan,
        coverage: Coverage,
        reader: Reader,
        rows: Column,
        parts: list[Part],
        *,
        reasons: Reasons,
    ) -> None:
        self.plan, self.coverage, self.reader, self.reasons = plan, coverage, reader, reasons
        self.rows, self.parts = rows, parts  #: of each segment, the row of terms in force; −1 for none
        self.why = np.zeros(len(rows), dtype=np.int32)
        self.values: dict[str, Column] = {}

    def calculate(self) -> Amounts:
        """Every amount of every wage period."""
        without = self.rows < 0
        if without.any():
            self._without_terms(without)
        for part in self.parts:
            self._of_part(part)
        return self._of_periods()

    # Segments.

    def _refuse(self, where: Mask, reason: Reason, picked: Column | None = None) -> None:
        """A reason where there was none before it."""
        open_ = self.why if picked is None else self.why[picked]
        open_[where & (open_ == 0)] = self.reasons.number(reason)
        if picked is not None:
            self.why[picked] = open_

    def _without_terms(self, without: Mask) -> None:
        """Who is not in service does not take part, terms or none; what asks for terms is refused."""
        for condition in self.plan.before_terms:
            for fact in (fact for leaf in condition.leaves for fact in leaf.facts or (leaf.name,)):
                for missing, code in self.reader.fact(fact, USUAL).missing:
                    self._refuse(without & missing, Reason("refused", code, fact))
            if condition.reads_terms:
                break
            given = {leaf.name: self.reader.of_facts(leaf, USUAL).number for leaf in condition.leaves}
            holds = Evaluation(condition.graph, given, self.reader.worked).of(condition.name)
            if not (holds.is_one and holds.value):
                self._refuse(without & (holds.value == 0), Reason("not_participating", condition.name))
        self._refuse(without, Reason("refused", "missing-terms", self.plan.one.name))

    def _of_part(self, part: Part) -> None:
        shape = self.plan.terms.shapes[part.shape]
        *conditions, amounts = graphs_of(self.plan.one, shape)
        for name, graph in zip(self.plan.one.conditions, conditions, strict=True):
            holds = Evaluation(graph, self._given(graph, part), part.reader.worked).of(name)
            if holds.is_one and holds.value:
                continue
            lacks = np.ones(len(part.terms.rows), dtype=bool) if holds.is_one else holds.value == 0
            self._refuse(lacks, Reason("not_participating", name), part.picked)
        made = Evaluation(amounts, self._given(amounts, part), part.reader.worked)
        for quantity in quantities(self.plan.one, shape):
            if quantity.kind != "rest":
                self._keep(quantity.rule, made.of(quantity.rule), part.picked)

    def _given(self, graph: Graph, part: Part) -> dict[str, Number]:
        given: dict[str, Number] = {}
        for name, leaf in graph.leaves.items():
            read = part.reader.of(leaf, part.terms)
            given[name] = read.number
            for missing, code in read.missing:
                about = leaf.facts[0] if leaf.facts else leaf.name
                self._refuse(missing, Reason("refused", code, about), part.picked)
        return given

    def _keep(self, rule: str, made: Number, picked: Column | None) -> None:
        if picked is None:
            self.values[rule] = np.full(len(self.why), made.value) if made.is_one else made.value
            return
        if rule not in self.values:
            self.values[rule] = np.zeros(len(self.why), dtype=np.int64)
        self.values[rule][picked] = made.value

    # Wage periods.

    def _of_periods(self) -> Amounts:
        """Each segment as a whole wage period of it comes to, the pieces of the others taken together."""
        over, taking_part = self.coverage, self.why == 0
        why = self._why_of_pieces()
        # Who takes part in no piece has no last one; the first stands for it, and its amount is left out.
        last = self._last_taking_part(taking_part)
        found: dict[str, Pair] = {}
        for quantity in self.plan.quantities.values():
            if quantity.kind != "rest":
                found[quantity.name] = _where(self.why, why, self._made(quantity, taking_part, last))
        for quantity in self.plan.quantities.values():
            if quantity.kind == "rest":
                found[quantity.name] = self._rest(quantity, found, last)
        by_period = {name: over.by_period(*pair) for name, pair in found.items()}
        whole = over.by_period(self.why, why)
        # A wage period that is refused tells nothing of who takes part in it.
        return Amounts(by_period, whole, over.days_within(taking_part, self._refusing[whole]))

    def _made(self, quantity: Quantity, taking_part: Mask, last: Column) -> Pair:
        """An amount of each segment, and of each wage period in pieces."""
        values = self.values.get(quantity.rule)
        if values is None:
            # An amount that nobody in this block comes to is still one of the scheme.
            return np.zeros(len(self.why), dtype=np.int64), np.zeros(len(last), dtype=np.int64)
        if quantity.kind == "spread":
            return self._spread(quantity, values, taking_part, last)
        return values, values[last]

    def _why_of_pieces(self) -> Whys:
        """A refusal of any piece refuses the whole; nobody takes part only when no piece does."""
        over = self.coverage
        whys = self.why[over.pieces]
        if not whys.any():
            return np.zeros(len(over.firsts), dtype=np.int32)
        refusing = self._refusing[whys]
        places = np.arange(len(whys))
        some = np.maximum.reduceat(whys == 0, over.firsts)
        found = np.where(some, 0, whys[over.firsts + over.sizes - 1])
        if refusing.any():
            first = np.minimum.reduceat(np.where(refusing, places, len(whys)), over.firsts)
            found = np.where(first < len(whys), whys[np.minimum(first, len(whys) - 1)], found)
        return found.astype(np.int32)

    @property
    def _refusing(self) -> Mask:
        """Which numbers of reasons are refusals."""
        return np.array([False, *(one.kind == "refused" for one in self.reasons.found)])

    def _last_taking_part(self, taking_part: Mask) -> Column:
        """Of each wage period in pieces, the last segment in which somebody takes part."""
        over = self.coverage
        if not len(over.firsts):
            return over.firsts
        lasts: Column = over.pieces[over.firsts + over.sizes - 1]
        if taking_part[over.pieces].all():
            return lasts
        found = np.maximum.reduceat(np.where(taking_part[over.pieces], over.pieces, -1), over.firsts)
        return np.where(found >= 0, found, lasts)

    def _rest(self, quantity: Quantity, found: Mapping[str, Pair], last: Column) -> Pair:
        """What is left of an amount when others are taken off, where the scheme has it."""
        minus = [found[name] for name in quantity.minus if name in found]
        of_segments, of_pieces = found[quantity.of]
        for taken, taken_of_pieces in minus:
            of_segments, of_pieces = of_segments - taken, of_pieces - taken_of_pieces
        having = [
            shape
            for shape, row in self.plan.shapes.items()
            if any(one.name == quantity.name for one in quantities(self.plan.one, row.shape))
        ]
        if len(having) == len(self.plan.shapes):
            return of_segments, of_pieces
        tells = np.isin(self._shapes, having)
        return np.where(tells, of_segments, 0), np.where(tells[last], of_pieces, 0)

    @property
    def _shapes(self) -> Column:
        """The shape of the terms of each segment."""
        return self.plan.terms.shape_of_row[np.maximum(self.rows, 0)].astype(np.int64)

    def _spread(self, quantity: Quantity, values: Column, taking_part: Mask, last: Column) -> Pair:
        """A year's amounts over their wage periods; see `spreading` for one employee."""
        ways: dict[Way, list[int]] = {}
        for shape, row in self.plan.shapes.items():
            ways.setdefault(way_of(self.plan.one, row, quantity), []).append(shape)
        found: Pair | None = None
        for way, shapes in ways.items():
            whole, in_pieces = self._whole(values, way), self._in_pieces(values, taking_part, way)
            if found is not None:
                here = np.isin(self._shapes, shapes)
                whole = np.where(here, whole, found[0])
                in_pieces = np.where(here[last], in_pieces, found[1])
            found = whole, in_pieces
        assert found is not None, "a block has terms of some shape"
        return found

    def _whole(self, values: Column, way: Way) -> Column:
        """Wage periods in one piece: the days fall away."""
        scale, _, rounding = way
        if self.plan.every_period_by_itself:
            return np.zeros(len(values), dtype=np.int64)  # All of them are in pieces.
        return divided(values, int(self.coverage.per_year[0]) * (scale // 100), rounding)

    def _in_pieces(self, values: Column, taking_part: Mask, way: Way) -> Column:
        """Wage periods in pieces, weighed; whole cents and what is left are kept apart, so that nothing overflows."""
        over, (scale, proration, rounding) = self.coverage, way
        if not len(over.firsts):
            return over.firsts
        weights, whole = over.weights(proration)
        taken = taking_part[over.pieces]
        weights = weights if taken.all() else np.where(taken, weights, 0)
        parts = over.per_year[over.periods] * (scale // 100)
        if proration == "days_of_261":
            parts, whole = np.full(len(parts), 261 * (scale // 100)), np.ones(len(parts), dtype=np.int64)
        elif proration == "whole_period":
            whole = np.maximum(np.add.reduceat(weights, over.firsts), 1)
        here = np.where(taken, values[over.pieces], 0)
        cents, left = np.divmod(here, np.repeat(parts, over.sizes))
        cents = np.add.reduceat(cents * weights, over.firsts)
        left = np.add.reduceat(left * weights, over.firsts)
        return cents // whole + divided(cents % whole * parts + left, parts * whole, rounding)


def _where(why: Whys, why_of_pieces: Whys, amounts: Pair) -> Pair:
    """Amounts where nothing says that there is none."""
    return np.where(why == 0, amounts[0], 0), np.where(why_of_pieces == 0, amounts[1], 0)


def divided(above: Column, below: int | Column, way: str) -> Column:
    """A division with its rounding, of what is not negative."""
    if way == "up":
        return -(-above // below)
    whole: Column = above // below
    # Doubling what is left cannot overflow; adding half of the divisor first could, near the largest amounts.
    return whole if way == "down" else whole + (2 * (above - whole * below) >= below)
