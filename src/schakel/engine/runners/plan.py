"""What columns need to know of a scheme before they see an employee: what it reads, and where that changes."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from schakel.engine.before_terms import BeforeTerms, before_terms, facts_before_terms
from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import (
    amount_scale,
    amounts_graph,
    benefit,
    condition_graph,
    facts_read_in,
    quantities,
    statutory_read_by,
)
from schakel.engine.choices import Choices, Shape
from schakel.engine.graph import Graph
from schakel.engine.moments import SNAPSHOTS
from schakel.engine.parameters import ParameterSet
from schakel.engine.runners.histories import UNKNOWN, Column, History
from schakel.engine.runners.in_force import fits_columns
from schakel.engine.runners.moving import Moves, moves
from schakel.engine.runners.segments import Horizon
from schakel.engine.runners.term_table import TermTable, term_table
from schakel.engine.timeline import Timeline

SNAPSHOT = {"first_day": 1, "fifteenth_day": 2, "last_day": 3}
COUNTS_WORKING_DAYS = {"working_days", "days_of_261"}
Way = tuple[int, str, str]
"""How an amount a year becomes one of a wage period: its parts in a euro, its proration and its rounding."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One benefit with the terms of every employer."""

    one: Benefit
    terms: TermTable
    timelines: Sequence[Timeline[Choices]]
    reached: NDArray[np.bool_]  #: the employers whose terms columns can calculate; others go one by one
    shapes: Mapping[int, Choices]  #: place of a shape that columns reach → terms that have it
    quantities: Mapping[str, Quantity]  #: every amount of any of these shapes
    facts: frozenset[str]
    before_terms: tuple[BeforeTerms, ...]
    days: frozenset[int]  #: on which figures and the year change
    moves: Mapping[int, Moves]  #: place of a shape → what changes by itself
    snapshots: Column | None  #: of each row of terms, by which day a whole wage period is decided; 0 for none
    reads_the_day: bool
    every_period_by_itself: bool  #: whether wage periods of one amount a year may still differ
    mark: Hashable  #: what employers' rows of terms rest on; the same for benefits agreed on the same days

    @property
    def by_period(self) -> bool:
        """Whether anything changes with every wage period."""
        return self.snapshots is not None or any(one.by_period for one in self.moves.values())


def plan(name: str, timelines: Sequence[Timeline[Choices]], over: Horizon, known: ParameterSet) -> Plan:
    """What a benefit needs, under the terms of every employer."""
    one, table = benefit(name), term_table(timelines)
    reached = _reached(one, table)
    employers = np.repeat(np.arange(len(timelines)), np.diff(table.history.offsets))
    used = table.history.values[reached[employers] & (table.history.values != UNKNOWN)]
    rows = [table.rows[int(place)] for place in np.unique(used)]
    shapes = {table.shapes.index(row.shape): row for row in reversed(rows)}
    figures = frozenset[str]().union(*(statutory_read_by(row) for row in rows))
    days = {day.toordinal() for figure in figures if figure in known for day in known[figure].starts}
    graphs = {place: graphs_of(one, row.shape) for place, row in shapes.items()}
    codes = np.array([SNAPSHOT.get(word, 0) for word in table.words("proration", "")], dtype=np.int64)
    return Plan(
        one,
        table,
        timelines,
        reached,
        shapes,
        {q.name: q for row in shapes.values() for q in quantities(one, row.shape)},
        facts_before_terms(name).union(
            {"is_employed"}, *(facts_read_in(name, row.shape) for row in shapes.values())
        ),
        before_terms(name),
        frozenset(days | set(over.new_years.tolist())),
        {place: moves(graphs[place], row) for place, row in shapes.items()},
        codes if codes.any() else None,
        any("day" in graph.leaves for found in graphs.values() for graph in found),
        _differs_by_period(rows, over),
        tuple(column.tobytes() for column in (reached, *_columns(table.history))),
    )


@lru_cache(maxsize=4096)
def _graphs(name: str, shape: Shape) -> tuple[Graph, ...]:
    conditions = benefit(name).conditions
    return (
        *(condition_graph(name, condition, shape) for condition in conditions),
        amounts_graph(name, shape),
    )


def graphs_of(one: Benefit, shape: Shape) -> tuple[Graph, ...]:
    """The graph of each condition in order, and last that of the amounts."""
    return _graphs(one.name, shape)


def way_of(one: Benefit, row: Choices, quantity: Quantity) -> Way:
    """How a quantity is spread under these terms."""
    proration = str(row.get("proration") or "calendar_days")
    rounding = str(row.get("period_rounding") or "cent_half_up").removeprefix("cent_")
    made = {rule.name for rule in amounts_graph(one.name, row.shape).rules}
    scale = amount_scale(one.name, row.shape, quantity.rule) if quantity.rule in made else 100
    return scale, "calendar_days" if proration in SNAPSHOTS else proration, rounding


def _columns(history: History) -> tuple[NDArray[np.generic], ...]:
    return history.offsets, history.starts, history.values


def _differs_by_period(rows: Sequence[Choices], over: Horizon) -> bool:
    """Working days make wage periods differ of which an amount a year is the same; so do kinds of wage periods."""
    kinds = {period.kind for period in over.periods}
    return len(kinds) > 1 or any(row.get("proration") in COUNTS_WORKING_DAYS for row in rows)


def _reached(one: Benefit, table: TermTable) -> NDArray[np.bool_]:
    """The employers all of whose terms columns can calculate, and make their amounts in the same units."""
    by_column, units = _by_column(one, table), _units(one, table)
    found = np.ones(len(table.history.offsets) - 1, dtype=bool)
    for employer in range(len(found)):
        begin, end = table.history.offsets[employer], table.history.offsets[employer + 1]
        rows = table.history.values[begin:end]
        known = rows[rows != UNKNOWN]
        found[employer] = bool(by_column[known].all()) and len(set(units[known].tolist())) <= 1
    return found


def _by_column(one: Benefit, table: TermTable) -> NDArray[np.bool_]:
    """Which rows of terms columns can calculate."""
    found = np.zeros(len(table.rows), dtype=bool)
    by_shape: dict[Shape, bool] = {}
    for place, row in enumerate(table.rows):
        if row.shape not in by_shape:
            kinds = {quantity.kind for quantity in quantities(one, row.shape)}
            graphs = graphs_of(one, row.shape)
            by_shape[row.shape] = "to_date" not in kinds and all(fits_columns(graph, row) for graph in graphs)
        found[place] = by_shape[row.shape]
    return found


def _units(one: Benefit, table: TermTable) -> Column:
    """Which rows of terms make their amounts in the same units; terms that change to others are not for columns."""
    codes: dict[tuple[tuple[str, int], ...], int] = {}
    by_shape: list[int] = []
    for shape in table.shapes:
        made = [quantity.rule for quantity in quantities(one, shape) if quantity.rule]
        scales = tuple((rule, amount_scale(one.name, shape, rule)) for rule in made)
        by_shape.append(codes.setdefault(scales, len(codes)))
    return np.array(by_shape, dtype=np.int64)[table.shape_of_row] if by_shape else np.empty(0, dtype=np.int64)
