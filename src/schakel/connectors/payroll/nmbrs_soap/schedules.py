"""Hours and part-time factor, from the schedules: Schedule_GetList is the history, Schedule_GetCurrent checks it.

The unit of ParttimePercentage is not certain: examples show 1.0 for full time as well as 92.5. Up to 1.5 it is
read as a fraction, above that as percent, and the hours decide where they say otherwise (contract note, Schedule).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schakel.connectors.payroll.nmbrs_soap.answers import children
from schakel.connectors.payroll.nmbrs_soap.statement import ALWAYS, Answered, Statement
from schakel.connectors.payroll_source import Origin, StatedValue
from schakel.engine.employee import FACTS

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRACTION = 1_000_000
LARGEST_FRACTION = 1_500_000
FULL_TIME = range(2_800, 4_801)
"""Full-time weeks that occur, in 1/100 h: 28 to 48 hours."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule: from when, hours a day in 1/100 h (7 or 14 days), and the share of full time."""

    start: date
    days: tuple[int, ...]
    factor: int  #: 1/1,000,000
    origin: Origin

    @property
    def hours(self) -> int:
        """Hours a week, in 1/100 h, half up; over two weeks when the second one differs."""
        weeks = len(self.days) // 7
        return (2 * sum(self.days) + weeks) // (2 * weeks)

    @property
    def full_time(self) -> int | None:
        """Hours of a full-time week as they follow from hours and factor; None when nothing follows.

        A percentage of two decimals is off by some hundredths of an hour, so a quarter of an hour nearby wins.
        """
        if not self.hours or not self.factor:
            return None
        exact = (2 * self.hours * FRACTION + self.factor) // (2 * self.factor)
        quarter = round(exact / 25) * 25
        full_time = quarter if abs(quarter - exact) <= 2 else exact
        return full_time if full_time in FULL_TIME else None

    def same_work(self, other: "Schedule") -> bool:
        return (self.days, self.factor) == (other.days, other.factor)


def read_schedules(told: Answered) -> list[Schedule]:
    """The schedules in an answer: the result is one, or holds several."""
    if told.result is None:
        return []
    listed = children(told.result, "Schedule")
    found = []
    for element in listed or ([told.result] if len(told.result) else []):
        row = told.fields(element, "Schedule")
        weeks = [[row.scaled(f"Hours{day}{week}") or 0 for day in _DAYS] for week in ("", "2")]
        # A second week of zeros means that there is one week (contract note: inferred).
        days = (*weeks[0], *weeks[1]) if any(weeks[1]) else tuple(weeks[0])
        start = row.day("StartDate") or ALWAYS
        origin = told.origin(f"Schedule[StartDate={start.isoformat()}]" if listed else "Schedule")
        found.append(
            Schedule(start, days, _factor(row.scaled("ParttimePercentage", FRACTION) or 0, days), origin)
        )
    return found


def _factor(stated: int, days: Sequence[int]) -> int:
    """The share of full time: percent or fraction, whichever the size and then the hours tell."""
    as_percent = (stated + 50) // 100
    if stated > LARGEST_FRACTION:
        return as_percent
    weekly = sum(days) * 7 // len(days)
    is_full_time = [
        as_percent and weekly * FRACTION // as_percent in FULL_TIME,
        stated and weekly * FRACTION // stated in FULL_TIME,
    ]
    return as_percent if is_full_time == [True, False] else stated


def state_schedules(
    listed: Answered, current: Answered, full_time_hours: int | None, statement: Statement
) -> None:
    """Hours, part-time factor and full-time hours over time; nothing when there is no schedule at all."""
    history = {one.start: one for one in read_schedules(listed)}
    now = next(iter(read_schedules(current)), None)
    if now is not None:
        standing = _standing(history, now.start)
        if history and (standing is None or not standing.same_work(now)):
            statement.remark(
                "schedules-disagree",
                "Het huidige rooster in Nmbrs wijkt af van de lijst met roosters. Het huidige rooster geldt; kijk in "
                "Nmbrs of dat klopt.",
                "The current schedule in Nmbrs differs from the list of schedules. The current one holds; see in "
                "Nmbrs whether that is right.",
                "hours_per_week",
            )
        if standing is None or not standing.same_work(now):
            history[now.start] = now
    if history:
        _state([history[start] for start in sorted(history)], full_time_hours, statement)


def _standing(history: dict[date, Schedule], on: date) -> Schedule | None:
    """The listed schedule that holds on a day."""
    started = [start for start in history if start <= on]
    return history[max(started)] if started else None


def _state(schedules: Sequence[Schedule], full_time_hours: int | None, statement: Statement) -> None:
    untils = [*(one.start for one in schedules[1:]), None]
    allowed = FACTS["part_time_factor"]
    factors, hours, full_time, days = [], [], [], []
    for one, until in zip(schedules, untils, strict=True):
        hours.append(StatedValue(one.start, until, one.hours, one.origin))
        days.append(StatedValue(one.start, until, list(one.days), one.origin))
        if allowed.lowest <= one.factor <= allowed.highest:
            factors.append(StatedValue(one.start, until, one.factor, one.origin))
        week = full_time_hours or one.full_time
        if week is not None:
            full_time.append(StatedValue(one.start, until, week, one.origin))
        elif one.hours:
            _remark_factor(statement)
    if len(factors) < len(schedules):
        _remark_factor(statement)
    else:
        statement.history("part_time_factor", factors)
    statement.history("hours_per_week", hours)
    statement.history("schedule_days", days)
    if full_time:
        statement.history("full_time_hours_per_week", full_time)


def _remark_factor(statement: Statement) -> None:
    statement.remark(
        "part-time-factor-implausible",
        "Het deeltijdpercentage past niet bij de uren van het rooster. Kijk het na in Nmbrs.",
        "The part-time percentage does not fit the hours of the schedule. Check it in Nmbrs.",
        "part_time_factor",
    )
