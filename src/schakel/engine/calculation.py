"""Employee × terms × wage periods → amounts. The same call gives the same cents, for ever.

A wage period is cut into segments wherever something that is read changes. A year's amount is spread over the
wage period by days and rounded once, half up, at the end: two halves of a month make exactly one month.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from schakel.engine.catalogue import (
    Benefit,
    Quantity,
    amounts_graph,
    benefit,
    check_terms,
    condition_graph,
    facts_read_by,
    statutory_read_by,
)
from schakel.engine.employee import FACTS, EmployeeTimeline, as_integer
from schakel.engine.errors import MissingTerms, SchakelError
from schakel.engine.graph import Graph, Leaf
from schakel.engine.parameters import ParameterSet, ParameterValue, statutory
from schakel.engine.targets.scalar import Evaluate, compiled
from schakel.engine.timeline import Period, Timeline
from schakel.engine.wage_periods import PER_YEAR, WagePeriod

Terms = Timeline[Mapping[str, Any]]

FINE_PER_CENT = 1_000_000  #: `FineEurosPerYear` counts in hundred-millionths of a euro


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """What a benefit comes to in one wage period."""

    wage_period: WagePeriod
    participates: bool
    why_not: str | None  #: name of the first condition that does not hold
    amounts: Mapping[str, int]  #: quantity → cents
    stretches: tuple[Period, ...] = ()  #: the days on which the employee takes part
    refusal: SchakelError | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a wage period in which nothing that is read changes."""

    period: Period
    why_not: str | None
    given: Mapping[str, int]
    values: Mapping[str, int]


@cache
def _amounts(name: str) -> tuple[Graph, Evaluate]:
    graph = amounts_graph(name)
    return graph, compiled(graph)


@cache
def _condition(name: str, condition: str) -> tuple[Graph, Evaluate]:
    graph = condition_graph(name, condition)
    return graph, compiled(graph)


def calculate(
    name: str,
    facts: EmployeeTimeline,
    terms: Terms,
    wage_periods: Sequence[WagePeriod],
    *,
    parameters: ParameterSet | None = None,
) -> tuple[PeriodResult, ...]:
    """Every wage period on its own; one that cannot be calculated says why, the others go on."""
    checked: Terms = terms.map(lambda chosen: check_terms(name, chosen))
    known = statutory() if parameters is None else parameters
    calculation = Calculation(benefit(name), facts, checked, known)
    return tuple(calculation.of(wage_period) for wage_period in wage_periods)


def amount(quantity: Quantity, wage_period: WagePeriod, taking_part: Sequence[Segment]) -> int:
    """One quantity of a wage period, in cents, from the segments in which the employee takes part."""
    if quantity.kind == "held":
        return taking_part[-1].values[quantity.rule]
    numerator = sum(segment.values[quantity.rule] * segment.period.days for segment in taking_part)
    divisor = PER_YEAR[wage_period.kind] * wage_period.period.days * FINE_PER_CENT
    return (2 * numerator + divisor) // (2 * divisor)


class Calculation:
    """One employee in one benefit, with checked terms: each wage period cut where something changes."""

    def __init__(self, one: Benefit, facts: EmployeeTimeline, terms: Terms, known: ParameterSet) -> None:
        self.one, self.facts, self.terms, self.known = one, facts, terms, known
        self._changes = self._days_of_change()
        # A figure that changes on 1 January changes with the first wage period of the year.
        self._figures = sorted({day for name in statutory_read_by(one) for day in known[name].starts})
        # What was read between two changes holds in every wage period there: a third of the time of a year.
        self._stable: dict[tuple[int, int], dict[str, int]] = {}

    def _days_of_change(self) -> list[date]:
        """Every day on which a fact that is read, or the terms, start or stop to hold; in order."""
        found = [self.facts.facts[name] for name in facts_read_by(self.one.name) if name in self.facts.facts]
        days = {day for timeline in found for day in timeline.boundaries()}
        return sorted(days.union(self.terms.boundaries()))

    def of(self, wage_period: WagePeriod) -> PeriodResult:
        """What the benefit comes to, or why it cannot be calculated."""
        try:
            found = self.segments(wage_period)
        except SchakelError as refusal:
            return PeriodResult(wage_period, False, None, {}, (), refusal)
        taking_part = [segment for segment in found if segment.why_not is None]
        if not taking_part:
            return PeriodResult(wage_period, False, found[-1].why_not, {})
        amounts = {
            quantity.name: amount(quantity, wage_period, taking_part)
            for quantity in self.one.quantities
            if quantity.kind != "rest"
        }
        for quantity in self.one.quantities:
            if quantity.kind == "rest":
                amounts[quantity.name] = amounts[quantity.of] - amounts[quantity.minus]
        return PeriodResult(wage_period, True, None, amounts, tuple(one.period for one in taking_part))

    def segments(self, wage_period: WagePeriod) -> list[Segment]:
        """The wage period cut where something changes, each part calculated. Raises SchakelError."""
        whole = wage_period.period
        at_start = self.terms.at(whole.start)
        if at_start is not None and at_start.get("proration") == "first_day":
            # Whatever holds on the first day holds for the whole wage period.
            return [self._segment(whole, wage_period)]
        days = sorted({whole.start, *self._cuts(wage_period)})
        parts = [Period(*ends) for ends in zip(days, [*days[1:], whole.end], strict=True)]
        return [self._segment(part, wage_period) for part in parts]

    def _cuts(self, wage_period: WagePeriod) -> set[date]:
        """The days inside the wage period on which something that is read changes."""
        whole = wage_period.period
        first, last = bisect_right(self._changes, whole.start), bisect_left(self._changes, whole.end)
        days = set(self._changes[first:last])
        days.update(day for day in self._figures if wage_period.in_its_year(day) == day)
        # Ages count from the first of a month, so a period that straddles months is cut there.
        month = whole.start.replace(day=1)
        while (month := (month + timedelta(days=32)).replace(day=1)) < whole.end:
            days.add(month)
        return {day for day in days if whole.start < day < whole.end}

    def _segment(self, part: Period, wage_period: WagePeriod) -> Segment:
        reading = self.reading(part.start, wage_period)
        for condition in self.one.conditions:
            graph, evaluate = _condition(self.one.name, condition)
            operands = reading.given(graph)
            values = evaluate(operands)
            if not values[condition]:
                return Segment(part, condition, operands, values)
        graph, evaluate = _amounts(self.one.name)
        operands = reading.given(graph)
        return Segment(part, None, operands, evaluate(operands))

    def reading(self, on: date, wage_period: WagePeriod) -> "Reading":
        """What the leaves are read from on a day of a wage period."""
        figures_on = wage_period.in_its_year(on)
        between = bisect_right(self._changes, on), bisect_right(self._figures, figures_on)
        stable = self._stable.setdefault(between, {})
        return Reading(self.one, self.facts, self.terms.at(on), on, figures_on, self.known, stable, {})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the leaves of a graph are read from, on one day."""

    one: Benefit
    facts: EmployeeTimeline
    chosen: Mapping[str, Any] | None
    on: date
    figures_on: date  #: the day whose statutory figures apply
    known: ParameterSet
    stable: dict[str, int]  #: what was read already between the same two changes
    of_the_day: dict[str, int]  #: what was read already and is another every month: ages

    def given(self, graph: Graph) -> dict[str, int]:
        """Every leaf as an integer. Raises MissingFact, MissingTerms, NoParameterInForce."""
        found = {}
        for name, leaf in graph.leaves.items():
            read = self.of_the_day if leaf.kind == "derived" else self.stable
            if name not in read:
                read[name] = self._leaf(leaf)
            found[name] = read[name]
        return found

    def _leaf(self, leaf: Leaf) -> int:
        if leaf.kind == "fact":
            return _fact(leaf.name, self.facts, self.on)
        if leaf.kind == "derived":
            return derived(leaf.name, self.facts, self.on)
        if self.chosen is None:
            raise MissingTerms(
                f"The terms of {self.one.en.lower()} are missing for {self.on}. "
                "Agree them, with the date they start.",
                f"De voorwaarden van {self.one.nl.lower()} ontbreken voor {self.on:%d-%m-%Y}. "
                "Leg ze vast, met ingangsdatum.",
                about=self.one.name,
            )
        value = self.chosen[leaf.name]
        term = self.one.terms[leaf.name]
        if value == "statutory" and term.statutory is not None:
            return self.figure(term.statutory).value
        return int(value)

    def figure(self, name: str) -> ParameterValue:
        """The statutory figure that applies. Raises NoParameterInForce."""
        birth_on = self.facts.read("birth_on", self.on).value if name == "state_pension_age" else None
        return self.known[name].at(self.figures_on, birth_on=birth_on)


def _fact(name: str, facts: EmployeeTimeline, on: date) -> int:
    fact = FACTS[name]
    if name == "is_employed":
        found = facts.find(name, on)
        # Outside every employment is a known fact: not in service.
        return 0 if found is None or not found.value else 1
    if name == "full_time_hours_per_week" and facts.read("salary_kind", on).value != "hourly":
        # Only an hourly wage is made a year's salary with it; for others it may be unknown.
        return fact.lowest
    return as_integer(fact, facts.read(name, on).value, on)


def derived(name: str, facts: EmployeeTimeline, on: date) -> int:
    """What is worked out from a fact and the day."""
    if name == "age_months":
        return max(months_between(facts.read("birth_on", on).value, on), 0)
    born: Sequence[date] = facts.read("children_birth_on", on).value
    return sum(1 for day in born if months_between(day, on) < 25 * 12)


def months_between(birth_on: date, on: date) -> int:
    """Age in months on the first of the month of `on`, the month of birth counted as reached."""
    return (on.year - birth_on.year) * 12 + on.month - birth_on.month
