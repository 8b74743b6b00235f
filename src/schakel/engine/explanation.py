"""The tree behind an amount: names, values, formulas, sources, down to the fact and where it was stated."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.engine.term_words import said
from schakel.engine.units import UNITS

CHOICES: Mapping[str, Mapping[str, str]] = {
    "full_time": {"nl": "voltijdsalaris", "en": "full-time salary"},
    "part_time": {"nl": "deeltijdsalaris", "en": "part-time salary"},
    "hourly": {"nl": "uurloon", "en": "hourly wage"},
    "month": {"nl": "maand", "en": "month"},
    "four_weeks": {"nl": "vier weken", "en": "four weeks"},
    "week": {"nl": "week", "en": "week"},
    "none": {"nl": "geen", "en": "none"},
    "wage_related": {"nl": "loongerelateerde uitkering", "en": "wage-related benefit"},
    "wage_supplement": {"nl": "loonaanvullingsuitkering", "en": "wage-supplement benefit"},
    "follow_up": {"nl": "vervolguitkering", "en": "follow-up benefit"},
    "iva": {"nl": "IVA-uitkering", "en": "IVA benefit"},
}
"""The words a fact may be, as people say them."""

CERTAINTY_WORDS: Mapping[str, Mapping[str, str]] = {
    "verified": {"nl": "nagegaan bij de uitgever", "en": "verified at the publisher"},
    "secondary": {"nl": "uit de tweede hand", "en": "from others who publish it"},
    "derived": {"nl": "afgeleid", "en": "derived by calculation"},
    "memory": {"nl": "niet nagezocht", "en": "not looked up"},
}
"""How sure a figure is, as people say it."""

MOST = 100
"""Steps that read each other twice would otherwise double the tree at each step."""


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
    rounds: str = ""  #: by its word, such as cent_half_up; "exact" or empty when nothing was rounded here
    source: str = ""
    certainty: str = ""
    start: str = ""
    until: str = ""
    origin: str = ""  #: of a fact: the reference of its statement
    operands: tuple["Explanation", ...] = ()

    def as_dict(self, written: Counter[int] | None = None) -> dict[str, Any]:
        """For programs: every field that says something; a branch is written out at most MOST times."""
        written = Counter() if written is None else written
        written[id(self)] += 1
        fields: Mapping[str, Any] = {
            name: getattr(self, name) for name in self.__slots__ if name != "operands"
        }
        told = {name: value for name, value in fields.items() if value not in {"", None}}
        if not self.operands or written[id(self)] > MOST:
            return told
        return told | {"operands": [one.as_dict(written) for one in self.operands]}

    def walk(self) -> Iterator["Explanation"]:
        """This node and everything under it."""
        yield self
        for one in self.operands:
            yield from one.walk()

    def tell(self, language: str = "nl", depth: int = 0, told: set[int] | None = None) -> str:
        """The tree in words, a line a node. What was told before is only named; `told` keeps it between trees."""
        told = set() if told is None else told
        indent = "  " * depth
        name = self.en if language == "en" else self.nl
        if id(self) in told and self.operands:
            above = {"nl": "zie boven", "en": "as above"}[language]
            return f"{indent}{name}: {shown(self.value, self.unit, language)} ({above})"
        told.add(id(self))
        lines = [f"{indent}{self._line(name, language)}"]
        lines += [one.tell(language, depth + 1, told) for one in self.operands]
        return "\n".join(lines)

    def _line(self, name: str, language: str) -> str:
        formula = self.formula_en if language == "en" else self.formula_nl
        parts = [f"{name}: {shown(self.value, self.unit, language)}"]
        if formula:
            parts.append(f"= {formula}")
        if self.rounds and self.rounds not in {"exact", "none"}:
            parts.append(f"({rounded(self.rounds, language)})")
        if self.start and (self.until or self.start != str(date.min)):
            until = shown(self.until, "date", language) if self.until else ""
            parts.append(f"[{shown(self.start, 'date', language)} … {until})")
        if self.source:
            sure = CERTAINTY_WORDS[self.certainty][language] if self.certainty else ""
            parts.append(f"— {self.source}" + (f" ({sure})" if sure else ""))
        return " ".join(parts)


#: Decimals that money is always shown with; further ones only when they say something.
DECIMALS: Mapping[str, int] = {"euros_per_hour": 4}


def shown(value: Any, unit: str, language: str) -> str:
    """A value as people write it: € 1.234,56 in Dutch, €1,234.56 in English."""
    if unit in UNITS and UNITS[unit].is_money:
        return money(value, language, UNITS[unit].scale, DECIMALS.get(unit, 2))
    if unit in {"share", "part"}:
        return decimal(value, UNITS[unit].scale // 100, language) + " %"
    if unit in {"hours", "days", "multiple", "kilometres"}:
        return decimal(value, UNITS[unit].scale, language) + (" km" if unit == "kilometres" else "")
    return TOLD.get(unit, _as_it_is)(value, language)


def _as_it_is(value: Any, _: str) -> str:
    return str(value)


def _yes_no(value: Any, language: str) -> str:
    return {"nl": ("nee", "ja"), "en": ("no", "yes")}[language][bool(value)]


def _days(value: Any, language: str) -> str:
    return ", ".join(_day(one, language) for one in _listed(value))


def rounded(word: str, language: str) -> str:
    """How something was rounded: "rounded to whole cents, halves up"."""
    return f"{'rounded to' if language == 'en' else 'afgerond op'} {said(word, language)}"


def _years_and_months(value: int, language: str) -> str:
    """804 months are 67 years."""
    years, months = divmod(value, 12)
    year, and_, month = {"nl": ("jaar", "en", "maand"), "en": ("year", "and", "month")}[language]
    in_months = f"{months} {month}" + ("" if months == 1 else {"nl": "en", "en": "s"}[language])
    in_years = f"{years} {year}" + ("s" if language == "en" and years != 1 else "")
    if not years:
        return in_months
    return f"{in_years} {and_} {in_months}" if months else in_years


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [one for one in value.split(", ") if one]
    return list(value) if isinstance(value, list | tuple) else [value]


def _day(value: Any, language: str) -> str:
    """A day: 17-05-1984 in Dutch, 1984-05-17 in English. What is no day stands as it is."""
    try:
        day = date.fromordinal(value) if isinstance(value, int) else date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}" if language == "nl" else day.isoformat()


def money(value: int, language: str, scale: int = 100, decimals: int = 2) -> str:
    """An amount of which `scale` make a euro: at least so many decimals, further ones only when they say something."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    digits = len(str(scale)) - 1
    whole, rest = f"{value // scale:,}", f"{value % scale:0{digits}d}"
    text = f"{whole}.{rest[:decimals] + rest[decimals:].rstrip('0')}"
    if language == "en":
        return f"{sign}€{text}"
    return f"{sign}€ " + text.replace(",", " ").replace(".", ",").replace(" ", ".")


def decimal(value: int, scale: int, language: str) -> str:
    """An integer in parts of `scale` as a decimal number without idle zeros."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    digits = len(str(scale)) - 1
    text = f"{sign}{value // scale}.{value % scale:0{digits}d}".rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(".", ",")


TOLD: Mapping[str, Callable[[Any, str], str]] = {
    "months": _years_and_months,
    "date": _days,
    "dates": _days,
    "choice": lambda value, language: CHOICES[str(value)][language],
    "word": lambda value, language: said(str(value), language),
    "yes_no": _yes_no,
}
"""How what is no number is told."""
