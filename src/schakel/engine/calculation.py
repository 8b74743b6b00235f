"""Employee × terms × wage periods → amounts. The same call gives the same cents, for ever.

A wage period is cut into segments wherever something that is read changes. A year's amount is spread over the
wage period by days and rounded once, at the end: two halves of a month make exactly one month.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from schakel.engine.before_terms import facts_before_terms
from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.choices import Choices
from schakel.engine.employee import EmployeeTimeline
from schakel.engine.errors import SchakelError
from schakel.engine.moments import months_around, service_on, snapshot_day, stretches_of_service
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.plan import Plan, plan_of
from schakel.engine.reading import Reading
from schakel.engine.segment import Segment, Since, Unchanged
from schakel.engine.spreading import Unrounded, spread
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
    """One employee in one benefit, with checked terms: each wage period cut where something changes.

    Most wage periods read what the one before them read. So what was read and came out is kept from one change
    to the next (`Unchanged`), and over a change for the graphs that do not read what changed.
    """

    def __init__(
        self, one: Benefit, facts: EmployeeTimeline, terms: Timeline[Choices], known: ParameterSet
    ) -> None:
        self.one, self.facts, self.terms, self.known = one, facts, terms, known
        # An employer as a whole comes and leaves nowhere.
        is_one_employee = one.mechanic != "per_employer"
        self._service = stretches_of_service(facts) if is_one_employee else (Period(date.min),)
        self._planned = terms.map(lambda choices: (choices, plan_of(one.name, choices.shape)))
        schemes = [step.value for step in self._planned.steps]
        read = facts_before_terms(one.name).union({"is_employed"}, *(plan.facts for _, plan in schemes))
        changing = self._changing_on(read)
        self._changes = sorted(changing)
        self._changing = [changing[day] for day in self._changes]
        # A figure that changes on 1 January changes with the first wage period of the year.
        figures = [plan.figures_of(choices) for choices, plan in schemes]
        self._figures = known.days_of_change(frozenset[str]().union(*figures))
        self._turning = self._days_that_turn(frozenset[str]().union(*(plan.turning for _, plan in schemes)))
        self._unchanged: dict[Since, Unchanged] = {}
        self._latest: Unchanged | None = None
        self._segments: dict[WagePeriod, list[Segment]] = {}

    def _changing_on(self, read: frozenset[str]) -> dict[date, list[str]]:
        """Every day on which a fact that is read, or the terms, start or stop to hold, and which facts those are."""
        found: dict[date, list[str]] = {day: [] for day in self.terms.boundaries()}
        for name in read & self.facts.facts.keys():
            for day in self.facts.facts[name].boundaries():
                found.setdefault(day, []).append(name)
        return found

    def _days_that_turn(self, dates: frozenset[str]) -> tuple[int, ...]:
        """The days of a month on which a count of months since one of these dates goes up."""
        timelines = [self.facts.facts[name] for name in dates & self.facts.facts.keys()]
        days = {step.value.value for timeline in timelines for step in timeline.steps}
        return tuple(sorted({day.day for day in days if isinstance(day, date)}))

    def of(self, wage_period: WagePeriod) -> PeriodResult:
        """What the benefit comes to, or why it cannot be calculated."""
        try:
            found = self.segments(wage_period)
            taking_part = [segment for segment in found if segment.why_not is None]
            if not taking_part:
                return PeriodResult(wage_period, False, found[-1].why_not, {})
            amounts = self._amounts(wage_period, taking_part)
        except SchakelError as refusal:
            return PeriodResult(wage_period, False, None, {}, (), refusal)
        return PeriodResult(
            wage_period,
            True,
            None,
            amounts,
            tuple([one.period for one in taking_part]),
            None,
            taking_part[-1].values,
        )

    def _amounts(self, wage_period: WagePeriod, taking_part: Sequence[Segment]) -> Mapping[str, int]:
        """Every amount; of a whole wage period those of another whole one in which the same came out."""
        last = taking_part[-1]
        if last.period != wage_period.period or not last.unchanged.plan.is_alike:
            return self._of_quantities(wage_period, taking_part)
        whole = last.outcome.whole
        if wage_period.kind not in whole:
            whole[wage_period.kind] = self._of_quantities(wage_period, taking_part)
        return whole[wage_period.kind]

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
        last = taking_part[-1].unchanged.plan
        named = last.quantities
        others = [one.unchanged.plan for one in taking_part if one.unchanged.plan is not last]
        if not others:
            return named
        more = [q for plan in others for q in plan.quantities]
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
        if taking_part[-1].unchanged.plan.by_year_to_date:
            return self._residual(quantity, wage_period)
        return self._unrounded(quantity, wage_period, taking_part).rounded()

    def _value_before(self, quantity: Quantity, wage_period: WagePeriod, last: Segment) -> int:
        """What the year up to the wage period before this one comes to, under the terms and facts of now.

        So a rate that changes within the year counts from its day, and not for what the year came to before.
        """
        before = self._days_taken_part(wage_period)
        if not before:
            return 0
        amounts = last.unchanged.plan.amounts
        assert amounts is not None, "who takes part does so under terms"
        sums = {leaf.name: to_date(leaf, self.facts, before) for leaf in amounts.sums}
        return amounts.evaluate({**last.given, **sums})[quantity.rule]

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
        rule = quantity.rule
        making = [
            (one.values[rule], one.unchanged.plan.scales[rule], one.period)
            for one in taking_part
            if rule in one.values
        ]
        finest = max([scale for _, scale, _ in making], default=100)
        stretches = [(value * (finest // scale), period) for value, scale, period in making]
        return spread(stretches, finest, wage_period, taking_part[-1].chosen)

    def _earlier(self, wage_period: WagePeriod) -> tuple[WagePeriod, ...]:
        """The wage periods of the same year before this one in which somebody may have taken part."""
        return tuple(
            one
            for one in year_of(wage_period.kind, wage_period.year)[: wage_period.number - 1]
            if any(months_around(stretch).intersect(one.period) for stretch in self._service)
            and any(step.period.intersect(one.period) for step in self.terms.steps)
        )

    def segments(self, wage_period: WagePeriod) -> list[Segment]:
        """The wage period cut where something changes, each part calculated. Raises SchakelError."""
        if wage_period not in self._segments:
            self._segments[wage_period] = self._cut(wage_period)
        return self._segments[wage_period]

    def _cut(self, wage_period: WagePeriod) -> list[Segment]:
        whole = wage_period.period
        _, plan = self._terms_on(whole.start)
        day = snapshot_day(plan.proration, whole)
        if day is not None:
            # Whatever holds on that day holds for the whole wage period.
            return [self._segment(whole, day, wage_period)]
        days = self._cuts(wage_period)
        if not days:
            return [self._segment(whole, whole.start, wage_period)]
        ends = itertools.pairwise([whole.start, *days, whole.end])
        return [self._segment(Period(*part), part[0], wage_period) for part in ends]

    def _cuts(self, wage_period: WagePeriod) -> list[date]:
        """The days inside the wage period on which something that is read changes; in order."""
        whole = wage_period.period
        days: list[date] = []
        if self._latest is None or not self._latest.start <= whole.start < whole.end <= self._latest.until:
            days += _within(self._changes, whole)
            days += [day for day in _within(self._figures, whole) if day.year == wage_period.year]
        if wage_period.kind != "month" or self._turning:
            days += self._first_days(whole)
        return sorted({*days})

    def _first_days(self, whole: Period) -> Iterator[date]:
        """Ages count from the first of a month, and from their own day of it where it is said so."""
        month = whole.start.replace(day=1)
        while month < whole.end:
            for day in (month, *(month + timedelta(days=turn - 1) for turn in self._turning)):
                if whole.start < day < whole.end:
                    yield day
            month = (month + timedelta(days=32)).replace(day=1)

    def _segment(self, part: Period, on: date, wage_period: WagePeriod) -> Segment:
        unchanged = self._unchanged_on(on, wage_period)
        reading = self._reading(unchanged, on, wage_period)
        plan = unchanged.plan
        for condition, program in plan.conditions:
            outcome = unchanged.outcome(program, reading)
            if not outcome.values[condition]:
                return Segment(part, on, condition, outcome, unchanged)
        if plan.amounts is None:
            raise reading.without_terms()
        return Segment(part, on, None, unchanged.outcome(plan.amounts, reading), unchanged)

    def reading(self, on: date, wage_period: WagePeriod) -> Reading:
        """What the leaves are read from on a day of a wage period."""
        return self._reading(self._unchanged_on(on, wage_period), on, wage_period)

    def _reading(self, unchanged: Unchanged, on: date, wage_period: WagePeriod) -> Reading:
        return Reading(
            self.one,
            self.facts,
            unchanged.choices,
            on,
            unchanged.plan.figures_on(on, wage_period),
            wage_period,
            unchanged.service,
            self._served,
            self.known,
            unchanged.service.within(on),
        )

    def _unchanged_on(self, on: date, wage_period: WagePeriod) -> Unchanged:
        """What was read already since the last change before a day, or the place to keep it."""
        latest = self._latest
        if latest is not None and latest.start <= on < latest.until and wage_period.year == on.year:
            return latest
        choices, plan = self._terms_on(on)
        figures_on = plan.figures_on(on, wage_period)
        changes, figures = bisect_right(self._changes, on), bisect_right(self._figures, figures_on)
        since = Since(changes, figures, on if plan.is_of_the_day else None)
        found = self._unchanged.get(since)
        if found is None:
            start, until = self._between(on, figures_on, plan)
            found = Unchanged(since, start, until, choices, plan, service_on(self._service, on, choices))
            if latest is not None and latest.differs_in_facts_alone(found):
                found.take_over(latest, self._changed_between(latest.since, since))
            self._unchanged[since] = found
        self._latest = found
        return found

    def _between(self, on: date, figures_on: date, plan: Plan) -> tuple[date, date]:
        """The last change before a day and the next one, of whatever is read; no days where another day is read."""
        if figures_on != on or plan.is_of_the_day:
            return on, on
        starts, ends = [date.min], [date.max]
        for days in (self._changes, self._figures):
            place = bisect_right(days, on)
            starts += days[:place][-1:]
            ends += days[place : place + 1]
        return max(starts), min(ends)

    def _changed_between(self, one: Since, other: Since) -> set[str]:
        """The facts that start or stop to hold after one day and on the other at the latest."""
        first, last = sorted((one.changes, other.changes))
        return set(itertools.chain.from_iterable(self._changing[first:last]))

    def _terms_on(self, on: date) -> tuple[Choices | None, Plan]:
        """The terms in force, if any, and how a scheme of their shape is calculated."""
        return self._planned.at(on) or (None, plan_of(self.one.name, None))

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


def _within(days: Sequence[date], whole: Period) -> Sequence[date]:
    """Those after the first day of a period."""
    return days[bisect_right(days, whole.start) : bisect_left(days, whole.end)]
