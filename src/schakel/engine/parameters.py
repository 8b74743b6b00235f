"""Dated statutory figures: read from YAML, checked, looked up on a date. A gap is a refusal, never a guess."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from schakel.engine.errors import NoParameterInForce
from schakel.engine.exact import Unit

UNITS = {
    "euros_per_year": Unit("euros_per_year", 100, is_money=True),
    "euros": Unit("euros", 100, is_money=True),
    "share": Unit("share", 1_000_000),
    "months": Unit("months", 1),
}
CERTAINTIES = ("verified", "secondary", "derived", "memory")


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One figure, from when until when, who says so, and how sure that is."""

    start: date
    until: date | None
    value: int
    source: str
    certainty: str
    known_from: date | None = None  #: only when it became known later than it took effect
    birth_from: date | None = None
    birth_until: date | None = None
    table: tuple[int, ...] = ()

    def holds(self, on: date, birth_on: date | None) -> bool:
        if self.birth_from is not None and (birth_on is None or birth_on < self.birth_from):
            return False
        if self.birth_until is not None and (birth_on is None or birth_on >= self.birth_until):
            return False
        return self.start <= on and (self.until is None or on < self.until)


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

    @property
    def starts(self) -> set[date]:
        """Every day on which a figure starts or stops to hold."""
        ends = {value.until for value in self.values if value.until is not None}
        return {value.start for value in self.values} | ends

    def at(self, on: date, *, birth_on: date | None = None, known_on: date | None = None) -> ParameterValue:
        """The figure in force on a day, as known on another. Raises NoParameterInForce."""
        found = [
            value
            for value in self.values
            if value.holds(on, birth_on)
            and (known_on is None or value.known_from is None or value.known_from <= known_on)
        ]
        if not found:
            raise NoParameterInForce(
                f"“{self.en}” is not known for {on}. Add it to the parameters, with its source, once it is published.",
                f"“{self.nl}” is voor {on:%d-%m-%Y} niet bekend. Voeg het cijfer toe aan de parameters, met bron, "
                "zodra het is gepubliceerd.",
                about=self.name,
            )
        return max(found, key=lambda value: value.known_from or date.min)


class ParameterSet:
    """Parameters by name."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)

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


def read(text: str) -> dict[str, Parameter]:
    """Parameters from YAML. Raises ValueError that names the parameter and what is missing."""
    return {name: _parameter(name, entry) for name, entry in yaml.safe_load(text).items()}


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    missing = {"nl", "en", "unit", "law", "values"} - entry.keys()
    if missing:
        raise ValueError(f"{name}: missing {', '.join(sorted(missing))}")
    unit = UNITS[entry["unit"]]
    values = tuple(_value(name, unit, value) for value in entry["values"])
    highest = entry.get("highest")
    return Parameter(
        name,
        entry["nl"],
        entry["en"],
        unit,
        entry["law"],
        0,
        _integer(unit, highest) if highest is not None else max(value.value for value in values) * 4,
        values,
    )


def _value(name: str, unit: Unit, entry: Mapping[str, Any]) -> ParameterValue:
    if not entry.get("source") or entry.get("certainty") not in CERTAINTIES:
        raise ValueError(f"{name} {entry.get('from')}: cite a source and a certainty of {CERTAINTIES}")
    return ParameterValue(
        entry["from"],
        entry.get("until"),
        _integer(unit, entry["value"]),
        entry["source"],
        entry["certainty"],
        entry.get("known_from"),
        entry.get("birth_from"),
        entry.get("birth_until"),
    )


def _integer(unit: Unit, value: Any) -> int:
    exact = Decimal(str(value)) * unit.scale
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} is finer than {unit.name} can hold")
    return int(exact)


@cache
def statutory() -> ParameterSet:
    """Every parameter that is packaged with the engine."""
    found: dict[str, Parameter] = {}
    for folder in (files("schakel.engine") / "statutory", *(files("schakel.engine") / "benefits").iterdir()):
        if not folder.is_dir():
            continue
        for entry in folder.iterdir():
            if entry.name.endswith(".yaml"):
                found |= read(entry.read_text(encoding="utf-8"))
    return ParameterSet(found)
