"""Figures laid out for a chart and for the table that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from schakel.desk.benefits import BenefitAmounts, PeriodAmounts, QuantityShown, RefusalShown
from schakel.desk.totals import PeriodShown, Totals
from schakel.desk.what_if import Spread
from schakel.desk.words import Words
from schakel.engine.explanation import money
from schakel.portal.words import dated, language, told

Period = PeriodShown | PeriodAmounts


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount of one period; with what is needed to ask why."""

    cents: int | None
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a name, a cell for each period, and the sum where adding up means something."""

    name: str
    cells: tuple[Cell, ...]
    total: int | None
    quantity: str = ""
    is_premium: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one benefit."""

    benefit: BenefitAmounts
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Periods across; benefits and amounts down."""

    periods: tuple[Period, ...]
    groups: tuple[Group, ...]
    premiums: Row

    @property
    def last_counted(self) -> Group | None:
        """The last benefit whose premium is among the premiums together."""
        counted = [group for group in self.groups if any(row.is_premium for row in group.rows)]
        return counted[-1] if counted else None


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason why amounts are missing, with the benefits and the stretch of time it concerns."""

    message: Words
    who: Words
    benefits: tuple[Words, ...]
    start: date
    until: date
    periods: int


def refusals(benefits: Iterable[BenefitAmounts]) -> tuple[Refused, ...]:
    """A reason is told once, however many wage periods and benefits wait for it."""
    found: dict[tuple[str, str], list[tuple[BenefitAmounts, RefusalShown]]] = {}
    for one in benefits:
        by_code: dict[str, list[RefusalShown]] = {}
        for refusal in one.refusals:
            by_code.setdefault(refusal.code, []).append(refusal)
        for code, some in by_code.items():
            found.setdefault((code, some[0].message.en), []).extend((one, refusal) for refusal in some)
    return tuple(
        Refused(
            some[0][1].message,
            some[0][1].who,
            tuple({one.benefit_id: one.words for one, _ in some}.values()),
            min(refusal.start for _, refusal in some),
            max(refusal.until for _, refusal in some),
            len({refusal.start for _, refusal in some}),
        )
        for some in found.values()
    )


def period_name(period: Period) -> str:
    """A month by its name; a shorter wage period as payroll calls it, P7 2026, so that none is taken for a month."""
    if is_month(period.start, period.until):
        return month_name(period.start)
    year, _, number = period.label.partition("-")
    return f"P{int(number)} {year}"


def is_month(start: date, until: date) -> bool:
    """Whether a period is one calendar month."""
    return start.day == until.day == 1 and (until - start).days <= 31


def month_name(start: date) -> str:
    """jan 2026."""
    return dated(start, "{month} Y")


def of_totals(totals: Totals) -> dict[str, Any]:
    """The stacked bars of an employer: each premium per period."""
    return {
        "kind": "bar",
        "description": gettext("Premiums and contributions for each wage period, stacked by benefit."),
        "labels": [period_name(period) for period in totals.periods],
        "series": [
            {"name": told(series.words), "values": list(series.total)}
            for series in totals.series
            if any(series.total)
        ],
    }


def totals_table(totals: Totals) -> list[dict[str, Any]]:
    """The same as lines of a table, each with its sum."""
    return [
        {"series": series, "cells": series.total, "total": sum(value or 0 for value in series.total)}
        for series in totals.series
    ]


def of_employee(table: Table) -> dict[str, Any]:
    """The stacked bars of an employee: each premium per period."""
    return {
        "kind": "bar",
        "description": gettext("What is paid for this employee in each wage period, stacked by benefit."),
        "labels": [period_name(period) for period in table.periods],
        "series": [
            {"name": told(group.benefit.words), "values": [cell.cents for cell in row.cells]}
            for group in table.groups
            for row in group.rows
            if row.is_premium
        ],
    }


def of_spread(spread: Spread) -> dict[str, Any]:
    """Bars of how many employees see which difference over the year."""
    return {
        "kind": "bar",
        "counts": True,
        "description": gettext("How many employees see which difference over the year."),
        "labels": [_short(low, high) for low, high, _ in spread.bands],
        "series": [{"name": gettext("employees"), "values": [count for _, _, count in spread.bands]}],
    }


def band_name(low: int, high: int) -> str:
    """From one amount up to another; one amount when they are the same."""
    ends = [money(cents, language()) for cents in (low, high)]
    return ends[0] if low == high else " … ".join(ends)


def _short(low: int, high: int) -> str:
    """The same in whole euros, for under a bar, where cents say nothing."""
    if high - low < 1_000:
        return band_name(low, high)
    point = "." if language() == "en" else ","
    whole = (money(round(cents, -2), language()).rpartition(point)[0] for cents in (low, high))
    return " … ".join(whole)


def years(benefits: Iterable[BenefitAmounts]) -> list[int]:
    """The years in which there are amounts, the newest first."""
    return sorted({period.year for one in benefits for period in one.periods}, reverse=True)


def employee_table(benefits: Sequence[BenefitAmounts], year: int) -> Table:
    """The amounts of one year."""
    periods = {
        (period.year, period.number): period
        for one in benefits
        for period in one.periods
        if period.year == year
    }
    axis = tuple(periods[key] for key in sorted(periods))
    groups = tuple(_group(one, axis) for one in benefits if any(p.year == year for p in one.periods))
    premium_rows = [row for group in groups for row in group.rows if row.is_premium]
    cells = tuple(
        Cell(_sum(row.cells[place].cents for row in premium_rows), period.year, period.number)
        for place, period in enumerate(axis)
    )
    return Table(axis, groups, Row("", cells, _sum(cell.cents for cell in cells)))


def _group(one: BenefitAmounts, axis: Sequence[Period]) -> Group:
    kept = {(period.year, period.number): period.amounts for period in one.periods}
    return Group(one, tuple(_row(quantity, kept, axis) for quantity in one.quantities))


def _row(quantity: QuantityShown, kept: dict[tuple[int, int], Any], axis: Sequence[Period]) -> Row:
    cells = tuple(Cell(kept.get((p.year, p.number), {}).get(quantity.name), p.year, p.number) for p in axis)
    # An amount "as it stands", such as a sum insured, does not add up over periods.
    total = None if quantity.kind == "held" else _sum(cell.cents for cell in cells)
    return Row(told(quantity.words), cells, total, quantity.name, quantity.is_premium)


def _sum(cents: Iterable[int | None]) -> int | None:
    known = [one for one in cents if one is not None]
    return sum(known) if known else None
