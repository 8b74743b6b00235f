"""Facts over time as lanes: a bar for each value, in percents of the width, so that it fits every screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schakel.desk.facts import FactShown, FactStep

MONTHS_BEFORE = 18
MONTHS_AFTER = 4

SHOWN_FIRST = ("is_employed", "salary_amount", "part_time_factor", "hours_per_week", "has_partner")
"""The facts a person asks for most, in this order; the others follow as the desk orders them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: where its bar starts and how wide it is, in percents."""

    step: FactStep
    left: str
    width: str
    middle: str
    is_off: bool  #: a "no" or "none": drawn pale
    has_room: bool  #: wide enough for its words


@dataclass(frozen=True, slots=True)
class Lane:
    """One fact."""

    fact: FactShown
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a quarter on the axis."""

    on: date
    left: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything that is drawn, and the table below it."""

    start: date
    until: date
    ticks: tuple[Tick, ...]
    today: str
    lanes: tuple[Lane, ...]
    facts: tuple[FactShown, ...]


def of_facts(facts: Iterable[FactShown], today: date) -> Lanes:
    """The facts that rules read, from a year and a half ago until some months ahead."""
    window = (_months_on(today, -MONTHS_BEFORE), _months_on(today, MONTHS_AFTER))
    ordered = sorted(facts, key=_place)
    drawn = tuple(
        Lane(fact, bars)
        for fact in ordered
        if fact.is_read_by_rules and not fact.unit.startswith("date") and (bars := _bars(fact, window))
    )
    return Lanes(*window, _ticks(window), _percent(_share(today, window)), drawn, tuple(ordered))


def _place(fact: FactShown) -> int:
    return SHOWN_FIRST.index(fact.name) if fact.name in SHOWN_FIRST else len(SHOWN_FIRST)


def _bars(fact: FactShown, window: tuple[date, date]) -> tuple[Bar, ...]:
    bars = []
    for step in fact.steps:
        left = _share(step.start, window)
        right = 1.0 if step.until is None else _share(step.until, window)
        if right > left:
            bars.append(
                Bar(
                    step,
                    _percent(left),
                    _percent(right - left),
                    _percent((left + right) / 2),
                    not step.value,
                    right - left > 0.12,
                )
            )
    return tuple(bars)


def _ticks(window: tuple[date, date]) -> tuple[Tick, ...]:
    first = window[0].replace(day=1)
    months = (_months_on(first, number) for number in range(1, MONTHS_BEFORE + MONTHS_AFTER + 1))
    return tuple(
        Tick(on, _percent(_share(on, window)))
        for on in months
        if on.month % 3 == 1 and on < window[1] - timedelta(days=20)
    )


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _share(day: date, window: tuple[date, date]) -> float:
    """Where a day lies in the window: a place on the screen, no amount."""
    start, until = window
    return min(max((day - start).days / (until - start).days, 0.0), 1.0)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
