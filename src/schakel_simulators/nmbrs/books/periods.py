"""Pay periods of the simulated payroll: months, four weeks and weeks of a year, and how Nmbrs writes them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class PeriodKind(StrEnum):
    """How often a company pays. `tax_name` is the word in `LoonaangifteTijdvak` of a company."""

    MONTH = "month"
    FOUR_WEEKS = "four_weeks"
    WEEK = "week"

    @property
    def suffix(self) -> str:
        """The last part of `yyyy-pp-type`. The vendor's texts disagree on 4W against W4; we send 4W."""
        return {"month": "M", "four_weeks": "4W", "week": "1W"}[self]

    @property
    def tax_name(self) -> str:
        """Weekly companies declare wage tax per four weeks; the vendor's enumeration knows no week."""
        return {"month": "Month", "four_weeks": "Week4", "week": "Week4"}[self]

    @property
    def per_year(self) -> int:
        """Pay periods in an ordinary year."""
        return {"month": 12, "four_weeks": 13, "week": 52}[self]


@dataclass(frozen=True, slots=True)
class PayPeriod:
    """Pay period `number` of `year`. Weeks are ISO weeks; a 53rd week is added to the last four weeks."""

    kind: PeriodKind
    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= periods_in(self.kind, self.year):
            last = periods_in(self.kind, self.year)
            raise ValueError(f"{self.year} has {self.kind} periods 1 to {last}, not {self.number}")

    def __str__(self) -> str:
        """As `Company_GetCurrentPeriod` writes it: `2026-11-M`."""
        return f"{self.year}-{self.number}-{self.kind.suffix}"

    @property
    def start_on(self) -> date:
        """The first day."""
        if self.kind is PeriodKind.MONTH:
            return date(self.year, self.number, 1)
        weeks = 4 if self.kind is PeriodKind.FOUR_WEEKS else 1
        return date.fromisocalendar(self.year, (self.number - 1) * weeks + 1, 1)

    @property
    def end_on(self) -> date:
        """The last day, itself part of the period."""
        return self.following().start_on - timedelta(days=1)

    def following(self) -> Self:
        """The period after this one."""
        if self.number < periods_in(self.kind, self.year):
            return type(self)(self.kind, self.year, self.number + 1)
        return type(self)(self.kind, self.year + 1, 1)

    def previous(self) -> Self:
        """The period before this one."""
        if self.number > 1:
            return type(self)(self.kind, self.year, self.number - 1)
        return type(self)(self.kind, self.year - 1, periods_in(self.kind, self.year - 1))

    @property
    def place(self) -> tuple[int, int]:
        """Year and number: periods of one kind in order of time."""
        return self.year, self.number


def periods_in(kind: PeriodKind, year: int) -> int:
    """How many periods of that kind a year has."""
    if kind is PeriodKind.WEEK:
        return date(year, 12, 28).isocalendar().week
    return kind.per_year


def period_of(kind: PeriodKind, day: date) -> PayPeriod:
    """The period a day falls in."""
    if kind is PeriodKind.MONTH:
        return PayPeriod(kind, day.year, day.month)
    year, week, _ = day.isocalendar()
    if kind is PeriodKind.WEEK:
        return PayPeriod(kind, year, week)
    return PayPeriod(kind, year, min((week - 1) // 4 + 1, 13))
