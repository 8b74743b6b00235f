"""Invented people and employers in any number, for measurements and tests; nobody here exists.

Salaries and part-time factors change a few times in the years around the horizon (one step and on average two
more), some come and some leave, and factors that make halves of cents are common.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, overload

import numpy as np

from schakel.engine.catalogue import check_terms
from schakel.engine.choices import Choices
from schakel.engine.runners.histories import UNKNOWN, Column, History, People
from schakel.engine.timeline import Timeline

FACTORS = np.array([1_000_000, 1_000_000, 1_000_000, 800_000, 500_000, 250_000, 375_000, 888_889, 333_333])
"""Part-time factors; halves, quarters and eighths make ties."""


class Numbered(Sequence[str]):
    """Keys that are the number of a place; made when they are asked for, so that they take no room."""

    def __init__(self, count: int) -> None:
        self._size = count

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [f"{one:07d}" for one in range(self._size)[place]]
        return f"{range(self._size)[place]:07d}"


def people(count: int, employers: int, seed: int, year: int = 2026) -> People:
    """`count` employees of `employers` employers, paid by the month."""
    draw = np.random.default_rng(seed)
    first, last = date(year - 2, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    always = np.arange(count + 1, dtype=np.int64)
    facts: dict[str, History] = {
        "birth_on": _constant(
            always, draw.integers(date(1958, 1, 1).toordinal(), date(2008, 12, 31).toordinal(), count)
        ),
        "partner_birth_on": _constant(
            always, draw.integers(date(1958, 1, 1).toordinal(), date(2004, 12, 31).toordinal(), count)
        ),
        "salary_kind": _constant(always, np.zeros(count)),
        "wage_period_kind": _constant(always, np.zeros(count)),
        "is_wia_insured": _constant(always, np.ones(count)),
        "has_partner": _constant(always, draw.random(count) < 0.6),
        "fixed_allowance": _constant(always, draw.integers(0, 50_000, count)),
        "is_employed": _employed(draw, count, first, last),
        "salary_amount": _steps(
            draw, count, first, last, lambda size: draw.integers(180_000, 1_200_000, size)
        ),
        "part_time_factor": _steps(draw, count, first, last, lambda size: draw.choice(FACTORS, size)),
    }
    return People(Numbered(count), np.sort(draw.integers(0, employers, count)), facts)


def _constant(offsets: Column, values: Any) -> History:
    return History(offsets, np.ones(len(values), dtype=np.int32), np.asarray(values).astype(np.int64))


def _steps(draw: Any, count: int, first: int, last: int, value: Any) -> History:
    """One step from before the horizon, and on average two more in three years; half of them on a first of month."""
    more = draw.poisson(2, count)
    offsets = np.concatenate([[0], np.cumsum(more + 1)]).astype(np.int64)
    owners = np.repeat(np.arange(count), more)
    days = draw.integers(first, last, len(owners))
    months = (days - 719_163).astype("datetime64[D]").astype("datetime64[M]")
    on_first = months.astype("datetime64[D]").astype(np.int64) + 719_163
    days = np.where(draw.random(len(owners)) < 0.5, on_first, days)
    keys = np.unique((owners << 22) | days)
    keys = np.union1d(keys, np.arange(count, dtype=np.int64) << 22 | 1)
    owners, starts = keys >> 22, keys & ((1 << 22) - 1)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=count))]).astype(np.int64)
    return History(offsets, starts.astype(np.int32), value(len(keys)).astype(np.int64))


def _employed(draw: Any, count: int, first: int, last: int) -> History:
    """Nine in ten are there all the time; some come, some leave, within the years."""
    came = np.where(draw.random(count) < 0.05, draw.integers(first, last, count), 1)
    leaves = draw.random(count) < 0.05
    left = np.where(leaves, draw.integers(first + 800, last + 200, count), 0)
    leaves &= left > came
    offsets = np.concatenate([[0], np.cumsum(1 + leaves)]).astype(np.int64)
    starts, values = np.empty(offsets[-1], dtype=np.int32), np.empty(offsets[-1], dtype=np.int64)
    starts[offsets[:-1]], values[offsets[:-1]] = came, 1
    starts[offsets[1:][leaves] - 1], values[offsets[1:][leaves] - 1] = left[leaves], UNKNOWN
    return History(offsets, starts, values)


def schemes(
    terms: Mapping[str, Mapping[str, Any]], employers: int, seed: int
) -> dict[str, Sequence[Timeline[Choices]]]:
    """The same scheme shapes for every employer, with numbers of their own: percentages a little up or down."""
    draw = np.random.default_rng(seed)
    found: dict[str, Sequence[Timeline[Choices]]] = {}
    for name, chosen in terms.items():
        found[name] = [
            Timeline.always(check_terms(name, _varied(chosen, draw) if employers > 1 else chosen))
            for _ in range(employers)
        ]
    return found


def _varied(chosen: Mapping[str, Any], draw: Any) -> dict[str, Any]:
    return {
        key: f"{float(value) * draw.choice([0.5, 0.8, 1.0]):.3f}".rstrip("0").rstrip(".")
        if key.endswith(("_rate", "_share")) and isinstance(value, str)
        else value
        for key, value in chosen.items()
    }
