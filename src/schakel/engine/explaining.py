"""Why this amount: the calculation run again for one wage period, every step told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.calculation import Calculation, PeriodResult, Segment, Terms, calculation_of
from schakel.engine.catalogue import amounts_graph, condition_graph
from schakel.engine.derived import DERIVED
from schakel.engine.employee import FACTS, EmployeeTimeline
from schakel.engine.errors import NoRuleInForce
from schakel.engine.explanation import Explanation
from schakel.engine.graph import Graph, Leaf
from schakel.engine.own_steps import own_rules
from schakel.engine.parameters import ParameterSet
from schakel.engine.targets.scalar import lookups, read_by
from schakel.engine.wage_periods import PER_YEAR, WagePeriod


def explain(
    name: str,
    facts: EmployeeTimeline,
    terms: Terms,
    wage_period: WagePeriod,
    quantity: str,
    *,
    parameters: ParameterSet | None = None,
) -> Explanation:
    """The tree of one amount. Its root is the calculated amount. Raises SchakelError when there is none."""
    calculation = calculation_of(name, facts, terms, parameters)
    found = next((q for q in calculation.one.quantities if q.name == quantity), None)
    if found is None:
        raise NoRuleInForce(f"{name} has no quantity {quantity!r}.", about=quantity)
    result = calculation.of(wage_period)
    if result.refusal is not None:
        raise result.refusal
    parts = calculation.segments(wage_period)
    teller = _Teller(calculation, wage_period)
    if not result.participates:
        return teller.does_not_take_part(found, parts[-1])
    return teller.amount(found, result, [part for part in parts if part.why_not is None])


AS_IT_STANDS = {
    "held": ("zoals het geldt aan het eind van het loontijdvak", "as it holds at the end of the wage period"),
    "period": ("bedrag van het loontijdvak", "amount of the wage period"),
    "to_date": (
        "het jaar tot en met dit loontijdvak, min het jaar tot dit loontijdvak",
        "the year up to and with this wage period, less the year before it",
    ),
}


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells nodes of one calculation in one wage period."""

    calculation: Calculation
    wage_period: WagePeriod

    @property
    def one(self) -> Benefit:
        return self.calculation.one

    def does_not_take_part(self, quantity: Quantity, part: Segment) -> Explanation:
        """No amount, and the condition that does not hold."""
        assert part.why_not is not None
        return Explanation(
            "amount",
            quantity.name,
            quantity.nl,
            quantity.en,
            0,
            "euros",
            "neemt niet deel",
            "does not take part",
            operands=(self.rule(part.why_not, part),),
        )

    def amount(self, quantity: Quantity, result: PeriodResult, parts: list[Segment]) -> Explanation:
        """A quantity of a wage period."""
        value = result.amounts[quantity.name]
        if quantity.kind == "rest":
            named = {q.name: q for q in self.one.quantities if q.name in result.amounts}
            minus = [name for name in quantity.minus if name in named]
            operands = tuple(self.amount(named[name], result, parts) for name in (quantity.of, *minus))
            return Explanation(
                "amount",
                quantity.name,
                quantity.nl,
                quantity.en,
                value,
                "euros",
                " − ".join(named[name].nl for name in (quantity.of, *minus)),
                " − ".join(named[name].en for name in (quantity.of, *minus)),
                operands=operands,
            )
        if quantity.kind in AS_IT_STANDS:
            nl, en = AS_IT_STANDS[quantity.kind]
            return Explanation(
                "amount",
                quantity.name,
                quantity.nl,
                quantity.en,
                value,
                "euros",
                nl,
                en,
                operands=(self.rule(quantity.rule, parts[-1]),),
            )
        per_year, days = PER_YEAR[self.wage_period.kind], self.wage_period.period.days
        return Explanation(
            "amount",
            quantity.name,
            quantity.nl,
            quantity.en,
            value,
            "euros",
            f"bedrag per jaar ÷ {per_year}, naar rato van de dagen ({days} in dit loontijdvak)",
            f"amount a year ÷ {per_year}, by days ({days} in this wage period)",
            str(parts[-1].chosen.get("period_rounding") or "half_up"),
            "docs/calculations/bases.md",
            # Other terms in the same wage period may make no such amount.
            operands=tuple(
                self.segment(quantity, part, days) for part in parts if quantity.rule in part.values
            ),
        )

    def segment(self, quantity: Quantity, part: Segment, days: int) -> Explanation:
        """One stretch of the wage period in which nothing changed."""
        told = self.rule(quantity.rule, part)
        if part.period.days == days:
            return told
        return Explanation(
            "segment",
            "segment",
            f"{part.period.days} van {days} dagen",
            f"{part.period.days} of {days} days",
            part.values[quantity.rule],
            told.unit,
            start=str(part.period.start),
            until=str(part.period.until),
            operands=(told,),
        )

    def graph(self, part: Segment) -> Graph:
        """What was calculated in this part: the amounts, or the condition that does not hold."""
        shape = None if part.choices is None else part.choices.shape
        if part.why_not is None:
            return amounts_graph(self.one.name, shape)
        return condition_graph(self.one.name, part.why_not, shape)

    def rule(self, name: str, part: Segment) -> Explanation:
        """A rule and what it read; what a choice passed over is not told."""
        steps = () if part.choices is None else part.choices.shape.steps
        rule = self.one.rules_of(own_rules(steps))[name]
        graph = self.graph(part)
        seen = read_by(graph.expressions[name], {**part.given, **part.values})
        operands = tuple(
            self.rule(read, part) if read in part.values else self.leaf(graph.leaves[read], part)
            for read in _in_order(rule.reads, seen)
        )
        chosen = () if part.choices is None else tuple(self.words(rule.reads, part))
        return Explanation(
            "rule",
            name,
            rule.nl,
            rule.en,
            part.values[name],
            rule.unit.name,
            rule.formula_nl,
            rule.formula_en,
            rule.rounds,
            rule.source,
            operands=operands + chosen,
        )

    def words(self, reads: tuple[str, ...], part: Segment) -> Iterator[Explanation]:
        """The choices of the employer that decided how was calculated."""
        shape = part.chosen.shape if part.choices is not None else None
        for name, word in () if shape is None else shape.words:
            if name in reads and word not in {"none", "false"}:
                term = part.chosen.terms[name]
                yield Explanation("term", name, term.nl, term.en, word, "word", source="regelingsvoorwaarden")

    def leaf(self, leaf: Leaf, part: Segment) -> Explanation:
        """A fact, something derived from one, a term, or a parameter."""
        on = part.on
        if leaf.kind == "fact":
            return self.fact(leaf.name, self.read_on(leaf.name, part))
        if leaf.kind == "derived":
            told = DERIVED[leaf.name]
            value = part.given[leaf.name]
            facts = tuple(self.fact(fact, on) for fact in leaf.facts)
            return Explanation("derived", leaf.name, told.nl, told.en, value, leaf.unit.name, operands=facts)
        if leaf.kind == "to_date":
            return self.sum_to_date(leaf, part)
        return self.term(leaf, part)

    def sum_to_date(self, leaf: Leaf, part: Segment) -> Explanation:
        """What the year came to so far, with each wage period's statement."""
        reading = self.calculation.reading(part.on, self.wage_period)
        facts = tuple(self.fact(fact, day) for fact in leaf.facts for day in reading.served)
        fact = FACTS[leaf.facts[0]] if leaf.facts else None
        nl = f"{fact.nl}, in het jaar tot nu toe" if fact else "loontijdvakken in het jaar tot nu toe"
        en = f"{fact.en}, in the year so far" if fact else "wage periods in the year so far"
        return Explanation(
            "derived", leaf.name, nl, en, part.given[leaf.name], leaf.unit.name, operands=facts
        )

    def read_on(self, name: str, part: Segment) -> date:
        """The day on which a fact was read."""
        return self.calculation.reading(part.on, self.wage_period).day_of(name)

    def fact(self, name: str, on: date) -> Explanation:
        """A fact, the period it holds, and the reference of its statement."""
        fact = FACTS[name]
        timeline = self.calculation.facts.facts.get(name)
        step = None if timeline is None else next((s for s in timeline.steps if s.period.contains(on)), None)
        if step is None:
            return Explanation("fact", name, fact.nl, fact.en, "–", "text")
        unit = fact.unit.name
        return Explanation(
            "fact",
            name,
            fact.nl,
            fact.en,
            _plain(step.value.value),
            unit,
            start=str(step.period.start),
            until=str(step.period.until or ""),
            origin=step.value.origin,
        )

    def term(self, leaf: Leaf, part: Segment) -> Explanation:
        """A choice of the employer, or the statutory figure it points to."""
        chosen, on = part.chosen, part.on
        term = chosen.terms.get(leaf.name)
        if term is None:
            return self.tranche(leaf, part)
        if chosen.get(leaf.name) != "statutory" or term.statutory is None:
            value = part.given[leaf.name]
            return Explanation(
                "term",
                leaf.name,
                term.nl,
                term.en,
                self.entry(leaf, value, part),
                term.unit.name,
                source="regelingsvoorwaarden",
            )
        parameter = self.calculation.known[term.statutory]
        figure = self.calculation.reading(on, self.wage_period).figure(parameter.name)
        told = Explanation(
            "parameter",
            parameter.name,
            parameter.nl,
            parameter.en,
            self.entry(leaf, figure.table or figure.value, part),
            parameter.unit.name,
            source=f"{parameter.law}; {figure.source}",
            certainty=figure.certainty,
            start=str(figure.start),
            until=str(figure.until or ""),
        )
        return Explanation(
            "term",
            leaf.name,
            term.nl,
            term.en,
            told.value,
            term.unit.name,
            "wettelijk bedrag",
            "statutory amount",
            operands=(told,),
        )

    def entry(self, leaf: Leaf, value: int | tuple[int, ...], part: Segment) -> Any:
        """A number, or of a table the entry that was looked up; the whole table when that is not one key."""
        if isinstance(value, int):
            return value
        keys = {
            str(node.args[1].value)
            for made in self.graph(part).expressions.values()
            for node in lookups(made)
            if node.args[0].value == leaf.name and node.args[1].op == "leaf"
        }
        values = {**part.given, **part.values}
        if len(keys) == 1:
            key = values[keys.pop()]
            assert isinstance(key, int), "a table is looked up with one number"
            return value[key]
        return value[0] if len(set(value)) == 1 else max(value)

    def tranche(self, leaf: Leaf, part: Segment) -> Explanation:
        """One number of a list of tranches."""
        name, place, what = re.fullmatch(r"(.+)_(\d+)_(up_to|percent)", leaf.name).groups()  # type: ignore[union-attr]
        term = part.chosen.terms[name]
        nl, en = {"up_to": ("tot", "up to"), "percent": ("deel", "part")}[what]
        return Explanation(
            "term",
            leaf.name,
            f"{term.nl}, {nl} {place}",
            f"{term.en}, {en} {place}",
            part.given[leaf.name],
            leaf.unit.name,
            source="regelingsvoorwaarden",
        )


def _in_order(reads: tuple[str, ...], seen: frozenset[str]) -> list[str]:
    """What was read, in the order of the rule; the numbers of a list of tranches where the list stands."""
    found = [name for name in reads if name in seen]
    return found + sorted(seen - set(reads))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return value
