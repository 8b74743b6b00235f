"""From when things count: the employment a day belongs to, the day a fact is read on, and the weight of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schakel.engine.choices import Choices
from schakel.engine.derived import working_days
from schakel.engine.employee import EmployeeTimeline
from schakel.engine.timeline import END_OF_TIME, Period
from schakel.engine.wage_periods import WagePeriod

SNAPSHOTS = {"first_day", "fifteenth_day", "last_day"}
"""Prorations by which one day decides for the whole wage period."""


def stretches_of_service(facts: EmployeeTimeline) -> tuple[Period, ...]:
    """The periods in service, employments that follow each other joined."""
    timeline = facts.facts.get("is_employed")
    if timeline is None:
        return ()
    joined: list[Period] = []
    for step in timeline.steps:
        if not step.value.value:
            continue
        follows = joined and joined[-1].until == step.period.start
        start = joined.pop().start if follows else step.period.start
        joined.append(Period(start, step.period.until))
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class Service:
    """Whether somebody is in service for the scheme on a day, and the employment that is read."""

    is_in: bool
    stretch: Period | None

    def within(self, day: date) -> date:
        """The day, or the nearest one of the employment: before its first day nothing is known of it."""
        if self.stretch is None or self.stretch.contains(day):
            return day
        last = self.stretch.end if self.stretch.until is None else self.stretch.end - timedelta(days=1)
        return min(max(day, self.stretch.start), last)


def service_on(stretches: Sequence[Period], on: date, choices: Choices | None) -> Service:
    """The service that counts on a day, by the scheme's entry and end rules.

    Who comes back in the month in which an earlier employment still counts is read in the employment of the day.
    """
    entry, end = _moment(choices, "entry_moment"), _moment(choices, "end_moment")
    of_the_day = next((one for one in stretches if one.contains(on)), None)
    counting = [one for one in stretches if _entered(one.start, entry) <= on < _ended(one.end, end)]
    if not counting:
        return Service(False, of_the_day)
    return Service(True, of_the_day if of_the_day in counting else counting[0])


def months_around(stretch: Period) -> Period:
    """An employment with the whole of its first and last month: more than that no entry or end rule adds."""
    until = None if stretch.end == END_OF_TIME else _first_from(stretch.end)
    return Period(stretch.start.replace(day=1), until)


def _moment(choices: Choices | None, name: str) -> str:
    chosen = None if choices is None else choices.get(name)
    return str(chosen) if chosen is not None else "exact_day"


def _entered(start: date, moment: str) -> date:
    if moment == "first_of_month":
        return start.replace(day=1)
    return _first_from(start) if moment == "first_of_next_month" else start


def _ended(end: date, moment: str) -> date:
    if end == END_OF_TIME or moment == "exact_day":
        return end
    return end.replace(day=1) if moment == "first_of_month" else _first_from(end)


def _first_from(day: date) -> date:
    """The first of a month on or after a day."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def reading_day(word: str, on: date, wage_period: WagePeriod, service: Service) -> date:
    """The day on which a fact with a reference date is read; at entry within the year, the day of entry."""
    if word == "first_of_month":
        return service.within(on.replace(day=1))
    if word == "first_of_year":
        return service.within(date(wage_period.year, 1, 1))
    if word == "first_of_wage_period":
        return service.within(wage_period.period.start)
    return service.within(on)


def snapshot_day(proration: str, whole: Period) -> date | None:
    """The day that decides for the whole wage period, if one does; of a week the last stands for the fifteenth."""
    if proration not in SNAPSHOTS:
        return None
    last = whole.end - timedelta(days=1)
    if proration == "first_day":
        return whole.start
    return min(whole.start + timedelta(days=14), last) if proration == "fifteenth_day" else last


def weight(proration: str, part: Period) -> int:
    """How much a part of a wage period counts."""
    if proration == "thirty_days":
        return _thirty(part.end) - _thirty(part.start)
    return working_days(part) if proration in {"working_days", "days_of_261"} else part.days


def _thirty(day: date) -> int:
    """Days since the year nought when every month has thirty."""
    return day.year * 360 + (day.month - 1) * 30 + min(day.day, 30) - 1
