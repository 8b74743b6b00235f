"""Amounts of many employees as lines of text, beside what stands: what is closed, what is added, what is told.

A line's amounts travel as the JSON that PostgreSQL itself would write: equal text is then an equal line, and only
lines that differ are read. Nothing here knows of the database.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from schakel.engine.runners.histories import Column
from schakel.engine.runners.portfolio import Block
from schakel.engine.wage_periods import WagePeriod
from schakel.participation.period_totals import Difference, Place

TOLD = '{"new":%%d,"old":null,"start":"%s","until":"%s","quantity":"%s"}'
"""An amount where there was none. In the order in which PostgreSQL keeps keys, so that it need not sort them."""


class Standing(NamedTuple):
    """One amount line as known now, spelled as PostgreSQL spells it: nearly all are only compared."""

    participation: str
    start: str
    until: str
    amounts: str
    id: str
    year: str
    number: str
    known_from: str


Lines = dict[tuple[int, str, str], Standing]
"""Lines by participation, first day and first day after."""


class Days(NamedTuple):
    """One wage period as a row spells it."""

    start: str
    until: str
    year: int
    number: int


@dataclass(slots=True)
class Calculated:
    """Every wage period of one benefit that has amounts, employee after employee."""

    benefit_id: int
    days: list[Days]  #: the wage periods
    names: list[str]  #: of the quantities, in the order of the alphabet
    owners: list[int]  #: of each line: the employee's place in the block
    places: Column  #: of each line: the wage period
    values: Column  #: of each line: its amounts, in the order of the names
    texts: list[str]  #: the same as PostgreSQL writes them


@dataclass(slots=True)
class Written:
    """What must be written of a block; nothing for lines that stand as they are."""

    closed: list[int] = field(default_factory=list)  #: ids of lines
    newest: datetime | None = None  #: since when the newest of those was known
    added: list[str] = field(default_factory=list)  #: rows for COPY
    changes: dict[int, list[tuple[str, str]]] = field(
        default_factory=dict
    )  #: participation → first day, changes
    totals: dict[Place, Difference] = field(default_factory=dict)

    def change(self, participation: int, start: str, told: str) -> None:
        """Amounts of one wage period of a participation are different."""
        self.changes.setdefault(participation, []).append((start, told))

    def close(self, benefit_id: int, line: Standing, amounts: Mapping[str, int]) -> None:
        """A line ends here, and leaves the totals."""
        self.closed.append(int(line.id))
        known_from = datetime.fromisoformat(line.known_from)
        self.newest = known_from if self.newest is None else max(self.newest, known_from)
        of = date.fromisoformat(line.start), date.fromisoformat(line.until), int(line.year), int(line.number)
        total = self.totals.setdefault(Place(benefit_id, *of), Difference())
        total.participants -= 1
        total.sums.subtract(amounts)


def calculated(benefit_id: int, found: Block, periods: Sequence[WagePeriod]) -> Calculated:
    """The lines of one benefit of a block."""
    amounts = found.amounts.amounts
    names = sorted(amounts)
    owners, places = np.nonzero(found.amounts.why == 0)
    values = np.empty((len(owners), len(names)), dtype=np.int64)
    for at, name in enumerate(names):
        values[:, at] = amounts[name][owners, places]
    # PostgreSQL keeps the keys of an object by length, then by their bytes.
    kept = sorted(range(len(names)), key=lambda at: (len(names[at]), names[at]))
    form = "{" + ", ".join(f'"{names[at]}": %d' for at in kept) + "}"
    texts = [form % tuple(row) for row in values[:, kept].tolist()]
    days = [
        Days(one.period.start.isoformat(), one.period.end.isoformat(), one.year, one.number)
        for one in periods
    ]
    return Calculated(benefit_id, days, names, owners.tolist(), places, values, texts)


def compare(mine: Calculated, participations: Sequence[int], standing: Lines, into: Written) -> None:
    """Lines of one benefit beside what stands. Takes out of `standing` what it has seen."""
    days = mine.days
    added = np.ones(len(mine.owners), dtype=bool)
    before: dict[int, dict[str, int]] = {}
    if standing:
        for at, (owner, place) in enumerate(zip(mine.owners, mine.places.tolist(), strict=True)):
            of = days[place]
            line = standing.pop((participations[owner], of.start, of.until), None)
            if line is None:
                continue
            amounts = _unlike(line.amounts, mine.texts[at])
            if amounts is None:
                added[at] = False
            else:
                before[at] = amounts
                into.close(mine.benefit_id, line, amounts)
    _add(mine, participations, np.flatnonzero(added), before, into)


def close_rest(standing: Lines, benefit_of: Mapping[int, int], into: Written) -> None:
    """What stands and was not calculated again: of wage periods that are none any more, or without amounts now."""
    for (participation, _, _), line in standing.items():
        amounts = json.loads(line.amounts)
        into.close(benefit_of[participation], line, amounts)
        into.change(participation, line.start, ",".join(_changes(line, amounts, {})))


def _unlike(standing: str, new: str) -> dict[str, int] | None:
    """The amounts that stand where they are others than the new ones."""
    if standing == new:
        return None
    amounts: dict[str, int] = json.loads(standing)
    return None if amounts == json.loads(new) else amounts


def _add(
    mine: Calculated,
    participations: Sequence[int],
    added: Column,
    before: Mapping[int, dict[str, int]],
    into: Written,
) -> None:
    """New lines, what they change, and what they bring to the totals."""
    ends = [f"\t{of.start}\t{of.until}\t{of.year}\t{of.number}\t" for of in mine.days]
    # Nearly always there was nothing before: then what is told of a wage period is one form to fill in.
    forms = [",".join(TOLD % (of.start, of.until, name) for name in mine.names) for of in mine.days]
    places, values = mine.places[added], mine.values[added]
    for at, place, numbers in zip(added.tolist(), places.tolist(), values.tolist(), strict=True):
        participation = participations[mine.owners[at]]
        into.added.append(f"{participation}{ends[place]}{mine.texts[at]}\n")
        old = before.get(at)
        if old is None:
            told = forms[place] % tuple(numbers)
        else:
            new = dict(zip(mine.names, numbers, strict=True))
            told = ",".join(_changes(mine.days[place], old, new))
        into.change(participation, mine.days[place].start, told)
    for place in np.unique(places).tolist():
        of = mine.days[place]
        here = values[places == place]
        key = Place(
            mine.benefit_id,
            date.fromisoformat(of.start),
            date.fromisoformat(of.until),
            of.year,
            of.number,
        )
        total = into.totals.setdefault(key, Difference())
        total.participants += len(here)
        total.sums.update(dict(zip(mine.names, here.sum(axis=0).tolist(), strict=True)))


def _changes(of: Standing | Days, old: Mapping[str, int], new: Mapping[str, int]) -> Iterable[str]:
    """What a revision tells of one wage period: each amount that is not what it was."""
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            told = {
                "quantity": name,
                "start": of.start,
                "until": of.until,
                "old": old.get(name),
                "new": new.get(name),
            }
            yield json.dumps(told)
