"""Dated statutory figures: read from YAML, checked, looked up on a date. A gap is a refusal, never a guess."""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from schakel.engine import units
from schakel.engine.errors import NoParameterInForce
from schakel.engine.units import Unit


@dataclass(frozen=True, slots=True)
class Written:
    """How a figure is written: in its unit, or as it is published (percent, years) and kept in that unit."""

    unit: Unit
    divided: int = 1
    factor: int = 1


WRITTEN: Mapping[str, Written] = {name: Written(unit) for name, unit in units.UNITS.items()} | {
    "percent": Written(units.SHARE, divided=100),
    "class_percent": Written(units.PART, divided=100),
    "years": Written(units.MONTHS, factor=12),
}
#: How many entries a table has: whole years of age, whole percents of incapacity. Another key says its own size.
SIZES: Mapping[str, int] = {"age": 131, "incapacity": 101}
CERTAINTIES = ("verified", "secondary", "derived", "memory")
NEEDED = frozenset({"nl", "en", "unit", "law", "values"})
PARAMETER_FIELDS = NEEDED | {"highest", "key", "size", "note"}
VALUE_FIELDS = frozenset(
    {
        "from",
        "until",
        "value",
        "table",
        "source",
        "certainty",
        "known_from",
        "birth_from",
        "birth_until",
        "note",
    }
)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One figure, or one table of them, from when until when, who says so, and how sure that is."""

    start: date
    until: date | None
    value: int
    source: str
    certainty: str
    known_from: date | None = None  #: only when it became known later than it took effect
    birth_from: date | None = None
    birth_until: date | None = None
    table: tuple[int, ...] = ()  #: every entry from key 0; empty for one figure
    note: str = ""

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.until is None or on < self.until)

    def is_for(self, birth_on: date | None) -> bool:
        """Whether it is for who was born on this day; a figure for everybody is for who has no such day too."""
        if self.birth_from is not None and (birth_on is None or birth_on < self.birth_from):
            return False
        return self.birth_until is None or (birth_on is not None and birth_on < self.birth_until)

    def is_known(self, on: date | None) -> bool:
        """Whether it was known on a day; None: whatever is known."""
        return on is None or self.known_from is None or self.known_from <= on

    @property
    def highest(self) -> int:
        """The largest number in it."""
        return max(self.table, default=self.value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One statutory quantity over time."""

    name: str
    nl: str
    en: str
    unit: Unit
    law: str
    lowest: int
    highest: int
    values: tuple[ParameterValue, ...]
    key: str = ""  #: of a table: what it is looked up by
    size: int = 0  #: of a table: how many entries; 0 for one figure
    note: str = ""

    @property
    def starts(self) -> set[date]:
        """Every day on which a figure starts or stops to hold."""
        ends = {value.until for value in self.values if value.until is not None}
        return {value.start for value in self.values} | ends

    def holding(self, on: date, known_on: date | None = None) -> list[ParameterValue]:
        """Every figure in force on a day, whomever it is for; the latest known first."""
        found = [value for value in self.values if value.holds(on) and value.is_known(known_on)]
        return sorted(found, key=lambda value: value.known_from or date.min, reverse=True)

    def at(self, on: date, *, birth_on: date | None = None, known_on: date | None = None) -> ParameterValue:
        """The figure in force on a day, as known on another: the latest known. Raises NoParameterInForce."""
        return self.first_for(self.holding(on, known_on), on, birth_on)

    def first_for(self, holding: Sequence[ParameterValue], on: date, birth_on: date | None) -> ParameterValue:
        """The first of these that is for who was born on a day. Raises NoParameterInForce."""
        for value in holding:
            if value.is_for(birth_on):
                return value
        raise NoParameterInForce(
            f"“{self.en}” is not known for {on}. Add it to the parameters, with its source, once it is published.",
            f"“{self.nl}” is voor {on:%d-%m-%Y} niet bekend. Voeg het cijfer toe aan de parameters, met bron, "
            "zodra het is gepubliceerd.",
            about=self.name,
        )


class ParameterSet:
    """Parameters by name."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)
        self._days: dict[frozenset[str], tuple[date, ...]] = {}
        self._holding: dict[tuple[str, int], list[ParameterValue]] = {}

    def days_of_change(self, names: frozenset[str]) -> tuple[date, ...]:
        """Every day on which one of these figures starts or stops to hold, in order; worked out once."""
        if names not in self._days:
            found = {day for name in names if name in self for day in self[name].starts}
            self._days[names] = tuple(sorted(found))
        return self._days[names]

    def in_force(self, name: str, on: date, birth_on: date | None = None) -> ParameterValue:
        """The figure in force on a day; sought once between two changes of it. Raises NoParameterInForce."""
        parameter = self._parameters[name]
        between = name, bisect_right(self.days_of_change(frozenset({name})), on)
        holding = self._holding.get(between)
        if holding is None:
            holding = self._holding[between] = parameter.holding(on)
        return parameter.first_for(holding, on, birth_on)

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parameters

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._parameters.values())

    def with_value(self, name: str, value: ParameterValue) -> "ParameterSet":
        """The same set with one more value; for what-if and tests."""
        parameter = self._parameters[name]
        return ParameterSet({**self._parameters, name: replace(parameter, values=(*parameter.values, value))})

    def known_on(self, day: date) -> "ParameterSet":
        """The set as it was known on a day: without what became known with retroactive effect only later."""
        return ParameterSet(
            {
                one.name: replace(one, values=tuple(value for value in one.values if value.is_known(day)))
                for one in self
            }
        )


def read(text: str) -> dict[str, Parameter]:
    """Parameters from YAML. Raises ValueError that names the parameter, the date and what is missing or wrong."""
    return {name: _parameter(name, entry) for name, entry in yaml.safe_load(text).items()}


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    _fields(name, entry, NEEDED, PARAMETER_FIELDS)
    if entry["unit"] not in WRITTEN:
        raise ValueError(f"{name}: unit {entry['unit']!r} is none of {', '.join(sorted(WRITTEN))}")
    if not entry["values"]:
        raise ValueError(f"{name}: values is empty; leave the parameter out until a figure is published")
    written = WRITTEN[entry["unit"]]
    key, size = _key(name, entry)
    values = tuple(_value(name, written, size, value) for value in entry["values"])
    _without_overlap(name, values)
    largest = max(value.highest for value in values)
    highest = _integer(name, written, entry["highest"]) if "highest" in entry else largest * 4
    if largest > highest:
        raise ValueError(f"{name}: a value is above highest ({entry['highest']}); is there a typing error?")
    return Parameter(
        name,
        entry["nl"],
        entry["en"],
        written.unit,
        entry["law"],
        0,
        highest,
        values,
        key,
        size,
        entry.get("note", ""),
    )


def _fields(where: str, entry: Mapping[str, Any], needed: frozenset[str], known: frozenset[str]) -> None:
    """Nothing needed is missing and nothing unknown is said: a misspelt field would silently not count."""
    missing = {field for field in needed if entry.get(field) is None}
    if missing:
        raise ValueError(f"{where}: missing {', '.join(sorted(missing))}")
    unknown = entry.keys() - known
    if unknown:
        raise ValueError(f"{where}: unknown field {', '.join(sorted(unknown))}")


def _key(name: str, entry: Mapping[str, Any]) -> tuple[str, int]:
    """What a table is looked up by and how many entries that takes; nothing for one figure."""
    key, size = entry.get("key", ""), entry.get("size")
    if not key:
        if size is not None:
            raise ValueError(f"{name}: a size without a key; say what the table is looked up by")
        return "", 0
    if key in SIZES:
        if size is not None and size != SIZES[key]:
            raise ValueError(f"{name}: a table by {key} has {SIZES[key]} entries, not {size}")
        return key, SIZES[key]
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise ValueError(f"{name}: missing size: how many entries a table by {key} has")
    return key, size


def _value(name: str, written: Written, size: int, entry: Mapping[str, Any]) -> ParameterValue:
    where = f"{name} {entry.get('from', '(no date)')}"
    _fields(where, entry, frozenset({"from", "table" if size else "value"}), VALUE_FIELDS)
    if not entry.get("source") or entry.get("certainty") not in CERTAINTIES:
        raise ValueError(f"{where}: cite a source and a certainty of {CERTAINTIES}")
    if ("value" if size else "table") in entry:
        raise ValueError(f"{where}: one figure has a value, and what has a key has a table")
    start, until, known_from = entry["from"], entry.get("until"), entry.get("known_from")
    for day in (start, until, known_from, entry.get("birth_from"), entry.get("birth_until")):
        if day is not None and type(day) is not date:
            raise ValueError(f"{where}: {day!r} is no date; write 2026-01-01")
    if until is not None and until <= start:
        raise ValueError(f"{where}: until {until} is not after from")
    if known_from is not None and known_from <= start:
        raise ValueError(f"{where}: known_from is only for what became known after it took effect")
    return ParameterValue(
        start,
        until,
        0 if size else _integer(where, written, entry["value"]),
        entry["source"],
        entry["certainty"],
        known_from,
        entry.get("birth_from"),
        entry.get("birth_until"),
        _dense(where, written, size, entry["table"]) if size else (),
        entry.get("note", ""),
    )


def _dense(where: str, written: Written, size: int, table: Any) -> tuple[int, ...]:
    """A table in which each key stands for itself and all up to the next, with every entry written out."""
    if not isinstance(table, Mapping) or any(type(key) is not int for key in table):
        raise ValueError(f"{where}: a table is {{0: …, 15: …}}, each with the whole number it starts at")
    keys = list(table)
    if keys != sorted(keys) or not keys or keys[0] != 0:
        # Below the first key the law gives nothing or something; only a person can say which.
        raise ValueError(f"{where}: a table runs upwards from 0; write 0: 0 where the law gives nothing")
    if keys[-1] >= size:
        raise ValueError(f"{where}: the table ends at {size - 1}, but has an entry at {keys[-1]}")
    found: list[int] = []
    for key, following in itertools.pairwise((*keys, size)):
        found += [_integer(where, written, table[key])] * (following - key)
    return tuple(found)


def _integer(where: str, written: Written, value: Any) -> int:
    if type(value) is date and written.unit == units.DATE:
        return value.toordinal()
    try:
        exact = Decimal(str(value)) * written.unit.scale * written.factor / written.divided
    except InvalidOperation:
        raise ValueError(f"{where}: {value!r} is no number") from None
    if not exact.is_finite() or exact < 0:
        raise ValueError(f"{where}: {value} is no amount, share or count")
    if exact != exact.to_integral_value():
        raise ValueError(f"{where}: {value} is finer than {written.unit.name} can hold")
    return int(exact)


def _without_overlap(name: str, values: Sequence[ParameterValue]) -> None:
    """For one day, one birth date and one state of knowledge there is one figure."""
    for one, other in itertools.combinations(values, 2):
        if (
            one.known_from == other.known_from
            and _meet(one.start, one.until, other.start, other.until)
            and _meet(one.birth_from, one.birth_until, other.birth_from, other.birth_until)
        ):
            raise ValueError(
                f"{name} {other.start}: overlaps the entry of {one.start}; say known_from or until"
            )


def _meet(start: date | None, until: date | None, other_start: date | None, other_until: date | None) -> bool:
    return (start or date.min) < (other_until or date.max) and (other_start or date.min) < (until or date.max)


@cache
def statutory() -> ParameterSet:
    """Every parameter that is packaged with the engine."""
    found: dict[str, Parameter] = {}
    for folder in (files("schakel.engine") / "statutory", *(files("schakel.engine") / "benefits").iterdir()):
        if not folder.is_dir():
            continue
        for entry in folder.iterdir():
            if entry.name.endswith(".yaml"):
                more = read(entry.read_text(encoding="utf-8"))
                if found.keys() & more.keys():
                    raise ValueError(
                        f"{entry.name}: {', '.join(found.keys() & more.keys())} is there already"
                    )
                found |= more
    return ParameterSet(found)
