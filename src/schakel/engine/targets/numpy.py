"""For many employees at once: whole numbers in columns, the same cents as `scalar`.

What is the same for everybody stays one Python integer, and what was worked out once is not worked out again: benefits
of the same employees share the steps they have in common. A branch that nobody takes is not worked out at all.
"""

import operator
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.engine.exact import Exact
from schakel.engine.graph import Graph

Column = NDArray[np.int64]
Tables = tuple[Column, Column]
"""One table for each scheme, a row each, and for each employee the row that is theirs."""
Value = int | NDArray[Any] | Tables
Evaluate = Callable[[Mapping[str, "Column | Tables"]], dict[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number of everybody, with a mark: two numbers of one mark are the same."""

    value: Any  #: a `Value`
    mark: Hashable

    @property
    def is_one(self) -> bool:
        """Whether it is one number for everybody."""
        return isinstance(self.value, int)


def one_number(value: int) -> Number:
    """The same number for everybody; its mark can be no other's, which are all numbered or named."""
    return Number(int(value), (int(value),))


@dataclass(slots=True)
class Worked:
    """What was worked out of the same rows so far, by what it was worked out from."""

    found: dict[Hashable, Number] = field(default_factory=dict)

    def operation(self, key: Hashable, work: Callable[..., Any], *args: Number) -> Number:
        """An operation on numbers, done once for the same numbers."""
        mark = (key, *(one.mark for one in args))
        made = self.found.get(mark)
        if made is None:
            value = work(*(one.value for one in args))
            # A mark of its own keeps marks short however deep a calculation is.
            is_one = isinstance(value, int | np.bool_)
            made = one_number(int(value)) if is_one else Number(value, len(self.found))
            self.found[mark] = made
        return made


class Evaluation:
    """One graph for many employees; each rule is worked out when it is asked for."""

    def __init__(self, graph: Graph, given: Mapping[str, Number], worked: Worked) -> None:
        self._graph, self._worked = graph, worked
        self._named = dict(given)
        self._nodes: dict[Exact, Number] = {}

    def of(self, name: str) -> Number:
        """A rule, or a leaf."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self._number(self._graph.expressions[name])
        return found

    def _number(self, node: Exact) -> Number:
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = self._work_out(node)
        return found

    def _work_out(self, node: Exact) -> Number:
        if node.op == "leaf":
            return self.of(str(node.value))
        if node.op == "const":
            return one_number(int(node.value))
        if node.op == "same":
            return self._number(node.args[0])
        if node.op == "choose":
            return self._choose(*node.args)
        return self._operate(node, [self._number(one) for one in node.args])

    def _operate(self, node: Exact, args: list[Number]) -> Number:
        if node.op == "round":
            return self._worked.operation(("round", node.value), ROUNDINGS[str(node.value)], *args)
        if node.op in {"add", "mul"} and not node.is_truth:
            same = _unchanged(int(node.op == "mul"), *args)
            if same is not None:
                return same
        return self._worked.operation(node.op, OPERATIONS[node.op], *args)

    def _choose(self, condition: Exact, then: Exact, otherwise: Exact) -> Number:
        asked = self._number(condition)
        if asked.is_one:
            return self._number(then if asked.value else otherwise)
        if not asked.value.any():
            return self._number(otherwise)
        if asked.value.all():
            return self._number(then)
        return self._worked.operation("choose", np.where, asked, self._number(then), self._number(otherwise))


def compiled(graph: Graph) -> Evaluate:
    """The graph as a function of columns, one row for each employee."""

    def evaluate(given: Mapping[str, Column | Tables]) -> dict[str, Any]:
        numbers = {name: Number(value, name) for name, value in given.items()}
        evaluation = Evaluation(graph, numbers, Worked())
        return {one.name: evaluation.of(one.name).value for one in graph.rules}

    return evaluate


def _unchanged(neutral: int, one: Number, two: Number) -> Number | None:
    """The other of two numbers where one changes nothing; a column of truths becomes one of numbers by being added."""
    for this, other in ((one, two), (two, one)):
        if this.is_one and this.value == neutral and (other.is_one or other.value.dtype != np.bool_):
            return other
    return None


def _numbers(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Arithmetic on whole numbers: truths count as 0 and 1."""

    def with_numbers(one: Any, two: Any) -> Any:
        return work(*(value.astype(np.int64) if _is_truths(value) else value for value in (one, two)))

    return with_numbers


def _is_truths(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.bool_


def _extreme(of_two: Callable[[Iterable[int]], int], of_columns: Any) -> Callable[[Any, Any], Any]:
    return lambda one, two: (
        of_two((one, two)) if isinstance(one, int) and isinstance(two, int) else of_columns(one, two)
    )


def _look_up(table: Any, key: Any) -> Any:
    """The entries at the keys: of one table for everybody, or of each employee's own."""
    if isinstance(table, tuple):
        tables, rows = table
        return tables[rows, key]
    return int(table[key]) if isinstance(key, int) else table[key]


def _half_up(above: Any, below: Any) -> Any:
    """Halves up; only of what is proved not negative."""
    if isinstance(below, int):
        return above if below == 1 else halves_up(above, below)
    return (2 * above + below) // (2 * below)


def halves_up(above: Any, below: int) -> Any:
    """A division by one number: with an even one, half of it can be added first."""
    return (above + below // 2) // below if below % 2 == 0 else (2 * above + below) // (2 * below)


ROUNDINGS: Mapping[str, Callable[[Any, Any], Any]] = {
    "half_up": _half_up,
    "down": operator.floordiv,
    "up": lambda above, below: (above + below - 1) // below,
}
OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": _numbers(operator.add),
    "sub": _numbers(operator.sub),
    "mul": _numbers(operator.mul),
    "lt": operator.lt,
    "le": operator.le,
    "min": _extreme(min, np.minimum),
    "max": _extreme(max, np.maximum),
    "and": np.logical_and,
    "or": np.logical_or,
    "lookup": _look_up,
}
