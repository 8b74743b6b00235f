"""Rules traced to a graph: every name exists, units fit, nothing runs in a circle, nothing overflows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schakel.engine.exact import Exact, TraceError, Unit, leaf, rounded
from schakel.engine.rule import Rule


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a rule may read that no rule makes: a fact, a term, a parameter, or something derived from a fact."""

    name: str
    kind: str  #: fact, term, parameter, derived
    unit: Unit
    lowest: int
    highest: int
    facts: tuple[str, ...] = ()  #: the facts it comes from


@dataclass(frozen=True, slots=True)
class Graph:
    """Rules in the order they can be evaluated, each with its expression over leaves and earlier rules."""

    rules: tuple[Rule, ...]
    expressions: Mapping[str, Exact]
    leaves: Mapping[str, Leaf]

    def facts_read(self) -> frozenset[str]:
        """The facts these rules rest on; derived from the rules, never listed by hand."""
        return frozenset(fact for one in self.leaves.values() for fact in one.facts)


def trace(wanted: Iterable[str], rules: Mapping[str, Rule], leaves: Mapping[str, Leaf]) -> Graph:
    """The graph that makes the wanted quantities. Raises TraceError with the rule and what is wrong."""
    done: dict[str, Exact] = {}
    order: list[Rule] = []
    used: dict[str, Leaf] = {}

    def visit(name: str, path: tuple[str, ...]) -> Exact:
        if name in path:
            raise TraceError(f"rules read each other in a circle: {' → '.join((*path, name))}")
        if name in done:
            return done[name]
        if name in rules:
            return trace_rule(rules[name], (*path, name))
        if name not in leaves:
            raise TraceError(f"{path[-1] if path else 'the catalogue'} reads “{name}”, which nobody provides")
        used[name] = leaves[name]
        found = leaves[name]
        return leaf(name, found.unit, found.lowest, found.highest)

    def trace_rule(one: Rule, path: tuple[str, ...]) -> Exact:
        operands = [visit(read, path) for read in one.reads]
        for operand, unit, read in zip(operands, one.reads_units, one.reads, strict=True):
            if operand.scale != unit.scale or operand.is_money != unit.is_money:
                raise TraceError(f"{one.name} reads “{read}” as {unit.name}, but it has another unit")
        try:
            result = rounded(one.function(*operands), one.unit, one.rounds)
        except TraceError as error:
            raise TraceError(f"{one.name}: {error}") from error
        order.append(one)
        # Later rules see this rule as one operand, so that its rounding happens once.
        done[one.name] = leaf(one.name, one.unit, result.low, result.high)
        expressions[one.name] = result
        return done[one.name]

    expressions: dict[str, Exact] = {}
    for name in wanted:
        visit(name, ())
    return Graph(tuple(order), expressions, used)
