"""Rules traced to a graph: every name exists, units fit, nothing runs in a circle, nothing overflows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schakel.engine.exact import Exact, constant
from schakel.engine.rounding import rounded
from schakel.engine.rule import Rule
from schakel.engine.trace_error import DATES_AS_NUMBER, TraceError, unknown_name
from schakel.engine.units import Unit


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a rule may read that no rule makes: a fact, a term, a parameter, or something derived from a fact."""

    name: str
    kind: str  #: fact, term, derived, to_date
    unit: Unit
    lowest: int
    highest: int
    facts: tuple[str, ...] = ()  #: the facts it comes from
    words: tuple[str, ...] = ()  #: what a choice may be
    size: int = 0  #: entries of a table; 0 for one number
    known: int | None = None  #: the value, when the shape of the scheme says it
    given: bool | None = True  #: of a term that may be left out: whether the scheme says it; None when open
    tranches: tuple["Leaf", ...] = ()  #: upper ends and rates in turn

    def operand(self) -> Exact:
        """The node a rule sees."""
        if self.tranches:
            return Exact("tranches", tuple(one.operand() for one in self.tranches), given=self.given)
        is_truth = self.unit.name == "yes_no"
        if self.given is False or self.known is not None:
            return Exact(
                "const",
                scale=self.unit.scale,
                low=self.known or 0,
                high=self.known or 0,
                is_money=self.unit.is_money,
                is_truth=is_truth,
                value=self.known or 0,
                words=self.words,
                given=self.given,
            )
        return Exact(
            "leaf",
            scale=self.unit.scale,
            low=self.lowest,
            high=self.highest,
            is_money=self.unit.is_money,
            is_truth=is_truth,
            value=self.name,
            words=self.words,
            size=self.size,
            given=self.given,
        )

    def parts(self) -> Iterator["Leaf"]:
        """This leaf, or the numbers it is made of."""
        if not self.tranches:
            yield self
        for one in self.tranches:
            yield from one.parts()


@dataclass(frozen=True, slots=True)
class Graph:
    """Rules in the order they can be evaluated, each with its expression over leaves and earlier rules."""

    rules: tuple[Rule, ...]
    expressions: Mapping[str, Exact]
    leaves: Mapping[str, Leaf]  #: those that are read; what the shape decided is not among them

    def facts_read(self) -> frozenset[str]:
        """The facts these rules rest on; derived from the rules, never listed by hand."""
        return frozenset(fact for one in self.leaves.values() for fact in one.facts)


@dataclass(slots=True)
class _Trace:
    rules: Mapping[str, Rule]
    leaves: Mapping[str, Leaf]
    done: dict[str, Exact] = field(default_factory=dict)
    order: list[Rule] = field(default_factory=list)
    expressions: dict[str, Exact] = field(default_factory=dict)

    def visit(self, name: str, path: tuple[str, ...]) -> Exact:
        if name in path:
            circle = " → ".join((*path, name))
            raise TraceError(
                f"rules read each other in a circle: {circle}", f"regels lezen elkaar in een kring: {circle}"
            )
        if name in self.done:
            return self.done[name]
        if name in self.rules:
            return self.rule(self.rules[name], (*path, name))
        if name not in self.leaves:
            raise unknown_name(path[-1] if path else "the catalogue", name, (*self.rules, *self.leaves))
        if self.leaves[name].unit.name == "dates":
            raise TraceError(*DATES_AS_NUMBER).within(path[-1] if path else name)
        return self.leaves[name].operand()

    def rule(self, one: Rule, path: tuple[str, ...]) -> Exact:
        operands = [self.visit(read, path) for read in one.reads]
        for operand, unit, read in zip(operands, one.reads_units, one.reads, strict=bool(one.reads_units)):
            if operand.op == "tranches" or (operand.scale, operand.is_money) == (unit.scale, unit.is_money):
                continue
            raise TraceError(
                f"{one.name} reads “{read}” as {unit.name}, but it has another unit",
                f"{one.name} leest “{read}” als {unit.name}, maar die heeft een andere eenheid",
            )
        try:
            result = rounded(one.function(*operands), one.unit, one.rounds)
        except TraceError as error:
            raise error.within(one.name) from error
        self.order.append(one)
        self.expressions[one.name] = result
        # Later rules see this rule as one operand, so that its rounding happens once.
        self.done[one.name] = self._as_operand(one, result)
        return self.done[one.name]

    @staticmethod
    def _as_operand(one: Rule, result: Exact) -> Exact:
        if result.is_known:
            is_truth = one.unit.name == "yes_no"
            return constant(result.low, one.unit.scale, is_money=one.unit.is_money, is_truth=is_truth)
        return Leaf(one.name, "rule", one.unit, result.low, result.high).operand()


def trace(wanted: Iterable[str], rules: Mapping[str, Rule], leaves: Mapping[str, Leaf]) -> Graph:
    """The graph that makes the wanted quantities. Raises TraceError with the rule and what is wrong.

    A rule that the shape of the scheme leaves out (a branch never taken) is traced, but not in the graph.
    """
    tracing = _Trace(rules, leaves)
    names = list(wanted)
    for name in names:
        tracing.visit(name, ())
    needed: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        needed.add(name)
        if name in tracing.expressions:
            waiting += [str(one.value) for one in tracing.expressions[name].leaves() if one.op == "leaf"]
    parts = {part.name: part for leaf in leaves.values() for part in leaf.parts()}
    return Graph(
        tuple(one for one in tracing.order if one.name in needed),
        {name: made for name, made in tracing.expressions.items() if name in needed},
        {name: parts[name] for name in sorted(needed - tracing.expressions.keys())},
    )
