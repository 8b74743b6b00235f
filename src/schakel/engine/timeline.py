"""Half-open periods and values over time. Nothing here knows what the values mean."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
U = TypeVar("U")

END_OF_TIME = date.max
NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """The day a moment falls on in the Netherlands, where employers, payroll and carriers count their days."""
    return moment.astimezone(NETHERLANDS).date()


@dataclass(frozen=True, slots=True)
class Period:
    """`[start, until)`; until None means: for as long as nothing changes."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"a period ends after it starts: {self.start} – {self.until}")

    @property
    def end(self) -> date:
        """`until`, or the last day there is when the period is open."""
        return self.until if self.until is not None else END_OF_TIME

    @property
    def days(self) -> int:
        """Number of days; only of a closed period."""
        assert self.until is not None, "an open period has no length"
        return (self.until - self.start).days

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def intersect(self, other: "Period") -> "Period | None":
        """What both have in common, if anything."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, None if end == END_OF_TIME else end) if start < end else None


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One value for one period."""

    period: Period
    value: T


class Timeline(Generic[T]):
    """Values over time: ordered steps that do not overlap; gaps are allowed and mean *not known*."""

    __slots__ = ("steps",)

    def __init__(self, steps: Iterable[Step[T]] = ()) -> None:
        ordered = sorted(steps, key=lambda step: step.period.start)
        for one, other in itertools.pairwise(ordered):
            if one.period.end > other.period.start:
                raise ValueError(f"two values at one time: {one.period} and {other.period}")
        self.steps: tuple[Step[T], ...] = tuple(ordered)

    @classmethod
    def always(cls, value: T, start: date = date.min) -> "Timeline[T]":
        """One value, from `start` on."""
        return cls((Step(Period(start), value),))

    def at(self, day: date) -> T | None:
        """The value on a day; None when nothing is known."""
        for step in self.steps:
            if step.period.start > day:
                return None
            if step.period.until is None or day < step.period.until:
                return step.value
        return None

    def overlay(self, period: Period, value: T) -> "Timeline[T]":
        """This value in this period, whatever was there before; the rest stays."""
        return Timeline([*self.without(period).steps, Step(period, value)])

    def without(self, period: Period) -> "Timeline[T]":
        """Nothing in this period; the rest stays."""
        kept: list[Step[T]] = []
        for step in self.steps:
            if step.period.intersect(period) is None:
                kept.append(step)
                continue
            if step.period.start < period.start:
                kept.append(Step(Period(step.period.start, period.start), step.value))
            if period.end < step.period.end:
                kept.append(Step(Period(period.end, step.period.until), step.value))
        return Timeline(kept)

    def slice(self, period: Period) -> "Timeline[T]":
        """Only what lies within this period."""
        return Timeline(
            Step(common, step.value)
            for step in self.steps
            if (common := step.period.intersect(period)) is not None
        )

    def merged(self) -> "Timeline[T]":
        """Adjacent equal values as one step."""
        out: list[Step[T]] = []
        for step in self.steps:
            if out and out[-1].period.end == step.period.start and out[-1].value == step.value:
                out[-1] = Step(Period(out[-1].period.start, step.period.until), step.value)
            else:
                out.append(step)
        return Timeline(out)

    def map(self, change: Callable[[T], U]) -> "Timeline[U]":
        """The same steps with other values."""
        return Timeline(Step(step.period, change(step.value)) for step in self.steps)

    def boundaries(self) -> Iterator[date]:
        """Every day on which something starts or stops."""
        for step in self.steps:
            yield step.period.start
            if step.period.until is not None:
                yield step.period.until

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self.steps == other.steps

    def __hash__(self) -> int:
        return hash(self.steps)

    def __repr__(self) -> str:
        return f"Timeline({', '.join(f'{s.period.start}…{s.period.until}: {s.value!r}' for s in self.steps)})"


def differences(old: Timeline[T], new: Timeline[T]) -> tuple[Period, ...]:
    """The periods in which two timelines do not say the same, adjacent ones joined."""
    days = sorted({*old.boundaries(), *new.boundaries()})
    found: list[Period] = []
    for index, day in enumerate(days):
        until = days[index + 1] if index + 1 < len(days) else None
        if until is None and old.at(day) is None and new.at(day) is None:
            continue
        if old.at(day) == new.at(day):
            continue
        if found and found[-1].until == day:
            found[-1] = Period(found[-1].start, until)
        else:
            found.append(Period(day, until))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TimelineChange:
    """One fact of one employee is different, in these periods."""

    employee: str
    fact: str
    periods: tuple[Period, ...]
