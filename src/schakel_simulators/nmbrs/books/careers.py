"""Invented careers: when somebody came and went, for how many hours, for how much, and since when."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from schakel_simulators.nmbrs.books.books import Ids
from schakel_simulators.nmbrs.books.environment import Company
from schakel_simulators.nmbrs.books.model import (
    Contract,
    Employment,
    FixedComponent,
    InsuranceSettings,
    Salary,
    SalaryType,
    Schedule,
    VariableComponent,
)
from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind, period_of
from schakel_simulators.nmbrs.books.wage_codes import ALLOWANCE, HOME_WORKING_DAYS, half_up


class Profile(StrEnum):
    """What makes an employee stand out; handed out evenly, so that a small company has some of each."""

    ABOVE_CAP = "above_cap"
    YOUNG = "young"
    HOURLY = "hourly"
    LEAVER = "leaver"
    REHIRED = "rehired"
    PART_TIME = "part_time"
    FULL_TIME = "full_time"


SHARES: tuple[tuple[Profile, int], ...] = (
    (Profile.ABOVE_CAP, 30),
    (Profile.YOUNG, 30),
    (Profile.HOURLY, 80),
    (Profile.LEAVER, 60),
    (Profile.REHIRED, 40),
    (Profile.PART_TIME, 300),
    (Profile.FULL_TIME, 460),
)
"""Of a thousand employees, how many are of each profile. They add up to 1000."""

PART_TIME_HOURS = (800, 1200, 1600, 2000, 2400, 2400, 2800, 3200, 3200, 3200, 3600)
LATE_RAISES = 3
"""Of a hundred raises of January, those that were entered after the run of that period."""


@dataclass(frozen=True, slots=True)
class Career:
    """Everything dated about one employee's work."""

    contracts: tuple[Contract, ...]
    employments: tuple[Employment, ...]
    salaries: tuple[Salary, ...]
    schedules: tuple[Schedule, ...]
    insurance: tuple[InsuranceSettings, ...]
    fixed_components: tuple[FixedComponent, ...]
    variable_components: tuple[VariableComponent, ...]


class Careers:
    """Draws careers at one company, one after the other."""

    def __init__(
        self, draw: random.Random, ids: Ids, company: Company, late_raise_at: datetime | None
    ) -> None:
        self._draw = draw
        self._ids = ids
        self._company = company
        self._late_raise_at = late_raise_at
        self._year_start = PayPeriod(company.kind, company.period.year, 1).start_on
        self._last_year_start = PayPeriod(company.kind, company.period.year - 1, 1).start_on

    def career(self, profile: Profile, birth_on: date) -> Career:
        """A career that fits the profile and the age."""
        draw = self._draw
        employments = self._employments(profile, birth_on)
        first, now = employments[0], employments[-1]
        hours = self._hours(profile)
        schedules = self._schedules(profile, first, hours)
        works_at_desk = profile in (Profile.FULL_TIME, Profile.PART_TIME, Profile.ABOVE_CAP)
        at_home = works_at_desk and draw.randrange(100) < 45
        return Career(
            self._contracts(employments, hours),
            employments,
            self._salaries(profile, employments, hours),
            schedules,
            (self._insurance(first),),
            self._allowance(now) if works_at_desk and draw.randrange(100) < 18 else (),
            self._home_working(hours) if at_home else (),
        )

    def _employments(self, profile: Profile, birth_on: date) -> tuple[Employment, ...]:
        draw = self._draw
        period = self._company.period
        earliest = max(date(period.year - 16, 1, 1), birth_on + timedelta(days=15 * 366))
        # Who came back had room for a first time before.
        first_time = earliest + timedelta(days=1000 if profile is Profile.REHIRED else 0)
        latest_start = period.start_on - timedelta(days=40 if profile is not Profile.LEAVER else 700)
        room = max(1, (latest_start - first_time).days)
        # The square of a share: more people came lately than long ago.
        start_on = (latest_start - timedelta(days=int(room * draw.random() ** 2))).replace(day=1)
        first = self._employment(start_on, None, start_on)
        if profile is Profile.LEAVER:
            end_on = period.start_on - timedelta(days=1 + draw.randrange(600))
            return (replace(first, end_on=end_on, ended_at=moment(end_on - timedelta(days=20))),)
        if profile is Profile.REHIRED:
            early = (start_on - timedelta(days=draw.randrange(900, 2200))).replace(day=1)
            early = max(early, earliest.replace(day=1))
            end_on = early + (start_on - early) // 2
            before = replace(self._employment(early, None, early), end_on=end_on, ended_at=moment(end_on))
            return before, replace(first, initial_start_on=early)
        return (first,)

    def _employment(self, start_on: date, end_on: date | None, initial_on: date) -> Employment:
        entered_at = moment(start_on - timedelta(days=14))
        return Employment(self._ids.next("employment"), entered_at, start_on, end_on, initial_on)

    def _contracts(self, employments: tuple[Employment, ...], hours: int) -> tuple[Contract, ...]:
        contracts = []
        for one in employments:
            fixed_term = one.end_on is None and one.start_on.year >= self._company.period.year - 1
            end_on = one.end_on
            if fixed_term and self._draw.randrange(2):
                end_on = one.start_on.replace(year=one.start_on.year + 3) - timedelta(days=1)
            contracts.append(
                Contract(
                    self._ids.next("contract"),
                    one.created_at,
                    one.start_on,
                    end_on,
                    is_indefinite=end_on is None,
                    hours_per_week=hours,
                    trial_until_on=one.start_on + timedelta(days=30) if end_on is None else None,
                )
            )
        return tuple(contracts)

    def _hours(self, profile: Profile) -> int:
        if profile is Profile.PART_TIME:
            return self._draw.choice(PART_TIME_HOURS)
        if profile is Profile.YOUNG:
            return self._draw.choice((800, 1200, 1600))
        if profile is Profile.HOURLY:
            return self._draw.choice((1600, 2400, 3200, 4000))
        return self._company.full_time_hours

    def _schedules(self, profile: Profile, employment: Employment, hours: int) -> tuple[Schedule, ...]:
        now = schedule_of(self._ids, self._company, hours, employment.start_on, employment.created_at)
        changed_on = self._last_year_start
        long_enough = employment.start_on < changed_on and employment.end_on is None
        if profile is not Profile.PART_TIME or not long_enough or self._draw.randrange(3):
            return (now,)
        before = schedule_of(
            self._ids,
            self._company,
            self._company.full_time_hours,
            employment.start_on,
            employment.created_at,
        )
        entered_at = moment(changed_on - timedelta(days=25))
        return before, replace(now, start_on=changed_on, created_at=entered_at)

    def _salaries(
        self, profile: Profile, employments: tuple[Employment, ...], hours: int
    ) -> tuple[Salary, ...]:
        draw, employment = self._draw, employments[-1]
        kind = SalaryType.GROSS_FULL_TIME
        if profile in (Profile.HOURLY, Profile.YOUNG):
            kind = SalaryType.GROSS_HOURLY
        elif profile is Profile.PART_TIME and draw.randrange(10) < 3:
            kind = SalaryType.GROSS_PART_TIME
        value = self._now(profile)
        if kind is SalaryType.GROSS_PART_TIME:
            value = half_up(value * hours, self._company.full_time_hours)
        rows = []
        for start_on in (self._year_start, self._last_year_start):
            if employment.start_on >= start_on or (employment.end_on or start_on) < start_on:
                continue
            rows.append((value, start_on, self._entered(start_on)))
            value = half_up(value * 10_000, 10_000 + draw.choice((200, 250, 300, 350, 500)))
        for one in reversed(employments):
            rows.append((value, one.start_on, one.created_at))
            value = half_up(value * 100, 112)
        return tuple(
            Salary(self._ids.next("salary"), value, kind, start_on, entered_at)
            for value, start_on, entered_at in reversed(rows)
        )

    def _entered(self, start_on: date) -> datetime:
        late = self._late_raise_at
        if late is not None and start_on == self._year_start and self._draw.randrange(100) < LATE_RAISES:
            return late
        return moment(start_on - timedelta(days=17))

    def _now(self, profile: Profile) -> int:
        """Today's full-time salary per pay period, or wage per hour, in cents."""
        draw = self._draw
        if profile is Profile.YOUNG:
            return draw.randrange(620, 1100)
        if profile is Profile.HOURLY:
            return draw.randrange(1500, 2600)
        if profile is Profile.ABOVE_CAP:
            # € 137,800 a year with eight percent of holiday allowance is € 10,633 a month.
            monthly = draw.randrange(1_100_000, 1_900_000, 5_000)
        else:
            monthly = min(1_000_000, max(265_000, int(draw.lognormvariate(12.83, 0.3)) // 500 * 500))
        return monthly if self._company.kind is PeriodKind.MONTH else self._per_period(monthly)

    def _per_period(self, monthly: int) -> int:
        return half_up(monthly * 12, self._company.kind.per_year)

    def _insurance(self, employment: Employment) -> InsuranceSettings:
        start = period_of(self._company.kind, max(employment.start_on, date(2020, 1, 1)))
        return InsuranceSettings(
            self._ids.next("insurance"), moment(start.start_on), start.year, start.number
        )

    def _allowance(self, employment: Employment) -> tuple[FixedComponent, ...]:
        value = self._draw.randrange(5_000, 30_000, 500)
        return (
            FixedComponent(
                self._ids.next("component"),
                ALLOWANCE,
                value,
                employment.start_on,
                employment.end_on,
                employment.created_at,
            ),
        )

    def _home_working(self, hours: int) -> tuple[VariableComponent, ...]:
        """Days worked at home in the current period and the two before."""
        most = max(1, min(3, hours // 800 - 1))
        weekly = self._draw.randrange(1, most + 1)
        weeks = 1 if self._company.kind is PeriodKind.WEEK else 4
        now = self._company.period
        return tuple(
            VariableComponent(
                self._ids.next("component"),
                HOME_WORKING_DAYS,
                weekly * weeks * 100,
                period.year,
                period.number,
                moment(period.start_on),
            )
            for period in (now.previous().previous(), now.previous(), now)
        )


def schedule_of(ids: Ids, company: Company, hours: int, start_on: date, created_at: datetime) -> Schedule:
    """Hours a week spread over days of eight, Monday first; both weeks alike."""
    percentage = half_up(hours * 10_000, company.full_time_hours)
    return Schedule(ids.next("schedule"), week_of(hours) * 2, percentage, start_on, created_at)


@cache
def week_of(hours: int) -> tuple[int, ...]:
    """Up to five days of at most eight hours; more than forty are spread over the same five."""
    days = []
    left = hours
    for place in range(7):
        day = 0 if place >= 5 else min(left, max(800, half_up(hours, 5)))
        days.append(day)
        left -= day
    return tuple(days)


def moment(day: date) -> datetime:
    """When something was entered: at ten in the morning of that day."""
    return datetime.combine(day, time(10, 0))
