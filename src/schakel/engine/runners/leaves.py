"""The leaves of a graph as columns, one value a segment, and why some cannot be read."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakel.engine.derived import AGE_AT, FOLLOWS_THE_DAY, MONTHS, OLDEST, working_days
from schakel.engine.employee import FACTS
from schakel.engine.graph import Leaf
from schakel.engine.parameters import Parameter, ParameterSet, ParameterValue
from schakel.engine.reading import HOURS
from schakel.engine.runners import calendar
from schakel.engine.runners.histories import ENDLESS, UNKNOWN, Column, People
from schakel.engine.runners.in_force import InForce, Words
from schakel.engine.runners.segments import Horizon, Segments
from schakel.engine.runners.term_table import STATUTORY
from schakel.engine.targets.numpy import Number, Worked, one_number

Mask = NDArray[np.bool_]
Missing = tuple[tuple[Mask, str], ...]
"""Where a leaf cannot be read, and the code of that refusal; the first counts."""


@dataclass(frozen=True, slots=True)
class Read:
    """A leaf as it was read."""

    number: Number
    missing: Missing = ()


class Reader:
    """Reads leaves for segments: each once, whichever benefits ask for it."""

    def __init__(
        self,
        people: People,
        segments: Segments,
        over: Horizon,
        known: ParameterSet,
        part_of: tuple["Reader", Column] | None = None,
    ) -> None:
        self.people, self.segments, self.over, self.known = people, segments, over, known
        self.worked = Worked()
        self._part_of = part_of  #: the segments these are some of, and which of them
        self._read: dict[Hashable, Read] = {}
        self._columns: dict[Hashable, Column] = {}

    def picked(self, places: Column) -> "Reader":
        """Some of the segments."""
        return Reader(self.people, self.segments.picked(places), self.over, self.known, (self, places))

    def of(self, leaf: Leaf, terms: InForce) -> Read:
        """The values of a leaf, and where and why it has none."""
        if leaf.kind in {"fact", "derived"}:
            return self.of_facts(leaf, terms.words)
        return self.table(leaf, terms) if leaf.size else self.term(leaf.name, terms)

    def of_facts(self, leaf: Leaf, words: Words) -> Read:
        """A fact, or what is derived from facts and the day."""
        return self.fact(leaf.name, words) if leaf.kind == "fact" else self.derived(leaf.name, words)

    def _once(self, key: Hashable, read: Callable[[], Read]) -> Read:
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]

    def _column(self, key: Hashable, work: Callable[[], Column]) -> Column:
        if key not in self._columns:
            self._columns[key] = work()
        return self._columns[key]

    # Facts.

    def fact(self, name: str, words: Words) -> Read:
        """A fact, in the range it may have."""
        if name == "is_employed":
            return self._once(name, lambda: Read(_number(self.is_in.astype(np.int64), name)))
        key = "fact", name, words.day_of(name), words.day_of("salary_kind") if name == HOURS else ""
        return self._once(key, lambda: self._fact(name, words, key))

    def _fact(self, name: str, words: Words, key: Hashable) -> Read:
        fact, values = FACTS[name], self.raw(name, words)
        if name == HOURS:
            return self._hours(values, words, key)
        if fact.unit.name == "date":
            values, missing = self.date(name)
            return Read(_number(values, key), _where(missing, "missing-fact"))
        if not len(values) or (values.min() >= fact.lowest and values.max() <= fact.highest):
            return Read(_number(values, key))
        return self._in_range(name, values, values == UNKNOWN, key)

    def _hours(self, values: Column, words: Words, key: Hashable) -> Read:
        """Full-time hours are needed only of who is paid by the hour."""
        fact, kind = FACTS[HOURS], self.raw("salary_kind", words)
        is_hourly = kind == FACTS["salary_kind"].choices.index("hourly")
        missing = (is_hourly & (values == UNKNOWN)) | (kind == UNKNOWN)
        return self._in_range(HOURS, np.where(is_hourly, values, fact.lowest), missing, key)

    @staticmethod
    def _in_range(name: str, values: Column, missing: Mask, key: Hashable) -> Read:
        fact = FACTS[name]
        outside = (values < fact.lowest) | (values > fact.highest)
        return Read(
            _number(np.where(outside, fact.lowest, values), key),
            _where(missing, "missing-fact") + _where(outside & ~missing, "implausible-fact"),
        )

    def raw(self, name: str, words: Words) -> Column:
        """The value on the day it is read: by the reference date of the scheme."""
        word = words.day_of(name)
        return self._column((name, word), lambda: self._raw(name, word))

    def _raw(self, name: str, word: str) -> Column:
        history, at = self.people.facts.get(name), self.segments
        if history is None:
            return np.full(len(at), UNKNOWN)
        if self._part_of is not None:
            whole, places = self._part_of
            return whole._column((name, word), lambda: whole._raw(name, word))[places]
        if word != "each_change" and "is_employed" in self.people.facts:
            return history.at(at.owners, self._day(word))
        steps = at.steps(history)
        # The last one is found for −1 as well, and is then not known.
        values = history.values[steps] if len(history.values) else np.full(len(at), UNKNOWN)
        return values if steps.min(initial=0) >= 0 else np.where(steps >= 0, values, UNKNOWN)

    @property
    def is_in(self) -> Mask:
        """Who is in service."""
        found: Mask = self._column("is in service", self._is_in) == 1
        return found

    def _is_in(self) -> Column:
        if "is_employed" not in self.people.facts:
            return np.zeros(len(self.segments), dtype=np.int64)
        return self._raw("is_employed", "each_change")

    def _day(self, word: str) -> Column:
        """The day of a reference date, or the nearest one of the employment."""
        at, employed = self.segments, self.people.facts["is_employed"]
        if word == "first_of_month":
            days = calendar.first_of_month(calendar.months(at.on))
        elif word == "first_of_year":
            days = calendar.first_of_month(self.over.years[at.periods] * 12)
        else:
            days = self.over.starts[at.periods]
        steps, is_in = at.steps(employed), self.is_in
        begun = np.where(is_in, employed.starts[steps], 1)
        ended = np.where(is_in, employed.until(steps), ENDLESS)
        within = np.minimum(np.maximum(days, begun), ended - 1)
        return np.where(is_in, within, days)

    # What is derived.

    def derived(self, name: str, words: Words) -> Read:
        """What is worked out from facts and the day."""
        key = "derived", name, words.age_on
        return self._once(key, lambda: self._derived(name, words.age_on, key))

    def _derived(self, name: str, word: str, key: Hashable) -> Read:
        at = self.segments
        if name in BY_PERIOD:
            return Read(_number(np.array(BY_PERIOD[name](self.over), dtype=np.int64)[at.periods], key))
        if name in {"day", "calendar_month"}:
            return Read(_number(at.on if name == "day" else self.months % 12 + 1, key))
        if name in FOLLOWS_THE_DAY:
            since, missing = self.date(FOLLOWS_THE_DAY[name])
            found = np.clip(calendar.completed_months(since, at.on), 0, MONTHS)
            found = np.minimum(found // 12, 70) if name.endswith("_years") else found
            return Read(_number(found, key), _where(missing, "missing-fact"))
        if name in AGE_AT:
            birth, unborn = self.date("birth_on")
            since, missing = self.date(AGE_AT[name])
            found = np.clip(calendar.months(since) - calendar.months(birth), 0, MONTHS)
            return Read(_number(found, key), _where(unborn | missing, "missing-fact"))
        if name == "ages":
            own, no_own = self.age("birth_on", word)
            partner, no_partner = self.age("partner_birth_on", word)
            found = own // 12 * (OLDEST + 1) + partner // 12
            return Read(_number(found, key), _where(no_own | no_partner, "missing-fact"))
        found, missing = self.age("partner_birth_on" if name.startswith("partner") else "birth_on", word)
        found = found // 12 if name.endswith("_years") else found
        return Read(_number(found, key), _where(missing, "missing-fact"))

    def age(self, birth_on: str, word: str) -> tuple[Column, Mask]:
        """An age in months, and of whom it is not known."""
        birth, missing = self.date(birth_on)
        return self._column((birth_on, "age", word), lambda: self._age(birth_on, birth, word)), missing

    def _age(self, birth_on: str, birth: Column, word: str) -> Column:
        at = self.segments
        if word == "month_reached":
            months = self.months - self.birth_months(birth_on)
        else:
            months = calendar.age_in_months(birth, at.on, self.over.years[at.periods], word)
        found: Column = np.clip(months, 0, MONTHS)
        return found

    @property
    def months(self) -> Column:
        """The month of the day that is read."""
        return self._column("month", lambda: self.over.month_of[self.over.day(self.segments.on)])

    def birth_months(self, birth_on: str) -> Column:
        """The month of birth."""
        return self._column((birth_on, "month"), lambda: calendar.months(self.date(birth_on)[0]))

    def date(self, name: str) -> tuple[Column, Mask]:
        """A fact that is a date, and of whom it is not known."""
        values = self._column((name, "each_change"), lambda: self._raw(name, "each_change"))
        missing = values == UNKNOWN
        return np.where(missing, 1, values) if missing.any() else values, missing

    # Terms and the statutory figures they point to.

    def term(self, name: str, terms: InForce) -> Read:
        """A term that is a number, or the figure it points to."""
        of_rows = terms.table.numbers(name)
        used = of_rows[terms.used]
        statutory = terms.choices.terms[name].statutory if name in terms.choices.terms else None
        points = used == STATUTORY if statutory is not None else np.zeros(1, dtype=bool)
        if statutory is not None and points.all():
            return self.figure(self.known[statutory], terms.words)
        if (used == used[0]).all():
            return Read(one_number(int(used[0])))
        key = "term", terms.mark, used.tobytes()
        if statutory is None or not points.any():
            return self._once(key, lambda: Read(Number(of_rows[terms.rows], key)))
        figure, here = self.figure(self.known[statutory], terms.words), of_rows[terms.rows] == STATUTORY
        values = np.where(here, figure.number.value, of_rows[terms.rows])
        missing = tuple((here & where, code) for where, code in figure.missing)
        return Read(Number(values, (*key, statutory, terms.words.figures_on)), missing)

    def table(self, leaf: Leaf, terms: InForce) -> Read:
        """A term that is a table, or the table of the law it points to."""
        term = terms.choices.terms[leaf.name]
        if term.statutory is not None and terms.choices.get(leaf.name) == "statutory":
            return self.lawful_table(self.known[term.statutory], leaf.size, terms.words)
        tables = terms.table.tables(leaf.name, leaf.size)
        used = tables[terms.used]
        if (used == used[0]).all():
            return Read(Number(used[0], ("table", used[0].tobytes())))
        return Read(Number((tables, terms.rows), ("tables", terms.mark, used.tobytes())))

    def figures_on(self, words: Words) -> Column:
        """The day whose statutory figures apply: in the year of the wage period."""
        return self._column(("figures", words.figures_on), lambda: self._figures_on(words.figures_on))

    def _figures_on(self, word: str) -> Column:
        at, years = self.segments, self.over.years
        first, last = calendar.first_of_month(years * 12), calendar.first_of_month(years * 12 + 12) - 1
        if word == "first_of_year":
            return first[at.periods]
        if first.max() <= self.over.starts[0] and last.min() >= self.over.ends[-1] - 1:
            return at.on
        return np.minimum(np.maximum(at.on, first[at.periods]), last[at.periods])

    def figure(self, parameter: Parameter, words: Words) -> Read:
        """The figure in force."""
        key = "figure", parameter.name, words.figures_on
        return self._once(key, lambda: self._figure(parameter, words, key))

    def _figure(self, parameter: Parameter, words: Words, key: Hashable) -> Read:
        days = self.figures_on(words)
        if not _goes_by_birth(parameter):
            epochs, held = _epochs(parameter)
            ends = np.searchsorted(epochs, [days.min(initial=ENDLESS), days.max(initial=1)], side="right") - 1
            only = held[int(ends[0])]
            if ends[0] == ends[1] and only is not None:
                return Read(one_number(only.value))
            found, missing = figure_of(parameter, days)
            return Read(_number(found, key), _where(missing, "no-parameter-in-force"))
        birth, unborn = self.date("birth_on")
        found, missing = figure_of(parameter, days, birth)
        return Read(_number(found, key), _where(missing | unborn, "no-parameter-in-force"))

    def lawful_table(self, parameter: Parameter, size: int, words: Words) -> Read:
        """The table of the law in force."""
        key = "figures", parameter.name, size, words.figures_on
        return self._once(key, lambda: self._lawful_table(parameter, size, words, key))

    def _lawful_table(self, parameter: Parameter, size: int, words: Words, key: Hashable) -> Read:
        epochs, held = _epochs(parameter)
        tables = np.array([(0,) * size if one is None else one.table for one in held], dtype=np.int64)
        place = np.searchsorted(epochs, self.figures_on(words), side="right") - 1
        missing = np.array([one is None for one in held])[place]
        return Read(Number((tables, place), key), _where(missing, "no-parameter-in-force"))


BY_PERIOD: Mapping[str, Callable[[Horizon], Sequence[int] | Column]] = {
    "calendar_year": lambda over: over.years,
    "wage_period_number": lambda over: [one.number for one in over.periods],
    "working_days_in_period": lambda over: [working_days(one.period) for one in over.periods],
}
"""What the wage period alone decides."""


def _number(values: Column, mark: Hashable) -> Number:
    """A column, or one number where everybody has the same: what is worked out from it then is one number too."""
    if len(values) and values.min() == values.max():
        return one_number(int(values[0]))
    return Number(values, mark)


def _where(missing: Mask, code: str) -> Missing:
    return ((missing, code),) if missing.any() else ()


def figure_of(parameter: Parameter, days: Column, birth: Column | None = None) -> tuple[Column, Mask]:
    """The figures in force on days, and where none is known; of one that goes by date of birth, by that."""
    if birth is None:
        epochs, held = _epochs(parameter)
        place = np.searchsorted(epochs, days, side="right") - 1
        values = np.array([0 if one is None else one.value for one in held], dtype=np.int64)
        return values[place], np.array([one is None for one in held])[place]
    # One figure for each change of the law and each range of births: looked up at once for everybody.
    epochs, bands = _changes(parameter), _bands(parameter)
    held = [_held(parameter, int(epoch), int(band)) for epoch in epochs for band in bands]
    values = np.array([0 if one is None else one.value for one in held], dtype=np.int64)
    unknown = np.array([one is None for one in held])
    place = (np.searchsorted(epochs, days, side="right") - 1) * len(bands)
    place += np.searchsorted(bands, birth, side="right") - 1
    return values[place], unknown[place]


def _goes_by_birth(parameter: Parameter) -> bool:
    return any(value.birth_from or value.birth_until for value in parameter.values)


def _changes(parameter: Parameter) -> Column:
    return np.array(sorted({1, *(day.toordinal() for day in parameter.starts)}), dtype=np.int64)


def _bands(parameter: Parameter) -> Column:
    """The births from which other figures hold."""
    ends = {day for value in parameter.values for day in (value.birth_from, value.birth_until) if day}
    return np.array(sorted({1, *(day.toordinal() for day in ends)}), dtype=np.int64)


def _epochs(parameter: Parameter) -> tuple[Column, list[ParameterValue | None]]:
    """The days on which a figure changes, and what holds from each on."""
    epochs = _changes(parameter)
    return epochs, [_held(parameter, int(epoch)) for epoch in epochs]


def _held(parameter: Parameter, day: int, birth: int | None = None) -> ParameterValue | None:
    """The figure that holds on a day, for who was born on another; of several the latest known."""
    held = [one for one in parameter.values if one.start.toordinal() <= day < _until(one)]
    if birth is not None:
        held = [one for one in held if _is_born(one, birth)]
        # The last of those that became known on one day counts.
        held.reverse()
    return max(held, key=_known_from, default=None)


def _is_born(value: ParameterValue, birth: int) -> bool:
    begin = value.birth_from.toordinal() if value.birth_from else 0
    return begin <= birth < (value.birth_until.toordinal() if value.birth_until else ENDLESS)


def _known_from(value: ParameterValue) -> int:
    return value.known_from.toordinal() if value.known_from else 0


def _until(value: ParameterValue) -> int:
    return value.until.toordinal() if value.until else ENDLESS
