"""Why this amount: the calculation run again for one wage period, every step told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.engine.calculation import (
    Calculation,
    PeriodResult,
    Segment,
    Terms,
    derived,
)
from schakel.engine.catalogue import (
    Benefit,
    Quantity,
    amounts_graph,
    benefit,
    check_terms,
    condition_graph,
)
from schakel.engine.employee import FACTS, EmployeeTimeline
from schakel.engine.errors import NoRuleInForce
from schakel.engine.explanation import Explanation
from schakel.engine.graph import Graph, Leaf
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.targets.scalar import read_by
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
    known = statutory() if parameters is None else parameters
    one = benefit(name)
    found = next((q for q in one.quantities if q.name == quantity), None)
    if found is None:
        raise NoRuleInForce(f"{name} has no quantity {quantity!r}.", about=quantity)
    checked: Terms = terms.map(lambda chosen: check_terms(name, chosen))
    calculation = Calculation(one, facts, checked, known)
    result = calculation.of(wage_period)
    if result.refusal is not None:
        raise result.refusal
    parts = calculation.segments(wage_period)
    teller = _Teller(calculation, wage_period)
    if not result.participates:
        return teller.does_not_take_part(found, parts[-1])
    return teller.amount(found, result, [part for part in parts if part.why_not is None])


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
            named = {q.name: q for q in self.one.quantities}
            operands = tuple(
                self.amount(named[name], result, parts) for name in (quantity.of, quantity.minus)
            )
            return Explanation(
                "amount",
                quantity.name,
                quantity.nl,
                quantity.en,
                value,
                "euros",
                f"{named[quantity.of].nl} − {named[quantity.minus].nl}",
                f"{named[quantity.of].en} − {named[quantity.minus].en}",
                operands=operands,
            )
        if quantity.kind == "held":
            return Explanation(
                "amount",
                quantity.name,
                quantity.nl,
                quantity.en,
                value,
                "euros",
                "zoals het geldt aan het eind van het loontijdvak",
                "as it holds at the end of the wage period",
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
            "half_up",
            "docs/calculations/bases.md",
            operands=tuple(self.segment(quantity, part, days) for part in parts),
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
            "fine_euros_per_year",
            start=str(part.period.start),
            until=str(part.period.until),
            operands=(told,),
        )

    def graph(self, part: Segment) -> Graph:
        """What was calculated in this part: the amounts, or the condition that does not hold."""
        if part.why_not is None:
            return amounts_graph(self.one.name)
        return condition_graph(self.one.name, part.why_not)

    def rule(self, name: str, part: Segment) -> Explanation:
        """A rule and what it read; what a choice passed over is not told."""
        rule = self.one.rules[name]
        graph = self.graph(part)
        seen = read_by(graph.expressions[name], {**part.given, **part.values})
        operands = tuple(
            self.rule(read, part) if read in part.values else self.leaf(graph.leaves[read], part)
            for read in rule.reads
            if read in seen
        )
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
            operands=operands,
        )

    def leaf(self, leaf: Leaf, part: Segment) -> Explanation:
        """A fact, something derived from one, a term, or a parameter."""
        on = part.period.start
        if leaf.kind == "fact":
            return self.fact(leaf.name, on)
        if leaf.kind == "derived":
            return Explanation(
                "derived",
                leaf.name,
                "leeftijd in maanden",
                "age in months",
                derived(leaf.name, self.calculation.facts, on),
                leaf.unit.name,
                operands=tuple(self.fact(fact, on) for fact in leaf.facts),
            )
        return self.term(leaf, part)

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
        term, on = self.one.terms[leaf.name], part.period.start
        chosen: Mapping[str, Any] = self.calculation.terms.at(on) or {}
        if chosen.get(leaf.name) != "statutory" or term.statutory is None:
            return Explanation(
                "term",
                leaf.name,
                term.nl,
                term.en,
                part.given[leaf.name],
                term.unit.name,
                source="regelingsvoorwaarden",
            )
        parameter = self.calculation.known[term.statutory]
        value = self.calculation.reading(on, self.wage_period).figure(parameter.name)
        told = Explanation(
            "parameter",
            parameter.name,
            parameter.nl,
            parameter.en,
            value.value,
            parameter.unit.name,
            source=f"{parameter.law}; {value.source}",
            certainty=value.certainty,
            start=str(value.start),
            until=str(value.until or ""),
        )
        return Explanation(
            "term",
            leaf.name,
            term.nl,
            term.en,
            value.value,
            term.unit.name,
            "wettelijk bedrag",
            "statutory amount",
            operands=(told,),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return value
