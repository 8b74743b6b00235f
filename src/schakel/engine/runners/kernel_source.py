"""The source of a kernel: several benefits of one shape each, fused into one loop over stretches without change.

A stretch is a run of days of one employee in which nothing that is read changes; a year has about five of them,
not twelve. The first loop finds the stretches, the second calculates each once, the third writes wage periods.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import amounts_graph, condition_graph, quantities
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS
from schakel.engine.exact import Exact
from schakel.engine.graph import Graph, Leaf
from schakel.engine.runners.columns import Reason
from schakel.engine.targets.loops import (
    AT_ONCE_LIMIT,
    HIGH,
    LOW,
    QUOTIENT_LIMIT,
    Unfit,
    expression,
    without_factor,
)

DERIVED_IN_LOOPS = ("age_months", "age_years", "partner_age_months", "partner_age_years", "calendar_year")
MOST_A_YEAR = 53  #: wage periods
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
    chains: list[list[tuple[int, str]]] = field(
        default_factory=list
    )  #: of each benefit, its reasons in order, with what is true when it is the reason

    def body(self) -> list[str]:
        """The second loop: every amount of one stretch."""
        lines: list[str] = []
        for part in self.parts:
            lines += self._benefit(part)
        return lines

    def _benefit(self, part: Part) -> Iterator[str]:
        """`ok` first, without which there is no amount; which reason it is, a loop of its own finds where one is."""
        one, shape = part.one, part.choices.shape
        if any(part.choices.get(name) not in {None, word} for name, word in USUAL.items()):
            raise Unfit(f"{one.name}: a course of time that loops do not know")
        self.reasons.append([])
        self.chains.append([])
        checked: list[str] = []
        holding: list[str] = []
        for name in one.conditions:
            graph = condition_graph(one.name, name, shape)
            self._readable(part, graph, checked)
            yield from self._rules(part, graph)
            holds = self._of_rule(part, name)
            holding.append(f"({holds} != 0)")
            self._reason(part, Reason("not_participating", name), f"not {holds}")
        graph = amounts_graph(one.name, shape)
        self._readable(part, graph, checked)
        ok = f"ok{part.place}"
        needed = list(dict.fromkeys([*(f"fine_{name}" for name in sorted(checked)), *holding]))
        yield f"{ok} = {' & '.join(needed) or 'True'}"
        factors: dict[str, int] = {}
        yield from self._rules(part, graph, factors)
        for quantity in quantities(one, shape):
            yield from self._quantity(part, graph, quantity, factors, ok)

    def explanation(self, body: Sequence[str]) -> list[str]:
        """The loop that finds reasons: the first that is true, of every benefit."""
        lines: list[str] = []
        for place, chain in enumerate(self.chains):
            lines.append(f"w{place} = 0")
            for at, (number, holds) in enumerate(chain):
                lines += [f"{'elif' if at else 'if'} {holds}:", f"    w{place} = {number}"]
            lines.append(f"why{place}[s] = w{place}")
        return [*_made_for("\n".join(lines), body), *lines]

    def _reason(self, part: Part, reason: Reason, holds: str) -> None:
        self.reasons[part.place].append(reason)
        self.chains[part.place].append((len(self.reasons[part.place]), holds))

    def _readable(self, part: Part, graph: Graph, checked: list[str]) -> None:
        """Facts that are not known, or cannot be: the first of them is the reason."""
        for leaf in graph.leaves.values():
            for name in leaf.facts if leaf.kind in {"fact", "derived"} else ():
                if name in checked or name == "is_employed":
                    continue
                checked.append(name)
                self._fact(name)
                self._reason(part, Reason("refused", "missing-fact", name), f"no_{name}")
                if FACTS[name].unit.name != "date":
                    self._reason(part, Reason("refused", "implausible-fact", name), f"not fine_{name}")

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

    def _quantity(
        self, part: Part, graph: Graph, quantity: Quantity, factors: dict[str, int], ok: str
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
            yield f"a{place} = {value}{f' * {float(factor)!r}' if factor > 1 else ''} if {ok} else 0.0"
            yield f"o{place}[s] = a{place}"
            return
        unit = next(rule.unit for rule in graph.rules if rule.name == quantity.rule)
        cents = unit.scale // 100
        if cents % factor and factor % cents:
            raise Unfit(f"{quantity.name}: its parts are not whole cents")
        # What is left of the divisor when the factor is taken out; a year's amount in whole cents needs none.
        scale, times = max(cents // factor, 1), max(factor // cents, 1)
        yield f"v{place} = {value}{f' * {float(times)!r}' if times > 1 else ''} if {ok} else 0.0"
        yield f"y{place}[s] = v{place}"
        if graph.expressions[quantity.rule].high // cents >= QUOTIENT_LIMIT:
            raise Unfit(f"{quantity.name}: may be too large")
        most = graph.expressions[quantity.rule].high // factor * times + MOST_A_YEAR * scale
        yield f"a{place} = {_in_a_period(place, scale, most)}"
        yield f"o{place}[s] = a{place}"
        self.scales[place] = scale


def _in_a_period(place: int, scale: int, most: int) -> str:
    """A year's amount in one wage period; `most` is what it and its divisor come to at most."""
    divisor = f"(per_year * {float(scale)!r})"
    if most < AT_ONCE_LIMIT:
        return f"half_up_at_once(v{place}, {HIGH!r} / {divisor})"
    return f"half_up(v{place}, {divisor}, {LOW!r} / {divisor})"


def _made_for(read: str, body: Sequence[str]) -> list[str]:
    """The lines of the body that what is read rests on, in their order."""
    needed = set(re.findall(r"\bb\d+_\w+", read))
    found: list[str] = []
    for line in reversed(body):
        name, _, made = line.partition(" = ")
        if name in needed:
            needed.update(re.findall(r"\bb\d+_\w+", made))
            found.append(line)
    return found[::-1]
