"""What an employer may choose for a benefit, and how a choice is read from text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from schakel.engine import units
from schakel.engine.errors import WrongTerms
from schakel.engine.rounding import ROUNDINGS, SIZES, WAYS
from schakel.engine.units import Unit


@dataclass(frozen=True, slots=True)
class Kind:
    """How a number is written by people: its unit, what it is divided by, how fine it may be."""

    unit: Unit
    divided: int = 1
    factor: int = 1
    decimals: int = 0  #: how many may be written


KINDS: Mapping[str, Kind] = {
    "percent": Kind(units.SHARE, divided=100, decimals=4),
    "per_mille": Kind(units.SHARE, divided=1000, decimals=3),
    "class_percent": Kind(units.PART, divided=100, decimals=2),
    "euros": Kind(units.EUROS_PER_YEAR, decimals=2),
    "euros_a_period": Kind(units.EUROS, decimals=2),
    "euros_a_day": Kind(units.EUROS, decimals=2),
    "euros_an_hour": Kind(units.EUROS_PER_HOUR, decimals=4),
    "euros_a_km": Kind(units.EUROS_PER_KILOMETRE, decimals=4),
    "times": Kind(units.MULTIPLE, decimals=2),
    "years": Kind(units.MONTHS, factor=12),
    "months": Kind(units.MONTHS),
    "count": Kind(units.COUNT),
    "hours": Kind(units.HOURS, decimals=2),
    "days": Kind(units.DAYS, decimals=2),
}
KEYS: Mapping[str, int] = {
    "age": 131,
    "incapacity": 101,
    "class": 100,
    "service": 71,
    "ages": 131 * 131,
    "months": 121,
    "registration_year": 2101,
    "employees": 1001,
    "available_years": 5,
}
"""What a table is looked up by, and how many entries that takes; `ages` is the employee's and the partner's."""
MOST_TRANCHES = 20
SHAPES = {"word", "yes_no", "rounding"}
"""Choices that select how is calculated; all others are numbers to calculate with."""

Value = int | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One choice (voorwaarde): its kind, what it may be, and the value when the scheme does not say.

    kind: one of KINDS ("26.5" percent, "19172.00" euros, "18" years), a table of them (percent_by_age), their
    tranches (percent_tranches), date, yes_no, word, rounding. `statutory` names the parameter that the word
    "statutory" stands for. A term that `is_optional` may be left out, and then it does not count.
    """

    name: str
    kind: str
    nl: str
    en: str
    example: str
    default: str | bool | None = None
    lowest: str = "0"
    highest: str = "100"
    statutory: str | None = None
    words: tuple[str, ...] = ()
    is_optional: bool = False
    source: str = field(default="", compare=False)  #: of a scheme's own figure: where its regulation says it
    certainty: str = field(default="", compare=False)

    @property
    def is_shape(self) -> bool:
        return self.kind in SHAPES

    @property
    def key(self) -> str:
        """What the table is looked up by; empty for one number."""
        return self.kind.rpartition("_by_")[2] if "_by_" in self.kind else ""

    @property
    def number(self) -> Kind:
        """How each of its numbers is written."""
        if self.kind == "date":
            return Kind(units.DATE)
        return KINDS[self.kind.partition("_by_")[0].removesuffix("_tranches")]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be."""
        if self.kind == "rounding":
            return ROUNDINGS
        return ("false", "true") if self.kind == "yes_no" else self.words

    @property
    def unit(self) -> Unit:
        if self.kind == "yes_no":
            return units.YES_NO
        return units.CHOICE if self.is_shape else self.number.unit

    @property
    def bounds(self) -> tuple[int, int]:
        """The range of its integers."""
        if self.is_shape:
            return 0, max(len(self.choices) - 1, 1)
        if self.kind == "date":
            return date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
        return self._integer(self.lowest), self._integer(self.highest)

    def read(self, value: Any) -> Value:
        """The integer rules calculate with, a table of them, or a word. Raises WrongTerms with what is allowed."""
        if self.kind == "yes_no" and isinstance(value, bool):
            return int(value)
        if self.statutory is not None and value == "statutory":
            return "statutory"
        if self.is_shape:
            return self._word(value)
        if self.key:
            return self._table(value)
        return self.integer(value)

    def read_tranches(self, value: Any) -> tuple[tuple[int | None, int], ...]:
        """Upper ends (None: no end) with their rates, in order. Raises WrongTerms."""
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_TRANCHES:
            raise self._wrong(value)
        found: list[tuple[int | None, int]] = []
        ends = Term(self.name, "euros", self.nl, self.en, "38883", highest="100000000")
        for place, entry in enumerate(value):
            is_last = place == len(value) - 1
            names = {"percent"} if is_last else {"up_to", "percent"}
            if not isinstance(entry, Mapping) or set(entry) != names:
                raise self._wrong(entry)
            upper = None if is_last else int(ends.integer(entry["up_to"]))
            found.append((upper, self.integer(entry["percent"])))
        uppers = [upper for upper, _ in found if upper is not None]
        if uppers != sorted(set(uppers)):
            raise self._wrong(value)
        return tuple(found)

    def _word(self, value: Any) -> str:
        if self.kind != "yes_no" and isinstance(value, str) and value in self.choices:
            return value
        raise self._wrong(value)

    def _table(self, value: Any) -> tuple[int, ...]:
        if not isinstance(value, Mapping) or not value:
            raise self._wrong(value)
        size = KEYS[self.key]
        steps = sorted(self._entry(key, entry) for key, entry in value.items())
        if len({place for place, _ in steps}) < len(steps):
            raise self._wrong(value)
        dense = [0] * size
        for place, entry in steps:
            dense[place:] = [entry] * (size - place)
        return tuple(dense)

    def _entry(self, key: Any, entry: Any) -> tuple[int, int]:
        try:
            return self.place(key), self.integer(entry)
        except ValueError:
            raise self._wrong({key: entry}) from None

    def place(self, key: Any) -> int:
        """Where an entry stands; for two ages "40/38" is the employee's and the partner's. Raises ValueError."""
        own, _, last = str(key).partition("/") if self.key == "ages" else ("0", "", str(key))
        ages, size = KEYS["age"], KEYS["age"] if self.key == "ages" else KEYS[self.key]
        if not (0 <= int(own) < ages and 0 <= int(last) < size):
            raise ValueError(f"a table by {self.key} has no entry {key}")
        return int(own) * size + int(last)

    def integer(self, value: Any) -> int:
        """One number, as rules calculate with it. Raises WrongTerms."""
        if self.kind == "date":
            return self._day(value)
        if isinstance(value, bool | float) or not isinstance(value, str | int):
            raise self._wrong(value)
        try:
            number = self._integer(str(value))
        except (ArithmeticError, ValueError):
            raise self._wrong(value) from None
        low, high = self.bounds
        if not low <= number <= high:
            raise self._wrong(value)
        return number

    def _day(self, value: Any) -> int:
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            raise self._wrong(value) from None
        low, high = self.bounds
        if not low <= day.toordinal() <= high:
            raise self._wrong(value)
        return day.toordinal()

    def _integer(self, text: str) -> int:
        number = self.number
        exact = (
            Decimal(text) * number.factor * (number.unit.scale if number.factor == 1 else 1) / number.divided
        )
        if exact != exact.to_integral_value():
            raise ValueError
        return int(exact)

    def allowed(self, language: str = "en") -> str:
        """What may be written, for people."""
        told = _TOLD[language]
        words = [f'"{word}"' for word in self.words] + (['"statutory"'] if self.statutory else [])
        if self.kind == "yes_no":
            return "true, false"
        if self.kind == "rounding":
            return f"{told['rounding']}: {', '.join(SIZES)}; {', '.join(WAYS)}"
        if self.kind == "word":
            return ", ".join(words)
        if self.kind == "date":
            return told["date"]
        fine = f", {self.number.decimals} {told['decimals']}" if self.number.decimals else ""
        one = f"{self.lowest} … {self.highest} ({self.kind}{fine})"
        if self.key:
            one = f"{told['table'].format(self.key)}: {one}"
        if self.kind.endswith("_tranches"):
            one = f"{told['tranches']}: {one}"
        return ", ".join([one, *words])

    def _wrong(self, value: Any) -> WrongTerms:
        written = repr(value) if len(repr(value)) <= LONGEST_TOLD else f"{repr(value)[:LONGEST_TOLD]}…"
        en, nl = (
            f"; {word} {self.example!r}" if self.example else "" for word in ("for example", "bijvoorbeeld")
        )
        return WrongTerms(
            f"{self.name}: {written} is not allowed. Allowed: {self.allowed()}{en}.",
            f"{self.name} ({self.nl}): {written} mag niet. Toegestaan: {self.allowed('nl')}{nl}.",
            about=self.name,
        )


LONGEST_TOLD = 80  #: characters of a wrong value that are shown
_TOLD: Mapping[str, Mapping[str, str]] = {
    "en": {
        "rounding": "none, or a size and a way",
        "date": "a date, written 2026-01-01",
        "decimals": "decimals",
        "table": "from each {} on",
        "tranches": f"a list of at most {MOST_TRANCHES} {{up_to, percent}}, up_to rising, the last without it",
    },
    "nl": {
        "rounding": "none, of een grootte en een richting",
        "date": "een datum, geschreven 2026-01-01",
        "decimals": "decimalen",
        "table": "vanaf elke {}",
        "tranches": f"een lijst van ten hoogste {MOST_TRANCHES} {{up_to, percent}}, up_to oplopend, de laatste zonder",
    },
}
