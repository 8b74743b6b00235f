"""Why this amount: the calculation run again for one wage period, every step told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schakel.engine.calculation import (
    PeriodResult,
    Segment,
    Terms,
    calculate,
    derived,
    segments,
)
from schakel.engine.catalogue import Benefit, Quantity, amounts_graph, benefit, check_terms
from schakel.engine.employee import FACTS, EmployeeTimeline
from schakel.engine.errors import NoRuleInForce
from schakel.engine.explanation import Explanation
from schakel.engine.graph import Leaf
from schakel.engine.parameters import ParameterSet, statutory
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
    (result,) = calculate(name, facts, terms, [wage_period], parameters=known)
    if result.refusal is not None:
        raise result.refusal
    if not result.participates:
        return _does_not_take_part(one, found, result)
    checked = terms.map(lambda chosen: check_terms(name, chosen))
    parts = [s for s in segments(one, facts, checked, wage_period, known) if s.why_not is None]
    return _Teller(one, facts, checked, terms, known).amount(found, result, wage_period, parts)


def _does_not_take_part(one: Benefit, quantity: Quantity, result: PeriodResult) -> Explanation:
    rule = one.rules[result.why_not or "is_in_service"]
    reason = Explanation(
        "rule", rule.name, rule.nl, rule.en, 0, "yes_no", rule.formula_nl, rule.formula_en, source=rule.source
    )
    return Explanation(
        "amount",
        quantity.name,
        quantity.nl,
        quantity.en,
        0,
        "euros",
        "neemt niet deel",
        "does not take part",
        operands=(reason,),
    )


class _Teller:
    """Tells nodes of one benefit of one employee."""

    def __init__(
        self, one: Benefit, facts: EmployeeTimeline, terms: Terms, chosen: Terms, known: ParameterSet
    ) -> None:
        self.one, self.facts, self.terms, self.chosen, self.known = one, facts, terms, chosen, known
        self.graph = amounts_graph(one.name)

    def amount(
        self, quantity: Quantity, result: PeriodResult, wage_period: WagePeriod, parts: list[Segment]
    ) -> Explanation:
        """A quantity of a wage period."""
        value = result.amounts[quantity.name]
        if quantity.kind == "rest":
            named = {q.name: q for q in self.one.quantities}
            operands = tuple(
                self.amount(named[name], result, wage_period, parts) for name in (quantity.of, quantity.minus)
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
        per_year, days = PER_YEAR[wage_period.kind], wage_period.period.days
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
            "spread by calendar days, rounded once; docs/calculations/bases.md",
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

    def rule(self, name: str, part: Segment) -> Explanation:
        """A rule and what it read."""
        rule = self.one.rules[name]
        operands = tuple(
            self.rule(read, part) if read in part.values else self.leaf(self.graph.leaves[read], part)
            for read in rule.reads
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
                derived(leaf.name, self.facts, on),
                leaf.unit.name,
                operands=tuple(self.fact(fact, on) for fact in leaf.facts),
            )
        return self.term(leaf, part)

    def fact(self, name: str, on: date) -> Explanation:
        """A fact, the period it holds, and the reference of its statement."""
        fact = FACTS[name]
        timeline = self.facts.facts.get(name)
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
        chosen: Mapping[str, Any] = self.terms.at(on) or {}
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
        birth_on = self.facts.read("birth_on", on).value if term.statutory == "state_pension_age" else None
        parameter = self.known[term.statutory]
        value = parameter.at(on, birth_on=birth_on)
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
