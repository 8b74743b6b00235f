"""The source of a kernel: several benefits of one shape each, fused into one loop over stretches without change.

A stretch is a run of days of one employee in which nothing that is read changes; a year has about five of them,
not twelve. The first loop finds the stretches, the second calculates each once, the third writes wage periods.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import amounts_graph, condition_graph, quantities
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.exact import Exact
from schakel.engine.graph import Graph, Leaf
from schakel.engine.runners.columns import Reason
from schakel.engine.targets.loops import Unfit, expression, without_factor

DERIVED_IN_LOOPS = ("age_months", "age_years", "partner_age_months", "partner_age_years", "calendar_year")
THRESHOLDS = {"has_reached_entry_age": "entry_age", "is_before_end_age": "end_age"}
"""Conditions that turn once in a life: between turns the age in months may be read at any day."""
USUAL = {
    "age_on": "month_reached",
    "reference_date": "each_change",
    "part_time_moment": "each_change",
    "figures_on": "in_force",
    "entry_moment": "exact_day",
    "end_moment": "exact_day",
    "proration": "calendar_days",
    "period_rounding": "cent_half_up",
    "residual": "each_period",
}
"""The course of time a kernel knows; a scheme with another one is calculated over columns."""


@dataclass(frozen=True, slots=True)
class Part:
    """One benefit in a kernel: its words, and whether its numbers are data or part of the source."""

    one: Benefit
    choices: Choices
    place: int


@dataclass(slots=True)
class KernelSource:
    """Writes one kernel. Raises Unfit for what a kernel does not reach."""

    parts: Sequence[Part]
    columns: dict[
        tuple[int, str], str
    ]  #: benefit and term → the variable that holds it, shared when numbers are
    facts: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)  #: variables read from the terms of the employer
    tables: list[str] = field(default_factory=list)
    lookups: list[tuple[str, str]] = field(default_factory=list)  #: table and key
    reasons: list[list[Reason]] = field(default_factory=list)
    outputs: list[tuple[int, Quantity]] = field(default_factory=list)
    scales: dict[int, int] = field(
        default_factory=dict
    )  #: of a spread amount, parts of a year's amount in a cent
    seen: dict[str, str] = field(default_factory=dict)  #: expression → the variable that has it already

    def body(self) -> list[str]:
        """The second loop: every amount of one stretch `s`."""
        lines: list[str] = []
        for part in self.parts:
            lines += self._benefit(part)
        return lines

    def _benefit(self, part: Part) -> Iterator[str]:
        one, shape = part.one, part.choices.shape
        if any(part.choices.get(name) not in {None, word} for name, word in USUAL.items()):
            raise Unfit(f"{one.name}: a course of time that loops do not know")
        self.reasons.append([])
        why = f"w{part.place}"
        yield f"{why} = 0"
        checked: set[str] = set()
        for name in one.conditions:
            graph = condition_graph(one.name, name, shape)
            yield from self._readable(part, graph, checked, why)
            yield from self._rules(part, graph)
            number = self._reason(part, Reason("not_participating", name))
            yield f"{why} = {number} if (({why} == 0) & (not {self._of_rule(part, name)})) else {why}"
        graph = amounts_graph(one.name, shape)
        yield from self._readable(part, graph, checked, why)
        factors: dict[str, int] = {}
        yield from self._rules(part, graph, factors)
        for quantity in quantities(one, shape):
            yield from self._quantity(part, graph, quantity, factors, why)
        yield f"why{part.place}[s] = {why}"

    def _reason(self, part: Part, reason: Reason) -> int:
        self.reasons[part.place].append(reason)
        return len(self.reasons[part.place])

    def _readable(self, part: Part, graph: Graph, checked: set[str], why: str) -> Iterator[str]:
        """Facts that are not known, or cannot be: the first of them is the reason."""
        for leaf in graph.leaves.values():
            for name in leaf.facts if leaf.kind in {"fact", "derived"} else ():
                if name in checked or name == "is_employed":
                    continue
                checked.add(name)
                self._fact(name)
                missing = self._reason(part, Reason("refused", "missing-fact", name))
                yield f"{why} = {missing} if (({why} == 0) & no_{name}) else {why}"
                if FACTS[name].unit.name != "date":
                    outside = self._reason(part, Reason("refused", "implausible-fact", name))
                    yield f"{why} = {outside} if (({why} == 0) & off_{name}) else {why}"

    def _rules(self, part: Part, graph: Graph, factors: dict[str, int] | None = None) -> Iterator[str]:
        kept = {} if factors is None else factors
        for rule in graph.rules:
            made, factor = without_factor(graph.expressions[rule.name], kept)
            kept[rule.name] = factor
            text = expression(made, lambda node: self._spell(part, graph, node))
            variable = f"b{part.place}_{rule.name}"
            if text in self.seen:
                self.columns[part.place, rule.name] = self.seen[text]
                continue
            self.seen[text] = variable
            self.columns[part.place, rule.name] = variable
            yield f"{variable} = {text}"

    def _of_rule(self, part: Part, name: str) -> str:
        return self.columns[part.place, name]

    def _spell(self, part: Part, graph: Graph, node: Exact) -> str:
        if node.op == "lookup":
            table, key = node.args
            name = self.columns[part.place, str(table.value)]
            if key.op != "leaf" or str(key.value) not in DERIVED_IN_LOOPS:
                raise Unfit(f"{table.value} is looked up with more than an age")
            self._leaf(part, graph.leaves[str(key.value)])
            if name not in self.tables:
                self.tables.append(name)
            if (name, str(key.value)) not in self.lookups:
                self.lookups.append((name, str(key.value)))
            return f"look_up_{self.lookups.index((name, str(key.value)))}"
        name = str(node.value)
        leaf = graph.leaves.get(name)
        return self._of_rule(part, name) if leaf is None else self._leaf(part, leaf)

    def _leaf(self, part: Part, leaf: Leaf) -> str:
        if leaf.name in {"birth_on", "partner_birth_on"}:
            raise Unfit(f"{leaf.name} itself is not known in loops, only ages are")
        if leaf.kind == "fact":
            return "is_in" if leaf.name == "is_employed" else self._fact(leaf.name)
        if leaf.kind == "derived":
            if leaf.name not in DERIVED_IN_LOOPS:
                raise Unfit(f"{leaf.name} is not known in loops")
            if leaf.name not in self.derived:
                self.derived.append(leaf.name)
            return leaf.name
        if leaf.kind != "term" or leaf.size:
            raise Unfit(f"{leaf.name} is not known in loops")
        name = self.columns[part.place, leaf.name]
        if name.startswith("t_") and name not in self.terms:
            self.terms.append(name)
        return name

    def _fact(self, name: str) -> str:
        if FACTS[name].unit.name == "dates":
            raise Unfit(f"{name} is a list")
        for one in (name, *(("salary_kind",) if name == "full_time_hours_per_week" else ())):
            if one not in self.facts:
                self.facts.append(one)
        return f"f_{name}"

    def _quantity(  # noqa: PLR0917 - what an amount is made of
        self, part: Part, graph: Graph, quantity: Quantity, factors: dict[str, int], why: str
    ) -> Iterator[str]:
        place = len(self.outputs)
        if quantity.kind == "rest":
            names = {q.name: at for at, (of, q) in enumerate(self.outputs) if of == part.place}
            text = f"o{names[quantity.of]}[s]" + "".join(
                f" - o{names[name]}[s]" for name in quantity.minus if name in names
            )
            self.outputs.append((part.place, quantity))
            yield f"o{place}[s] = {text}"
            return
        if quantity.kind not in {"spread", "held", "period"}:
            raise Unfit(f"{quantity.name}: {quantity.kind} is not known in loops")
        self.outputs.append((part.place, quantity))
        value, factor = self._of_rule(part, quantity.rule), factors[quantity.rule]
        if quantity.kind != "spread":
            yield f"a{place} = {value}{f' * {float(factor)!r}' if factor > 1 else ''} if {why} == 0 else 0.0"
            yield f"o{place}[s] = a{place}"
            return
        unit = next(rule.unit for rule in graph.rules if rule.name == quantity.rule)
        cents = unit.scale // 100
        if cents % factor and factor % cents:
            raise Unfit(f"{quantity.name}: its parts are not whole cents")
        # What is left of the divisor when the factor is taken out; a year's amount in whole cents needs none.
        scale, times = max(cents // factor, 1), max(factor // cents, 1)
        yield f"v{place} = {value}{f' * {float(times)!r}' if times > 1 else ''} if {why} == 0 else 0.0"
        yield f"y{place}[s] = v{place}"
        yield f"a{place} = half_up(v{place}, per_year * {float(scale)!r}, 1.0 / (per_year * {float(scale)!r}))"
        yield f"o{place}[s] = a{place}"
        self.scales[place] = scale
