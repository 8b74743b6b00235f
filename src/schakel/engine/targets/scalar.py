"""For one employee: Python integers, every intermediate by name."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CodeType

from schakel.engine.exact import Exact
from schakel.engine.graph import Graph
from schakel.engine.targets.source import SCALAR, expression, source

Evaluate = Callable[[Mapping[str, int | tuple[int, ...]]], dict[str, int]]


def compiled(graph: Graph) -> Evaluate:
    """The graph as a function of its leaves."""
    namespace: dict[str, Evaluate] = {}
    exec(source(graph, SCALAR), {"min": min, "max": max}, namespace)  # noqa: S102 - made from our own traced rules alone
    return namespace["evaluate"]


def looked_up(node: Exact, table: str, values: Mapping[str, int | tuple[int, ...]]) -> tuple[int, ...]:
    """The keys by which a table was read in an expression: of a choice only in the branch that was taken."""
    if node.op == "choose":
        condition, then, otherwise = node.args
        taken = then if _value(condition, values) else otherwise
        return looked_up(condition, table, values) + looked_up(taken, table, values)
    found = tuple(key for arg in node.args for key in looked_up(arg, table, values))
    return (int(_value(node.args[1], values)), *found) if _reads(node, table) else found


def _reads(node: Exact, table: str) -> bool:
    return node.op == "lookup" and node.args[0].value == table


def _value(node: Exact, values: Mapping[str, int | tuple[int, ...]]) -> int:
    return int(eval(_code(expression(node, SCALAR)), {"min": min, "max": max}, dict(values)))  # noqa: S307 - made from our own traced rules alone


@lru_cache(maxsize=4096)
def _code(text: str) -> CodeType:
    return compile(text, "<rule>", "eval")


def has_branches(node: Exact) -> bool:
    """Whether anywhere in it a condition decides which of two is taken."""
    return node.op == "choose" or any(has_branches(arg) for arg in node.args)


def read_by(node: Exact, values: Mapping[str, int | tuple[int, ...]]) -> frozenset[str]:
    """The operands that had a part in this value: of a choice only the branch that was taken."""
    if node.op == "leaf":
        return frozenset({str(node.value)})
    if node.op != "choose":
        return frozenset[str]().union(*(read_by(arg, values) for arg in node.args))
    condition, then, otherwise = node.args
    taken = then if _value(condition, values) else otherwise
    return read_by(condition, values) | read_by(taken, values)
