"""Which wage periods of an employee are ours to calculate, and from what facts."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from schakel.engine.employee import EmployeeTimeline
from schakel.engine.timeline import Period
from schakel.engine.wage_periods import WagePeriod, wage_periods


def administered(facts: EmployeeTimeline, administered_from: date) -> EmployeeTimeline:
    """The facts as we administer them: before that day others did, so for us nobody was in service yet.

    A wage period that straddles the day then counts by its days, like that of somebody who started then.
    """
    employed = facts.facts.get("is_employed")
    if employed is None:
        return facts
    ours = employed.slice(Period(administered_from))
    return replace(facts, facts={**facts.facts, "is_employed": ours})


def periods_of(facts: EmployeeTimeline, administered_from: date, until: date) -> tuple[WagePeriod, ...]:
    """The wage periods of one employee that overlap `[administered_from, until)`, in order.

    Payroll may go from months to four weeks, and years of weeks do not begin on 1 January: a wage period
    belongs to the kind that holds on most of its days, before the first one that is known to that one.
    """
    kinds = facts.facts.get("wage_period_kind")
    if kinds is None or until <= administered_from:
        return ()
    found: list[WagePeriod] = []
    since = date.min
    for step in kinds.steps:
        holds = Period(since, step.period.until)
        since = step.period.end
        ours = holds.intersect(Period(administered_from, until))
        if ours is not None and step.value.value is not None:
            candidates = _overlapping(step.value.value, ours.start, ours.end)
            found += [one for one in candidates if _is_mostly_in(one.period, holds)]
    return tuple(found)


# The same few calendars for every employee of an employer.
_overlapping = lru_cache(maxsize=256)(wage_periods)


def _is_mostly_in(period: Period, holds: Period) -> bool:
    common = period.intersect(holds)
    return common is not None and 2 * common.days > period.days
