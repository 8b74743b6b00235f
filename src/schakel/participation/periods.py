"""Which wage periods of an employee are ours to calculate, and from what facts."""

from dataclasses import replace
from datetime import date

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

    Payroll may change from months to four weeks; a wage period belongs to the kind that holds on its first
    day, and the first one to the first kind that is known.
    """
    kinds = facts.facts.get("wage_period_kind")
    if kinds is None or until <= administered_from:
        return ()
    found: list[WagePeriod] = []
    for step in kinds.steps:
        start = max(administered_from, step.period.start)
        end = min(until, step.period.end)
        if start >= end or step.value.value is None:
            continue
        for one in wage_periods(step.value.value, start, end):
            if not found or (
                one.period.start >= step.period.start and one.period.start >= found[-1].period.end
            ):
                found.append(one)
    return tuple(found)
