"""Wage periods: months, four weeks and weeks of a year.

A month is a calendar month. Week 1 is the ISO week 1; four-weekly period n holds weeks 4n-3 … 4n, and in a year
of 53 weeks (2026) period 13 holds five. That the extra week falls in period 13 follows the tax authority's
four-weekly calendar as payroll systems publish it: unverified for Nmbrs, of which only 52 or 53 weeks is known.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from schakel.engine.timeline import Period

PER_YEAR = {"month": 12, "four_weeks": 13, "week": 52}


@dataclass(frozen=True, slots=True)
class WagePeriod:
    """One wage period (loontijdvak) of a year."""

    kind: str
    year: int
    number: int
    period: Period = field(hash=False)  #: follows from the three above

    def in_its_year(self, day: date) -> date:
        """The day, or the nearest one in the year the wage period belongs to.

        Statutory figures of a year go with the wage periods of that year: period 1 of 2026 starts on
        29 December 2025 and has the figures of 2026 from its first day. That a four-weekly or weekly period
        belongs whole to one year follows the tax authority's calendar: unverified here.
        """
        if day.year == self.year:
            return day
        return date(self.year, 1, 1) if day.year < self.year else date(self.year, 12, 31)


def wage_period(kind: str, year: int, number: int) -> WagePeriod:
    """The wage period of that number. Raises ValueError when the year has no such period."""
    if kind == "month":
        if not 1 <= number <= 12:
            raise ValueError(f"{year} has months 1 to 12, not {number}")
        until = date(year + number // 12, number % 12 + 1, 1)
        return WagePeriod(kind, year, number, Period(date(year, number, 1), until))
    weeks = 1 if kind == "week" else 4
    last_week = date(year, 12, 28).isocalendar().week
    count = last_week if kind == "week" else 13
    if not 1 <= number <= count:
        raise ValueError(f"{year} has {kind} periods 1 to {count}, not {number}")
    start = date.fromisocalendar(year, (number - 1) * weeks + 1, 1)
    until = start + timedelta(weeks=weeks) if number < count else date.fromisocalendar(year + 1, 1, 1)
    return WagePeriod(kind, year, number, Period(start, until))


@lru_cache(maxsize=512)
def year_of(kind: str, year: int) -> tuple[WagePeriod, ...]:
    """Every wage period of a year."""
    count = 12 if kind == "month" else 13
    if kind == "week":
        count = date(year, 12, 28).isocalendar().week
    return tuple(wage_period(kind, year, number) for number in range(1, count + 1))


def wage_periods(kind: str, start: date, until: date) -> tuple[WagePeriod, ...]:
    """Every wage period that overlaps `[start, until)`."""
    return tuple(
        one
        for year in range(start.year - 1, until.year + 2)
        for one in year_of(kind, year)
        if one.period.start < until and one.period.end > start
    )
