"""A graph as Python source. The targets differ only in how they spell a choice and a look-up."""

from schakel.engine.exact import Exact
from schakel.engine.graph import Graph

BINARY = {"add": "({} + {})", "sub": "({} - {})", "mul": "({} * {})", "lt": "({} < {})", "le": "({} <= {})"}
SCALAR = {
    "min": "min({}, {})",
    "max": "max({}, {})",
    "choose": "({1} if {0} else {2})",
    "and": "({} and {})",
    "or": "({} or {})",
    "lookup": "{}[{}]",
}
COLUMNS = {
    "min": "np.minimum({}, {})",
    "max": "np.maximum({}, {})",
    "choose": "np.where({}, {}, {})",
    "and": "np.logical_and({}, {})",
    "or": "np.logical_or({}, {})",
    "lookup": "look_up({}, {})",
}


def source(graph: Graph, spelling: dict[str, str]) -> str:
    """A function `evaluate(given)` that returns every quantity of the graph by name."""
    lines = ["def evaluate(given):"]
    lines += [f"    {name} = given[{name!r}]" for name in graph.leaves]
    lines += [f"    {one.name} = {expression(graph.expressions[one.name], spelling)}" for one in graph.rules]
    lines.append("    return {" + ", ".join(f"{one.name!r}: {one.name}" for one in graph.rules) + "}")
    return "\n".join(lines)


def expression(node: Exact, spelling: dict[str, str]) -> str:
    """One expression as Python."""
    if node.op in {"leaf", "const"}:
        return str(node.value)
    args = [expression(arg, spelling) for arg in node.args]
    if node.op == "same":
        return args[0]
    if node.op == "round":
        return division(node, *args)
    return (BINARY.get(node.op) or spelling[node.op]).format(*args)


def division(node: Exact, above: str, below: str) -> str:
    """A division with its named rounding; only of what is proved not negative."""
    if node.value == "down":
        return f"({above} // {below})"
    if node.value == "up":
        return f"(({above} + {below} - 1) // {below})"
    divisor = node.args[1]
    if divisor.is_known and int(divisor.value) % 2 == 0:
        return f"(({above} + {int(divisor.value) // 2}) // {below})"
    return f"((2 * {above} + {below}) // (2 * {below}))"
