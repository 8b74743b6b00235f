"""An employer's choices, checked: the shape they give the calculation, and the numbers to calculate with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schakel.engine.errors import MissingTerms, WrongTerms
from schakel.engine.graph import Leaf
from schakel.engine.own_steps import OwnScheme, OwnStep, read_own
from schakel.engine.parameters import Parameter, statutory
from schakel.engine.rule import Rule
from schakel.engine.scheme import KEYS, Term, Value
from schakel.engine.units import EUROS_PER_YEAR, SHARE

OWN = ("figures", "steps")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a scheme calculates, without its numbers: schemes of one shape share one graph."""

    words: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]  #: terms the scheme does not say
    tranches: tuple[tuple[str, int], ...]
    steps: tuple[OwnStep, ...] = ()
    figures: tuple[Term, ...] = ()
    lawful: tuple[str, ...] = ()  #: tables that are those of the law


@dataclass(frozen=True, slots=True)
class Choices:
    """Checked choices of one benefit from one day on."""

    shape: Shape
    values: Mapping[str, Value]
    terms: Mapping[str, Term]  #: those of the benefit, and the scheme's own figures

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def get(self, name: str) -> Value | None:
        return self.values.get(name)

    def says(self, name: str, word: str) -> bool:
        """Whether a word was chosen; a benefit that does not know the term has its usual course."""
        value = self.values.get(name)
        if isinstance(value, int) and self.terms[name].kind == "yes_no":
            return _as_word(self.terms[name], value) == word
        return value == word

    def require(self, needs: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        """What must be said with a word is said: (term, word) → terms. Raises MissingTerms."""
        for (form, word), needed in needs.items():
            for name in needed:
                if self.says(form, word) and name in self.shape.left_out:
                    term = self.terms[name]
                    raise MissingTerms(
                        f"{name} is missing, because {form} is {word}. Allowed: {term.allowed()}.",
                        f"{name} ({term.nl}) ontbreekt, omdat {form} {word} is. Toegestaan: {term.allowed('nl')}.",
                        about=name,
                    )


def checked(terms: Mapping[str, Term], rules: Mapping[str, Rule], chosen: Mapping[str, Any]) -> Choices:
    """Every choice read, defaults filled in. Raises WrongTerms, MissingTerms."""
    own = read_own(chosen, rules)
    _refuse_unknown(terms, chosen)
    values: dict[str, Value] = {}
    tranches: list[tuple[str, int]] = []
    left_out: list[str] = []
    written = {name: entry["value"] for name, entry in chosen.get("figures", {}).items() if "value" in entry}
    known = {**terms, **_figures(own, terms, rules)}
    for name, term in known.items():
        value = written.get(name) if name not in terms else chosen.get(name, term.default)
        if value is None and term.statutory is not None and name not in terms:
            value = "statutory"
        if value is None and term.is_optional:
            left_out.append(name)
        elif value is None:
            raise _missing(term)
        elif term.kind.endswith("_tranches"):
            read = term.read_tranches(value)
            tranches.append((name, len(read)))
            values |= _flattened(name, read)
        else:
            values[name] = term.read(value)
    _refuse_ages_without_entry(known, values, chosen, written)
    for name, value in values.items():
        if value == "statutory" and name in known:
            _refuse_another_figure(known[name])
    words = tuple(
        sorted((name, _as_word(known[name], values[name])) for name in known if known[name].is_shape)
    )
    lawful = tuple(
        sorted(name for name in values if name in known and known[name].key and values[name] == "statutory")
    )
    shape = Shape(words, tuple(sorted(left_out)), tuple(sorted(tranches)), own.steps, own.figures, lawful)
    return Choices(shape, values, known)


def _as_word(term: Term, value: Value) -> str:
    return term.choices[value] if isinstance(value, int) else str(value)


def _refuse_unknown(terms: Mapping[str, Term], chosen: Mapping[str, Any]) -> None:
    unknown = sorted(chosen.keys() - terms.keys() - set(OWN))
    if unknown:
        listed = ", ".join((*terms, *OWN))
        raise WrongTerms(
            f"{unknown[0]} is no term of this benefit. Terms are: {listed}.",
            f"{unknown[0]} is geen voorwaarde van deze voorziening. Voorwaarden zijn: {listed}.",
            about=unknown[0],
        )


def _figures(own: OwnScheme, terms: Mapping[str, Term], rules: Mapping[str, Rule]) -> dict[str, Term]:
    for one in own.figures:
        if one.name in terms or one.name in rules:
            raise WrongTerms(
                f"{one.name}: there is a term or rule of this name already; give the figure a name of its own.",
                f"{one.name}: deze naam is al van een voorwaarde of rekenregel; geef het cijfer een eigen naam.",
                about=one.name,
            )
    return {one.name: one for one in own.figures}


def _missing(term: Term) -> MissingTerms:
    return MissingTerms(
        f"{term.name} is missing. Allowed: {term.allowed()}; for example {term.example!r}.",
        f"{term.name} ({term.nl}) ontbreekt. Toegestaan: {term.allowed('nl')}; bijvoorbeeld {term.example!r}.",
        about=term.name,
    )


def _flattened(name: str, read: tuple[tuple[int | None, int], ...]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for place, (upper, rate) in enumerate(read, 1):
        found[f"{name}_{place}_percent"] = rate
        if upper is not None:
            found[f"{name}_{place}_up_to"] = upper
    return found


def _refuse_ages_without_entry(
    known: Mapping[str, Term],
    values: Mapping[str, Value],
    chosen: Mapping[str, Any],
    written: Mapping[str, Any],
) -> None:
    """Below its first entry a table says nothing; it may start above zero only where nobody can be that young."""
    entry_age = values.get("entry_age")
    for name, term in known.items():
        value = chosen.get(name, written.get(name))
        if not term.key or not isinstance(value, Mapping):
            continue
        lowest = min(value, key=term.place)
        reached = entry_age // 12 if term.key == "age" and isinstance(entry_age, int) else 0
        if term.place(lowest) > reached:
            start = "0/0" if term.key == "ages" else str(reached)
            raise WrongTerms(
                f"{name}: the table starts at {lowest}, but is read from {start} on. Say what holds from {start}.",
                f"{name} ({term.nl}): de tabel begint bij {lowest}, maar wordt gelezen vanaf {start}. "
                f"Zeg wat er vanaf {start} geldt.",
                about=name,
            )


@lru_cache(maxsize=1024)
def _refuse_another_figure(term: Term) -> None:
    """A statutory figure stands for a term only where it is the same kind of number: euros a month are none a year."""
    parameter = next((one for one in statutory() if one.name == term.statutory), None)
    if parameter is None:
        raise WrongTerms(
            f"{term.name}: there is no statutory figure {term.statutory!r}; "
            "docs/calculations/parameters.md lists them.",
            f"{term.name} ({term.nl}): er is geen wettelijk cijfer {term.statutory!r}; "
            "docs/calculations/parameters.md noemt ze.",
            about=term.name,
        )
    size = KEYS[term.key] if term.key else 0
    if (parameter.unit, parameter.key, parameter.size) != (term.unit, term.key, size):
        raise WrongTerms(
            f"{term.name} is {_told(term.unit.name, term.key)}, but {parameter.name} is "
            f"{_told(parameter.unit.name, parameter.key)}. Choose a kind of that unit, or another figure.",
            f"{term.name} ({term.nl}) is {_told(term.unit.name, term.key)}, maar {parameter.name} is "
            f"{_told(parameter.unit.name, parameter.key)}. Kies een soort met die eenheid, of een ander cijfer.",
            about=term.name,
        )
    numbers = _numbers(parameter)
    low, high = term.bounds
    if not low <= min(numbers) <= max(numbers) <= high:
        raise WrongTerms(
            f"{term.name} is {term.lowest} … {term.highest}, but {parameter.name} reaches further. Widen its range.",
            f"{term.name} ({term.nl}) is {term.lowest} … {term.highest}, maar {parameter.name} gaat verder. "
            "Verruim het bereik.",
            about=term.name,
        )


def _told(unit: str, key: str) -> str:
    return f"{unit}_by_{key}" if key else unit


def _numbers(parameter: Parameter) -> list[int]:
    return [number for value in parameter.values for number in value.table or (value.value,)]


def leaves_of(terms: Mapping[str, Term], shape: Shape | None) -> dict[str, Leaf]:
    """What rules may read of these terms: numbers as leaves, words as what the shape says they are.

    Without a shape everything is open: for asking what any scheme might read.
    """
    words = {} if shape is None else dict(shape.words)
    left_out = () if shape is None else shape.left_out
    counts = {} if shape is None else dict(shape.tranches)
    found = {}
    for name, term in terms.items():
        if term.kind.endswith("_tranches"):
            found[name] = _tranches(term, counts.get(name, 2), given=name not in left_out)
            continue
        given = None if shape is None and term.is_optional else name not in left_out
        known = term.choices.index(words[name]) if name in words else None
        low, high = term.bounds
        found[name] = Leaf(
            name,
            "term",
            term.unit,
            low,
            high,
            ("birth_on",) if term.statutory == "state_pension_age" else (),
            term.choices,
            KEYS[term.key] if term.key else 0,
            known,
            given,
        )
    return found


def _tranches(term: Term, count: int, *, given: bool) -> Leaf:
    parts: list[Leaf] = []
    low, high = term.bounds
    for place in range(1, count + 1):
        is_last = place == count
        name = f"{term.name}_{place}"
        parts.append(Leaf(f"{name}_up_to", "term", EUROS_PER_YEAR, 0, 10_000_000_000, given=not is_last))
        parts.append(Leaf(f"{name}_percent", "term", SHARE, low, high))
    return Leaf(term.name, "term", SHARE, low, high, given=given, tranches=tuple(parts))
