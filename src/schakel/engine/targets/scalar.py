"""For one employee: Python integers, every intermediate by name."""

from collections.abc import Callable, Iterator, Mapping

from schakel.engine.exact import Exact
from schakel.engine.graph import Graph
from schakel.engine.targets.source import SCALAR, expression, source

Evaluate = Callable[[Mapping[str, int | tuple[int, ...]]], dict[str, int]]


def compiled(graph: Graph) -> Evaluate:
    """The graph as a function of its leaves."""
    namespace: dict[str, Evaluate] = {}
    exec(source(graph, SCALAR), {"min": min, "max": max}, namespace)  # noqa: S102 - made from our own traced rules alone
    return namespace["evaluate"]


def lookups(node: Exact) -> Iterator[Exact]:
    """Every look-up in an expression."""
    if node.op == "lookup":
        yield node
    for arg in node.args:
        yield from lookups(arg)


def read_by(node: Exact, values: Mapping[str, int | tuple[int, ...]]) -> frozenset[str]:
    """The operands that had a part in this value: of a choice only the branch that was taken."""
    if node.op == "leaf":
        return frozenset({str(node.value)})
    if node.op != "choose":
        return frozenset[str]().union(*(read_by(arg, values) for arg in node.args))
    condition, then, otherwise = node.args
    text = expression(condition, SCALAR)
    holds = eval(text, {"min": min, "max": max}, dict(values))  # noqa: S307 - made from our own traced rules alone
    return read_by(condition, values) | read_by(then if holds else otherwise, values)
