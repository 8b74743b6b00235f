"""Employee × terms × wage periods → amounts. The same call gives the same cents, for ever.

A wage period is cut into segments wherever something that is read changes. A year's amount is spread over the
wage period by days and rounded once, at the end: two halves of a month make exactly one month.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import (
    amount_scale,
    amounts_graph,
    benefit,
    check_terms,
    condition_graph,
    facts_read_in,
    quantities,
    statutory_read_by,
)
from schakel.engine.choices import Choices, Shape
from schakel.engine.derived import FOLLOWS_BIRTHDAY, FOLLOWS_THE_DAY
from schakel.engine.employee import EmployeeTimeline
from schakel.engine.errors import SchakelError
from schakel.engine.graph import Graph
from schakel.engine.moments import months_around, service_on, snapshot_day, stretches_of_service
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.reading import Given, Reading
from schakel.engine.spreading import Unrounded, spread
from schakel.engine.targets.scalar import Evaluate, compiled
from schakel.engine.timeline import Period, Timeline
from schakel.engine.to_date import to_date
from schakel.engine.wage_periods import WagePeriod, year_of

Terms = Timeline[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """What a benefit comes to in one wage period."""

    wage_period: WagePeriod
    participates: bool
    why_not: str | None  #: name of the first condition that does not hold
    amounts: Mapping[str, int]  #: quantity → cents
    stretches: tuple[Period, ...] = ()  #: the days on which the employee takes part
    refusal: SchakelError | None = None
    steps: Mapping[str, int] = field(
        default_factory=dict, compare=False
    )  #: every rule as it stands at the end


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a wage period in which nothing that is read changes."""

    period: Period
    on: date  #: the day that is read: its first, or the one that decides for the whole wage period
    why_not: str | None
    given: Given
    values: Mapping[str, int]
    choices: Choices | None

    @property
    def chosen(self) -> Choices:
        """The terms under which somebody takes part."""
        assert self.choices is not None, "who takes part does so under terms"
        return self.choices


@lru_cache(maxsize=4096)
def _amounts(name: str, shape: Shape) -> tuple[Graph, Evaluate]:
    graph = amounts_graph(name, shape)
    return graph, compiled(graph)


@lru_cache(maxsize=16384)
def _condition(name: str, condition: str, shape: Shape | None) -> tuple[Graph, Evaluate]:
    graph = condition_graph(name, condition, shape)
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
    calculation = calculation_of(name, facts, terms, parameters)
    return tuple(calculation.of(wage_period) for wage_period in wage_periods)


def calculation_of(
    name: str, facts: EmployeeTimeline, terms: Terms, parameters: ParameterSet | None = None
) -> "Calculation":
    """One employee in one benefit, the terms checked. Raises WrongTerms, MissingTerms."""
    checked = terms.map(lambda chosen: check_terms(name, chosen))
    return Calculation(benefit(name), facts, checked, statutory() if parameters is None else parameters)


class Calculation:
    """One employee in one benefit, with checked terms: each wage period cut where something changes."""

    def __init__(
        self, one: Benefit, facts: EmployeeTimeline, terms: Timeline[Choices], known: ParameterSet
    ) -> None:
        self.one, self.facts, self.terms, self.known = one, facts, terms, known
        # An employer as a whole comes and leaves nowhere.
        is_one_employee = one.mechanic != "per_employer"
        self._service = stretches_of_service(facts) if is_one_employee else (Period(date.min),)
        self._around = tuple(months_around(stretch) for stretch in self._service)
        shapes = [step.value for step in terms.steps]
        read = frozenset[str]().union(*(facts_read_in(one.name, choices.shape) for choices in shapes))
        self._changes = self._days_of_change(read)
        # A figure that changes on 1 January changes with the first wage period of the year.
        figures = frozenset[str]().union(*(statutory_read_by(choices) for choices in shapes))
        self._figures = sorted({day for name in figures if name in known for day in known[name].starts})
        self._turning = self._days_that_turn(shapes)
        # What was read between two changes holds in every wage period there: a third of the time of a year.
        self._stable: dict[tuple[int, int, str], dict[str, int | tuple[int, ...]]] = {}
        self._segments: dict[WagePeriod, list[Segment]] = {}

    def _days_of_change(self, read: frozenset[str]) -> list[date]:
        """Every day on which a fact that is read, or the terms, start or stop to hold; in order."""
        found = [self.facts.facts[name] for name in {*read, "is_employed"} if name in self.facts.facts]
        days = {day for timeline in found for day in timeline.boundaries()}
        return sorted(days.union(self.terms.boundaries()))

    def _days_that_turn(self, shapes: Sequence[Choices]) -> tuple[int, ...]:
        """The days of a month on which a count of months that is read goes up."""
        leaves = {
            name
            for choices in shapes
            for graph in (
                amounts_graph(self.one.name, choices.shape),
                *(condition_graph(self.one.name, one, choices.shape) for one in self.one.conditions),
            )
            for name in graph.leaves
        }
        dated = {FOLLOWS_THE_DAY[name] for name in leaves & FOLLOWS_THE_DAY.keys()}
        if any(choices.says("age_on", "exact_day") for choices in shapes) and leaves & FOLLOWS_BIRTHDAY:
            dated |= {"birth_on", "partner_birth_on"}
        timelines = [self.facts.facts[name] for name in dated if name in self.facts.facts]
        days = {step.value.value for timeline in timelines for step in timeline.steps}
        return tuple(sorted({day.day for day in days if isinstance(day, date)}))

    def of(self, wage_period: WagePeriod) -> PeriodResult:
        """What the benefit comes to, or why it cannot be calculated."""
        try:
            found = self.segments(wage_period)
            taking_part = [segment for segment in found if segment.why_not is None]
            if not taking_part:
                return PeriodResult(wage_period, False, found[-1].why_not, {})
            amounts = self._of_quantities(wage_period, taking_part)
        except SchakelError as refusal:
            return PeriodResult(wage_period, False, None, {}, (), refusal)
        return PeriodResult(
            wage_period,
            True,
            None,
            amounts,
            tuple(one.period for one in taking_part),
            None,
            taking_part[-1].values,
        )

    def _of_quantities(self, wage_period: WagePeriod, taking_part: Sequence[Segment]) -> dict[str, int]:
        given = self._given(taking_part)
        amounts = {
            one.name: self._amount(one, wage_period, taking_part) for one in given if one.kind != "rest"
        }
        for one in given:
            if one.kind == "rest":
                amounts[one.name] = amounts[one.of] - sum(amounts.get(name, 0) for name in one.minus)
        return amounts

    def _given(self, taking_part: Sequence[Segment]) -> tuple[Quantity, ...]:
        """The amounts of a wage period: those of its last terms, and what earlier terms in it spread over it."""
        last = taking_part[-1].chosen
        named = quantities(self.one, last.shape)
        others = [one.chosen.shape for one in taking_part if one.choices is not last]
        if not others:
            return named
        more = [q for shape in others for q in quantities(self.one, shape)]
        names = {q.name for q in named} | {q.name for q in more if q.kind == "spread"}
        names |= {q.name for q in more if q.kind == "rest" and q.of in names}
        return tuple(q for q in self.one.quantities if q.name in names)

    def _amount(self, quantity: Quantity, wage_period: WagePeriod, taking_part: Sequence[Segment]) -> int:
        """One quantity of a wage period, in cents, from the segments in which the employee takes part."""
        if quantity.kind in {"held", "period"}:
            return taking_part[-1].values[quantity.rule]
        if quantity.kind == "to_date":
            last = taking_part[-1]
            return last.values[quantity.rule] - self._value_before(quantity, wage_period, last)
        if taking_part[-1].chosen.says("residual", "year_to_date"):
            return self._residual(quantity, wage_period)
        return self._unrounded(quantity, wage_period, taking_part).rounded()

    def _value_before(self, quantity: Quantity, wage_period: WagePeriod, last: Segment) -> int:
        """What the year up to the wage period before this one comes to, under the terms and facts of now.

        So a rate that changes within the year counts from its day, and not for what the year came to before.
        """
        before = self._days_taken_part(wage_period)
        if not before:
            return 0
        graph, evaluate = _amounts(self.one.name, last.chosen.shape)
        leaves = [leaf for leaf in graph.leaves.values() if leaf.kind == "to_date"]
        sums = {leaf.name: to_date(leaf, self.facts, before) for leaf in leaves}
        return evaluate({**last.given, **sums})[quantity.rule]

    def _residual(self, quantity: Quantity, wage_period: WagePeriod) -> int:
        """The year so far rounded as a whole, less what earlier periods came to: parts add up to the year."""
        before: Unrounded | None = None
        for earlier in (*self._earlier(wage_period), wage_period):
            taking_part = [one for one in self.segments(earlier) if one.why_not is None]
            if not taking_part:
                continue
            this = self._unrounded(quantity, earlier, taking_part)
            if earlier == wage_period:
                return this.rounded() if before is None else (before + this).rounded() - before.rounded()
            before = this if before is None else before + this
        raise AssertionError("who takes part does so in this wage period too")

    def _unrounded(
        self, quantity: Quantity, wage_period: WagePeriod, taking_part: Sequence[Segment]
    ) -> Unrounded:
        # Terms that change within the wage period may make the amount in another unit, or not at all.
        making = [one for one in taking_part if quantity.rule in one.values]
        scales = [amount_scale(self.one.name, one.chosen.shape, quantity.rule) for one in making]
        finest = max(scales, default=100)
        stretches = [
            (one.values[quantity.rule] * (finest // scale), one.period)
            for one, scale in zip(making, scales, strict=True)
        ]
        return spread(stretches, finest, wage_period, taking_part[-1].chosen)

    def _earlier(self, wage_period: WagePeriod) -> tuple[WagePeriod, ...]:
        """The wage periods of the same year before this one in which somebody may have taken part."""
        return tuple(
            one
            for one in year_of(wage_period.kind, wage_period.year)[: wage_period.number - 1]
            if any(stretch.intersect(one.period) for stretch in self._around)
            and any(step.period.intersect(one.period) for step in self.terms.steps)
        )

    def segments(self, wage_period: WagePeriod) -> list[Segment]:
        """The wage period cut where something changes, each part calculated. Raises SchakelError."""
        if wage_period not in self._segments:
            self._segments[wage_period] = self._cut(wage_period)
        return self._segments[wage_period]

    def _cut(self, wage_period: WagePeriod) -> list[Segment]:
        whole = wage_period.period
        at_start = self.terms.at(whole.start)
        day = None if at_start is None else snapshot_day(str(at_start.get("proration") or ""), whole)
        if day is not None:
            # Whatever holds on that day holds for the whole wage period.
            return [self._segment(whole, day, wage_period)]
        days = sorted({whole.start, *self._cuts(wage_period)})
        parts = [Period(*ends) for ends in zip(days, [*days[1:], whole.end], strict=True)]
        return [self._segment(part, part.start, wage_period) for part in parts]

    def _cuts(self, wage_period: WagePeriod) -> set[date]:
        """The days inside the wage period on which something that is read changes."""
        whole = wage_period.period
        first, last = bisect_right(self._changes, whole.start), bisect_left(self._changes, whole.end)
        days = set(self._changes[first:last])
        days.update(day for day in self._figures if wage_period.in_its_year(day) == day)
        # Ages count from the first of a month, so a period that straddles months is cut there.
        month = whole.start.replace(day=1)
        while month < whole.end:
            days.add(month)
            days.update(month + timedelta(days=turn - 1) for turn in self._turning)
            month = (month + timedelta(days=32)).replace(day=1)
        return {day for day in days if whole.start < day < whole.end}

    def _segment(self, part: Period, on: date, wage_period: WagePeriod) -> Segment:
        reading = self.reading(on, wage_period)
        shape = None if reading.choices is None else reading.choices.shape
        for condition in self.one.conditions:
            graph, evaluate = _condition(self.one.name, condition, shape)
            operands = reading.given(graph)
            values = evaluate(operands)
            if not values[condition]:
                return Segment(part, on, condition, operands, values, reading.choices)
        chosen = reading.chosen()
        graph, evaluate = _amounts(self.one.name, chosen.shape)
        operands = reading.given(graph)
        return Segment(part, on, None, operands, evaluate(operands), chosen)

    def reading(self, on: date, wage_period: WagePeriod) -> Reading:
        """What the leaves are read from on a day of a wage period."""
        choices = self.terms.at(on)
        figures_on = wage_period.in_its_year(on)
        if choices is not None and choices.says("figures_on", "first_of_year"):
            figures_on = date(wage_period.year, 1, 1)
        service = service_on(self._service, on, choices)
        between = (
            bisect_right(self._changes, on),
            bisect_right(self._figures, figures_on),
            self._of(on, choices),
        )
        return Reading(
            self.one,
            self.facts,
            choices,
            on,
            figures_on,
            wage_period,
            service,
            self._served,
            self.known,
            self._stable.setdefault(between, {}),
            {},
        )

    def _of(self, on: date, choices: Choices | None) -> str:
        """What else a reading rests on than the changes before it: the month or year of a reference date."""
        if choices is None:
            return ""
        words = {
            choices.get(name) for name in ("reference_date", "part_time_moment", "entry_moment", "end_moment")
        }
        return "" if words <= {None, "each_change", "exact_day"} else f"{on:%Y-%m-%d}"

    def _served(self, wage_period: WagePeriod) -> tuple[date, ...]:
        """The day on which each wage period of the year taken part in so far is read, this one among them."""
        return (*self._days_taken_part(wage_period), *self._day_of_service(wage_period))

    def _days_taken_part(self, wage_period: WagePeriod) -> tuple[date, ...]:
        """The same of the wage periods before this one. Raises SchakelError for one that cannot be calculated."""
        return tuple(
            day
            for earlier in self._earlier(wage_period)
            if any(one.why_not is None for one in self.segments(earlier))
            for day in self._day_of_service(earlier)
        )

    def _day_of_service(self, wage_period: WagePeriod) -> tuple[date, ...]:
        """The first day in service of a wage period, if there is one."""
        found = [common.start for one in self._service if (common := one.intersect(wage_period.period))]
        return tuple(found[:1])
