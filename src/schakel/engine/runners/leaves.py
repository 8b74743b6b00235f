"""The leaves of a graph as columns, one value a segment, and why some cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schakel.engine.choices import Choices
from schakel.engine.derived import AGE_AT, FOLLOWS_THE_DAY, MONTHS, OLDEST, ONE_BY_ONE, working_days
from schakel.engine.employee import FACTS
from schakel.engine.graph import Graph, Leaf
from schakel.engine.parameters import Parameter, ParameterSet, ParameterValue
from schakel.engine.reading import needs_full_time_hours
from schakel.engine.runners import calendar
from schakel.engine.runners.histories import ENDLESS, UNKNOWN, Column, History, People
from schakel.engine.runners.segments import Horizon, Segments
from schakel.engine.runners.term_table import STATUTORY, TermTable

Mask = NDArray[np.bool_]
NOT_IN_COLUMNS = ("to_date",)
CHILDREN = "children_under_"


def fits_columns(graph: Graph, choices: Choices) -> bool:
    """Whether columns reach everything this graph reads; what they do not reach is calculated one by one."""
    if any(leaf.kind in NOT_IN_COLUMNS or leaf.name.startswith(CHILDREN) for leaf in graph.leaves.values()):
        return False
    if needs_full_time_hours(graph) or ONE_BY_ONE & graph.leaves.keys():
        return False
    exact_days = {choices.get("entry_moment"), choices.get("end_moment")} <= {None, "exact_day"}
    in_cents = str(choices.get("period_rounding") or "cent_half_up").startswith("cent_")
    return exact_days and in_cents and not choices.says("residual", "year_to_date")


@dataclass(slots=True)
class Reader:
    """Reads leaves for segments; `reasons` collects why a segment cannot be calculated, the first one counts."""

    people: People
    segments: Segments
    over: Horizon
    known: ParameterSet
    terms: TermTable
    rows: Column  #: of each segment, the row of terms in force; −1 for none
    choices: Choices  #: the words in force; all segments read here have the same
    read: dict[str, Column] = field(default_factory=dict)
    employed: History | None = field(init=False)
    is_in: Mask = field(init=False)

    def __post_init__(self) -> None:
        at = self.segments
        self.employed = self.people.facts.get("is_employed")
        self.is_in = (
            np.zeros(len(at.on), dtype=bool)
            if self.employed is None
            else self.employed.at(at.owners, at.on) == 1
        )

    def of(self, leaf: Leaf) -> tuple[Column | tuple[Column, Column], Mask | None, str]:
        """The values, where they cannot be read, and the code of that refusal."""
        if leaf.kind == "fact":
            return self.fact(leaf.name)
        if leaf.kind == "derived":
            return self.derived(leaf.name)
        return self.term(leaf)

    # Facts.

    def fact(self, name: str) -> tuple[Column, Mask | None, str]:
        if name == "is_employed":
            return self.is_in.astype(np.int64), None, ""
        fact = FACTS[name]
        values = self.raw(name)
        missing = values == UNKNOWN
        if name == "full_time_hours_per_week":
            kind = self.raw("salary_kind")
            is_hourly = kind == FACTS["salary_kind"].choices.index("hourly")
            values = np.where(is_hourly, values, fact.lowest)
            missing = (is_hourly & missing) | (kind == UNKNOWN)
        if fact.unit.name == "date":
            return np.where(missing, 1, values), missing, "missing-fact"
        outside = (values < fact.lowest) | (values > fact.highest)
        code = "missing-fact" if not (outside & ~missing).any() else "implausible-fact"
        return np.where(outside, fact.lowest, values), missing | outside, code

    def raw(self, name: str) -> Column:
        """The value on the day it is read: by the reference date of the scheme."""
        moment = FACTS[name].moment
        term = {"salary": "reference_date", "part_time": "part_time_moment"}.get(moment)
        word = str((term and self.choices.get(term)) or "each_change")
        place = f"{name}/{word}"
        if place not in self.read:
            history = self.people.facts.get(name)
            days = self.day(word)
            at = self.segments
            self.read[place] = (
                np.full(len(at.on), UNKNOWN) if history is None else history.at(at.owners, days)
            )
        return self.read[place]

    def day(self, word: str) -> Column:
        at = self.segments
        if word == "each_change" or self.employed is None:
            return at.on
        if word == "first_of_month":
            days = calendar.first_of_month(calendar.months(at.on))
        elif word == "first_of_year":
            days = calendar.first_of_month(self.over.years[at.periods] * 12)
        else:
            days = self.over.starts[at.periods]
        steps = self.employed.step_at(at.owners, at.on)
        begun = np.where(self.is_in, self.employed.starts[steps], 1)
        ended = np.where(self.is_in, self.employed.until(steps), ENDLESS)
        within = np.minimum(np.maximum(days, begun), ended - 1)
        return np.where(self.is_in, within, days)

    # What is derived.

    def derived(self, name: str) -> tuple[Column, Mask | None, str]:
        at, over = self.segments, self.over
        plain: Mapping[str, Column] = {
            "calendar_year": over.years[at.periods],
            "calendar_month": calendar.months(at.on) % 12 + 1 if name == "calendar_month" else at.on,
            "wage_period_number": np.array([one.number for one in over.periods])[at.periods],
            "working_days_in_period": np.array([working_days(one.period) for one in over.periods])[
                at.periods
            ],
            "day": at.on,
        }
        if name in plain:
            return plain[name], None, ""
        if name in FOLLOWS_THE_DAY:
            since, missing = self.date(FOLLOWS_THE_DAY[name])
            found = np.clip(calendar.completed_months(since, at.on), 0, MONTHS)
            return np.minimum(found // 12, 70) if name.endswith("_years") else found, missing, "missing-fact"
        if name in AGE_AT:
            birth, unborn = self.date("birth_on")
            since, missing = self.date(AGE_AT[name])
            found = calendar.months(since) - calendar.months(birth)
            return np.clip(found, 0, MONTHS), unborn | missing, "missing-fact"
        if name == "ages":
            own, no_own, _ = self.derived("age_years")
            partner, no_partner, _ = self.derived("partner_age_years")
            assert no_own is not None
            assert no_partner is not None
            return own * (OLDEST + 1) + partner, no_own | no_partner, "missing-fact"
        birth, missing = self.date("partner_birth_on" if name.startswith("partner") else "birth_on")
        word = str(self.choices.get("age_on") or "month_reached")
        found = np.clip(calendar.age_in_months(birth, at.on, over.years[at.periods], word), 0, MONTHS)
        return found // 12 if name.endswith("_years") else found, missing, "missing-fact"

    def date(self, name: str) -> tuple[Column, Mask]:
        values = self.raw(name)
        missing = values == UNKNOWN
        return np.where(missing, 1, values), missing

    # Terms and the statutory figures they point to.

    def term(self, leaf: Leaf) -> tuple[Column | tuple[Column, Column], Mask | None, str]:
        term = self.choices.terms.get(leaf.name)
        if leaf.size:
            assert term is not None, "a table is a term"
            return self.table(leaf, term.statutory)
        numbers = self.terms.numbers(leaf.name)[self.rows]
        points = numbers == STATUTORY
        if term is None or term.statutory is None or not points.any():
            return numbers, None, ""
        figures, missing = self.figure(self.known[term.statutory])
        return np.where(points, figures, numbers), points & missing, "no-parameter-in-force"

    def table(self, leaf: Leaf, statutory: str | None) -> tuple[tuple[Column, Column], Mask | None, str]:
        if statutory is None or self.choices.get(leaf.name) != "statutory":
            return (self.terms.tables(leaf.name, leaf.size), self.rows), None, ""
        table, missing = self._table(self.known[statutory], leaf.size)
        return table, missing, "no-parameter-in-force"

    def figures_on(self) -> Column:
        """The day whose statutory figures apply: in the year of the wage period."""
        at, years = self.segments, self.over.years[self.segments.periods]
        first = calendar.first_of_month(years * 12)
        if self.choices.says("figures_on", "first_of_year"):
            return first
        return np.minimum(np.maximum(at.on, first), calendar.first_of_month(years * 12 + 12) - 1)

    def figure(self, parameter: Parameter) -> tuple[Column, Mask]:
        if not _goes_by_birth(parameter):
            return figure_of(parameter, self.figures_on())
        birth, unborn = self.date("birth_on")
        found, missing = figure_of(parameter, self.figures_on(), birth)
        return found, missing | unborn

    def _table(self, parameter: Parameter, size: int) -> tuple[tuple[Column, Column], Mask]:
        epochs, found = _epochs(parameter)
        tables = np.array([(0,) * size if one is None else one.table for one in found], dtype=np.int64)
        place = np.searchsorted(epochs, self.figures_on(), side="right") - 1
        return (tables, place), np.array([one is None for one in found])[place]


def figure_of(parameter: Parameter, days: Column, birth: Column | None = None) -> tuple[Column, Mask]:
    """The figures in force on days, and where none is known; of one that goes by date of birth, by that."""
    if birth is None:
        epochs, held = _epochs(parameter)
        place = np.searchsorted(epochs, days, side="right") - 1
        values = np.array([0 if one is None else one.value for one in held], dtype=np.int64)
        return values[place], np.array([one is None for one in held])[place]
    found, missing = np.zeros(len(days), dtype=np.int64), np.ones(len(days), dtype=bool)
    # The latest known of several for one day counts: later ones are laid over earlier ones.
    for value in sorted(parameter.values, key=_known_from):
        holds = (days >= value.start.toordinal()) & (days < _until(value))
        if value.birth_from is not None:
            holds &= birth >= value.birth_from.toordinal()
        if value.birth_until is not None:
            holds &= birth < value.birth_until.toordinal()
        found[holds] = value.value
        missing &= ~holds
    return found, missing


def _goes_by_birth(parameter: Parameter) -> bool:
    return any(value.birth_from or value.birth_until for value in parameter.values)


def _epochs(parameter: Parameter) -> tuple[Column, list[ParameterValue | None]]:
    """The days on which a figure changes, and what holds from each on."""
    epochs = sorted({1, *(day.toordinal() for day in parameter.starts)})
    found: list[ParameterValue | None] = []
    for epoch in epochs:
        held = [one for one in parameter.values if one.start.toordinal() <= epoch < _until(one)]
        found.append(max(held, key=_known_from, default=None))
    return np.array(epochs, dtype=np.int64), found


def _known_from(value: ParameterValue) -> int:
    return value.known_from.toordinal() if value.known_from else 0


def _until(value: ParameterValue) -> int:
    return value.until.toordinal() if value.until else ENDLESS
