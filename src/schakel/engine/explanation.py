"""The tree behind an amount: names, values, formulas, sources, down to the fact and where it was stated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

CHOICES: Mapping[str, Mapping[str, str]] = {
    "full_time": {"nl": "voltijdsalaris", "en": "full-time salary"},
    "part_time": {"nl": "deeltijdsalaris", "en": "part-time salary"},
    "hourly": {"nl": "uurloon", "en": "hourly wage"},
    "month": {"nl": "maand", "en": "month"},
    "four_weeks": {"nl": "vier weken", "en": "four weeks"},
    "week": {"nl": "week", "en": "week"},
}
"""The words a fact may be, as people say them."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node: an amount and what it was made of."""

    kind: str  #: amount, segment, rule, fact, term, parameter, derived
    name: str
    nl: str
    en: str
    value: Any
    unit: str
    formula_nl: str = ""
    formula_en: str = ""
    rounds: str = ""
    source: str = ""
    certainty: str = ""
    start: str = ""
    until: str = ""
    origin: str = ""  #: of a fact: the reference of its statement
    operands: tuple["Explanation", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For programs: every field that says something."""
        fields: Mapping[str, Any] = {
            name: getattr(self, name) for name in self.__slots__ if name != "operands"
        }
        told = {name: value for name, value in fields.items() if value not in {"", None}}
        return told | ({"operands": [one.as_dict() for one in self.operands]} if self.operands else {})

    def walk(self) -> Iterator["Explanation"]:
        """This node and everything under it."""
        yield self
        for one in self.operands:
            yield from one.walk()

    def tell(self, language: str = "nl", depth: int = 0) -> str:
        """The tree in words, a line a node."""
        name = self.en if language == "en" else self.nl
        formula = self.formula_en if language == "en" else self.formula_nl
        parts = [f"{'  ' * depth}{name}: {shown(self.value, self.unit, language)}"]
        if formula:
            parts.append(f"= {formula}")
        if self.rounds and self.rounds != "exact":
            parts.append({"nl": "(naar boven vanaf een half)", "en": "(rounded half up)"}[language])
        if self.start:
            parts.append(f"[{self.start} … {self.until or ''})")
        if self.source:
            parts.append(f"— {self.source}" + (f" ({self.certainty})" if self.certainty else ""))
        lines = [" ".join(parts), *(one.tell(language, depth + 1) for one in self.operands)]
        return "\n".join(lines)


def shown(value: Any, unit: str, language: str) -> str:
    """A value as people write it: € 1.234,56 in Dutch, €1,234.56 in English."""
    if unit == "fine_euros_per_year":
        value, unit = round_half_up(value, 1_000_000), "euros_per_year"
    if unit.startswith("euros"):
        return money(value, language)
    if unit == "share":
        return decimal(value, 10_000, language) + " %"
    if unit in {"hours", "days", "multiple"}:
        return decimal(value, 100, language)
    if unit == "choice":
        return CHOICES[str(value)][language]
    if unit == "yes_no":
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}[language][bool(value)]
    return str(value)


def round_half_up(value: int, divisor: int) -> int:
    """For showing only; amounts are rounded at their rule."""
    return (2 * value + divisor) // (2 * divisor)


def money(cents: int, language: str) -> str:
    """Cents as euros."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    text = f"{cents // 100:,}.{cents % 100:02d}"
    if language == "en":
        return f"{sign}€{text}"
    return f"{sign}€ " + text.replace(",", " ").replace(".", ",").replace(" ", ".")


def decimal(value: int, scale: int, language: str) -> str:
    """An integer in parts of `scale` as a decimal number without idle zeros."""
    digits = len(str(scale)) - 1
    text = f"{value // scale}.{value % scale:0{digits}d}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(".", ",")
