"""Why this amount: the calculation run again for one wage period, every step told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.calculation import Calculation, PeriodResult, Terms, calculation_of
from schakel.engine.derived import DERIVED
from schakel.engine.employee import FACTS, EmployeeTimeline
from schakel.engine.errors import NoRuleInForce
from schakel.engine.exact import Exact
from schakel.engine.explanation import Explanation
from schakel.engine.graph import Leaf
from schakel.engine.moments import weight
from schakel.engine.own_steps import own_rules
from schakel.engine.parameters import ParameterSet
from schakel.engine.rounding import EXACT, SIZES
from schakel.engine.rule import Rule
from schakel.engine.scheme import Term
from schakel.engine.segment import Segment
from schakel.engine.targets.scalar import looked_up, read_by
from schakel.engine.term_words import said
from schakel.engine.units import Unit
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, year_of

SCHEME = "regelingsvoorwaarden"  #: the source of what an employer chose, when the scheme names no other


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
    if quantity not in {one.name for one in calculation.one.quantities}:
        raise NoRuleInForce(f"{name} has no quantity {quantity!r}.", about=quantity)
    return explained(calculation, wage_period, (quantity,))[quantity]


def explain_all(
    name: str,
    facts: EmployeeTimeline,
    terms: Terms,
    wage_period: WagePeriod,
    *,
    parameters: ParameterSet | None = None,
) -> dict[str, Explanation]:
    """The tree of every amount of a wage period, what they share being one. Raises SchakelError."""
    calculation = calculation_of(name, facts, terms, parameters)
    return explained(calculation, wage_period, tuple(one.name for one in calculation.one.quantities))


def explained(
    calculation: Calculation, wage_period: WagePeriod, names: tuple[str, ...]
) -> dict[str, Explanation]:
    """The trees of these amounts of one wage period. Raises SchakelError."""
    result = calculation.of(wage_period)
    if result.refusal is not None:
        raise result.refusal
    parts = calculation.segments(wage_period)
    teller = _Teller(calculation, wage_period)
    wanted = [one for one in calculation.one.quantities if one.name in names]
    if not result.participates:
        return {one.name: teller.does_not_take_part(one, parts[-1]) for one in wanted}
    taking_part = [part for part in parts if part.why_not is None]
    return {
        one.name: teller.amount(one, result, taking_part)
        if one.name in result.amounts
        else teller.is_not_given(one)
        for one in wanted
    }


AS_IT_STANDS = {
    "held": ("zoals het geldt aan het eind van het loontijdvak", "as it holds at the end of the wage period"),
    "period": ("bedrag van het loontijdvak", "amount of the wage period"),
    "to_date": (
        "het jaar tot en met dit loontijdvak, min het jaar tot dit loontijdvak",
        "the year up to and with this wage period, less the year before it",
    ),
}
BEFORE = ("het jaar tot dit loontijdvak", "the year before this wage period")


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells nodes of one calculation in one wage period; a rule that is read twice is one node."""

    calculation: Calculation
    wage_period: WagePeriod
    told: dict[date, dict[str, Explanation]] = field(default_factory=dict)
    amounts: dict[str, Explanation] = field(default_factory=dict)

    @property
    def one(self) -> Benefit:
        return self.calculation.one

    def does_not_take_part(self, quantity: Quantity, part: Segment) -> Explanation:
        """No amount, and the condition that does not hold."""
        assert part.why_not is not None
        told = self.rule(part.why_not, part)
        return _amount(quantity, 0, ("neemt niet deel", "does not take part"), (told,))

    def is_not_given(self, quantity: Quantity) -> Explanation:
        """No amount, for the scheme has no step that makes it."""
        told = Explanation("term", "steps", "eigen stappen", "own steps", "–", "text", source=SCHEME)
        said_of = ("de regeling geeft dit bedrag niet", "the scheme does not give this amount")
        return _amount(quantity, 0, said_of, (told,))

    def amount(self, quantity: Quantity, result: PeriodResult, parts: list[Segment]) -> Explanation:
        """A quantity of a wage period."""
        if quantity.name not in self.amounts:
            self.amounts[quantity.name] = self._of(quantity, result, parts)
        return self.amounts[quantity.name]

    def _of(self, quantity: Quantity, result: PeriodResult, parts: list[Segment]) -> Explanation:
        value = result.amounts[quantity.name]
        if quantity.kind == "rest":
            named = {q.name: q for q in self.one.quantities if q.name in result.amounts}
            read = [named[name] for name in (quantity.of, *quantity.minus) if name in named]
            formula = (" − ".join(q.nl for q in read), " − ".join(q.en for q in read))
            return _amount(quantity, value, formula, tuple(self.amount(q, result, parts) for q in read))
        if quantity.kind in AS_IT_STANDS:
            told = self.rule(quantity.rule, parts[-1])
            before = told.value - value if quantity.kind == "to_date" else 0
            earlier = (_derived("before", BEFORE, before, "euros"),) if quantity.kind == "to_date" else ()
            return _amount(quantity, value, AS_IT_STANDS[quantity.kind], (told, *earlier))
        return self.spread(quantity, value, parts)

    def spread(self, quantity: Quantity, value: int, parts: list[Segment]) -> Explanation:
        """A year's amount over the wage period, by the days of the scheme."""
        chosen = parts[-1].chosen
        proration = str(chosen.get("proration") or "calendar_days")
        per_year = PER_YEAR[self.wage_period.kind]
        nl, en = f"bedrag per jaar ÷ {per_year}", f"amount a year ÷ {per_year}"
        if proration == "days_of_261":
            nl, en = "bedrag per jaar × werkdagen ÷ 261", "amount a year × working days ÷ 261"
        elif len(parts) > 1 or parts[0].period != self.wage_period.period:
            nl, en = f"{nl}, {said(proration, 'nl')}", f"{en}, {said(proration, 'en')}"
        # Other terms in the same wage period may make no such amount.
        making = [part for part in parts if quantity.rule in part.values]
        operands = tuple(self.segment(quantity, part, proration) for part in making)
        if chosen.says("residual", "year_to_date"):
            nl, en = f"{nl}; {said('year_to_date', 'nl')}", f"{en}; {said('year_to_date', 'en')}"
            operands += self.earlier(quantity)
        rounds = str(chosen.get("period_rounding") or "cent_half_up")
        return _amount(quantity, value, (nl, en), operands, rounds)

    def earlier(self, quantity: Quantity) -> tuple[Explanation, ...]:
        """What the wage periods of the year before this one came to."""
        kind, year = self.wage_period.kind, self.wage_period.year
        found = [self.calculation.of(one) for one in year_of(kind, year)[: self.wage_period.number - 1]]
        return tuple(
            _derived(quantity.name, (f"{quantity.nl} {name}", f"{quantity.en} {name}"), amount, "euros")
            for one in found
            if (amount := one.amounts.get(quantity.name)) is not None
            and (name := f"{year}-{one.wage_period.number:02d}")
        )

    def segment(self, quantity: Quantity, part: Segment, proration: str) -> Explanation:
        """One stretch of the wage period in which nothing changed."""
        told = self.rule(quantity.rule, part)
        whole = self.wage_period.period
        if part.period == whole and proration != "days_of_261":
            return told
        days, of = weight(proration, part.period), weight(proration, whole)
        working = proration in {"working_days", "days_of_261"}
        return Explanation(
            "segment",
            "segment",
            f"{days} van {of} {'werkdagen' if working else 'dagen'}",
            f"{days} of {of} {'working days' if working else 'days'}",
            part.values[quantity.rule],
            told.unit,
            start=str(part.period.start),
            until=str(part.period.until),
            operands=(told,),
        )

    def rule(self, name: str, part: Segment) -> Explanation:
        """A rule and what it read; what a choice passed over is not told."""
        told = self.told_of(part)
        if name not in told:
            told[name] = self._rule(name, part)
        return told[name]

    def told_of(self, part: Segment) -> dict[str, Explanation]:
        """The rules that were told of a part; of a whole wage period also where it came out the same in another.

        Not where the tree names the days that were read: the wage periods of the year so far, a reference date.
        """
        is_whole = part.period == self.wage_period.period
        if is_whole and not part.outcome.of.sums and part.unchanged.since.on is None:
            return part.outcome.told
        return self.told.setdefault(part.period.start, {})

    def _rule(self, name: str, part: Segment) -> Explanation:
        steps = () if part.choices is None else part.choices.shape.steps
        own = next((step for step in steps if step.name == name), None)
        rule = self.one.rules_of(own_rules(steps))[name]
        program = part.outcome.of
        graph, made = program.graph, program.graph.expressions[name]
        seen = program.straight.get(name)
        if seen is None:
            seen = read_by(made, {**part.given, **part.values})
        operands = tuple(
            self.rule(read, part) if read in part.values else self.leaf(graph.leaves[read], part, made)
            for read in _in_order(rule.reads, seen)
        )
        words = () if part.choices is None else tuple(self.words(rule.reads, part))
        value: Any = part.values[name]
        is_word = bool(made.words) and rule.unit.name == "choice"
        return Explanation(
            "rule",
            name,
            rule.nl,
            rule.en,
            made.words[value] if is_word else value,
            "word" if is_word else rule.unit.name,
            rule.formula_nl,
            rule.formula_en,
            own.rounds if own is not None and own.rounds != "none" else _rounding(rule, made),
            rule.source,
            "" if own is None else own.certainty,
            operands=operands + words,
        )

    def words(self, reads: tuple[str, ...], part: Segment) -> Iterator[Explanation]:
        """The choices of the employer that decided how was calculated."""
        for name, word in part.chosen.shape.words:
            if name in reads and word not in {"none", "false"}:
                term = part.chosen.terms[name]
                value, unit = (1, "yes_no") if term.kind == "yes_no" else (word, "word")
                yield Explanation("term", name, term.nl, term.en, value, unit, source=_source(term))

    def leaf(self, leaf: Leaf, part: Segment, made: Exact) -> Explanation:
        """A fact, something derived from one, a term, or a parameter."""
        if leaf.kind == "fact":
            return self.fact(leaf.name, self.read_on(leaf.name, part))
        if leaf.kind == "derived":
            told = DERIVED[leaf.name]
            # Before the first day of an employment nothing is known of it; its first day is read.
            on = self.calculation.reading(part.on, self.wage_period).service.within(part.on)
            facts = tuple(self.fact(fact, on) for fact in leaf.facts)
            unit = "date" if leaf.name == "day" else leaf.unit.name
            return _derived(leaf.name, (told.nl, told.en), part.given[leaf.name], unit, facts)
        if leaf.kind == "to_date":
            return self.sum_to_date(leaf, part)
        return self.term(leaf, part, made)

    def sum_to_date(self, leaf: Leaf, part: Segment) -> Explanation:
        """What the year came to so far, with each wage period's statement."""
        reading = self.calculation.reading(part.on, self.wage_period)
        facts = tuple(self.fact(fact, day) for fact in leaf.facts for day in reading.served)
        fact = FACTS[leaf.facts[0]] if leaf.facts else None
        nl = f"{fact.nl}, in het jaar tot nu toe" if fact else "loontijdvakken in het jaar tot nu toe"
        en = f"{fact.en}, in the year so far" if fact else "wage periods in the year so far"
        return _derived(leaf.name, (nl, en), part.given[leaf.name], leaf.unit.name, facts)

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
        start, until = str(step.period.start), str(step.period.until or "")
        value, unit, origin = _plain(step.value.value), fact.unit.name, step.value.origin
        return Explanation(
            "fact", name, fact.nl, fact.en, value, unit, start=start, until=until, origin=origin
        )

    def term(self, leaf: Leaf, part: Segment, made: Exact) -> Explanation:
        """A choice of the employer, or the statutory figure it points to."""
        chosen = part.chosen
        term = chosen.terms.get(leaf.name)
        if term is None:
            return self.tranche(leaf, part)
        if chosen.get(leaf.name) == "statutory" and term.statutory is not None:
            told = self.parameter(term, part, made)
            formula = ("wettelijk bedrag", "statutory amount")
            return Explanation(
                "term", leaf.name, term.nl, term.en, told.value, term.unit.name, *formula, operands=(told,)
            )
        value, at = self.entry(term, part.given[leaf.name], part, made)
        words = (term.nl, term.en)
        return Explanation(
            "term", leaf.name, *words, value, term.unit.name, *at, "", _source(term), term.certainty
        )

    def parameter(self, term: Term, part: Segment, made: Exact) -> Explanation:
        """The statutory figure that a term points to, with the days it holds and how sure it is."""
        parameter = self.calculation.known[str(term.statutory)]
        figure = self.calculation.reading(part.on, self.wage_period).figure(parameter.name)
        value, at = self.entry(term, figure.table or figure.value, part, made)
        return Explanation(
            "parameter",
            parameter.name,
            parameter.nl,
            parameter.en,
            value,
            parameter.unit.name,
            *at,
            source=f"{parameter.law}; {figure.source}",
            certainty=figure.certainty,
            start=str(figure.start),
            until=str(figure.until or ""),
        )

    def entry(
        self, term: Term, value: int | tuple[int, ...], part: Segment, made: Exact
    ) -> tuple[int, tuple[str, str]]:
        """A number; of a table the entry that was looked up, and by which key."""
        if isinstance(value, int):
            return value, ("", "")
        keys = looked_up(made, term.name, {**part.given, **part.values})
        # A rule that only asks whether the table is there has looked up nothing.
        key = keys[0] if keys else 0
        written = f"{key // 131}/{key % 131}" if term.key == "ages" else str(key)
        return value[key], (f"de tabel bij {written}", f"the table at {written}")

    def tranche(self, leaf: Leaf, part: Segment) -> Explanation:
        """One number of a list of tranches."""
        name, place, what = re.fullmatch(r"(.+)_(\d+)_(up_to|percent)", leaf.name).groups()  # type: ignore[union-attr]  # its name is made so
        term = part.chosen.terms[name]
        nl, en = {"up_to": ("bovengrens", "upper end"), "percent": ("percentage", "rate")}[what]
        words = (f"{term.nl}, {nl} van deel {place}", f"{term.en}, {en} of part {place}")
        value, unit = part.given[leaf.name], leaf.unit.name
        return Explanation(
            "term", leaf.name, *words, value, unit, source=_source(term), certainty=term.certainty
        )


def _amount(
    quantity: Quantity,
    value: int,
    formula: tuple[str, str],
    operands: tuple[Explanation, ...],
    rounds: str = "",
) -> Explanation:
    source = "docs/calculations/bases.md" if rounds else ""
    told = (quantity.name, quantity.nl, quantity.en, value, "euros", *formula, rounds, source)
    return Explanation("amount", *told, operands=operands)


def _derived(
    name: str, words: tuple[str, str], value: Any, unit: str, operands: tuple[Explanation, ...] = ()
) -> Explanation:
    return Explanation("derived", name, *words, value, unit, operands=operands)


def _source(term: Term) -> str:
    return term.source or SCHEME


def _rounding(rule: Rule, made: Exact) -> str:
    """A rule's rounding by its word; "exact" where it had nothing to round."""
    return EXACT if made.op != "round" else f"{_size(rule.unit)}_{made.value}"


def _size(unit: Unit) -> str:
    """The word for the smallest part of a unit."""
    if unit.scale == 100:
        return "cent" if unit.is_money else "two_decimals"
    fine = {10: "one_decimal", 100_000_000: "eight_decimals", 1_000_000_000_000: "twelve_decimals"}
    return fine.get(unit.scale) or next(size for size, of in SIZES.items() if of == (unit.scale, 1))


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
