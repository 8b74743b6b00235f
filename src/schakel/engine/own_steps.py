"""A scheme's own figures and steps: what its regulation has and no other, in its own words and order.

A step makes a quantity, new or instead of the rule of that name; it is traced, bounded, rounded and told like a
rule. A figure is a term of this scheme alone. So any published scheme goes in as data.
"""

import json
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schakel.engine import formula
from schakel.engine.errors import WrongTerms, allowed_instead, nearest
from schakel.engine.exact import Exact
from schakel.engine.formula import FormulaMistake
from schakel.engine.parameters import CERTAINTIES
from schakel.engine.rounding import EXACT, HALF_UP, ROUNDINGS, rounded_to
from schakel.engine.rule import Rule
from schakel.engine.scheme import KEYS, KINDS, Term
from schakel.engine.trace_error import NO_STATEMENT, TraceError
from schakel.engine.units import UNITS

STEP_FIELDS = ("name", "is", "unit", "rounds", "nl", "en", "source", "certainty")
FIGURE_FIELDS = ("kind", "value", "nl", "en", "source", "certainty", "lowest", "highest", "statutory")
STEP_UNITS = tuple(name for name in UNITS if name not in {"choice", "dates"})
MOST = 200  #: steps and figures in one scheme
LONGEST_TEXT = 2000  #: characters of one value
LARGEST = 1 << 60  #: what numbers rules calculate with stay under
TAKEN = frozenset(
    {*formula.FUNCTIONS, *formula.WORDED, "min", "max", "np", "evaluate", "given", "true", "false"}
)
"""Names that mean something else in a formula or where it is calculated."""
NAME = re.compile(r"[a-z][a-z0-9_]{1,60}")


@dataclass(frozen=True, slots=True)
class OwnStep:
    """One step as the regulation states it."""

    name: str
    formula: str
    unit: str
    rounds: str
    nl: str
    en: str
    source: str
    certainty: str = ""  #: how sure it is that the regulation says so; empty when it was agreed


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """Everything that is this scheme's own; the steps are part of its shape, the figures' values are not."""

    steps: tuple[OwnStep, ...] = ()
    figures: tuple[Term, ...] = ()


def read_own(chosen: Mapping[str, Any], rules: Mapping[str, Rule]) -> OwnScheme:
    """`figures` and `steps` of the terms. Raises WrongTerms that names the step and what is allowed."""
    if "figures" not in chosen and "steps" not in chosen:
        return OwnScheme()
    return _read(json.dumps([chosen.get("figures"), chosen.get("steps")], default=str), _named(rules))


def _named(rules: Mapping[str, Rule]) -> tuple[tuple[str, str, str, str], ...]:
    """Of each rule what a step in its place takes over: unit, and Dutch and English name."""
    return tuple(sorted((one.name, one.unit.name, one.nl, one.en) for one in rules.values()))


@lru_cache(maxsize=4096)
def _read(written: str, rules: tuple[tuple[str, str, str, str], ...]) -> OwnScheme:
    figures, steps = json.loads(written)
    named = _fields({} if figures is None else figures, "figures")
    listed = [] if steps is None else steps
    if not isinstance(listed, list) or len(listed) + len(named) > MOST:
        raise _wrong(
            "steps",
            f"a list, each step after a -, of at most {MOST} steps and figures together",
            f"een lijst, elke stap na een -, van ten hoogste {MOST} stappen en cijfers samen",
        )
    replaced = {name: told for name, *told in rules}
    made = tuple(_step(one, replaced) for one in listed)
    twice = next(
        (one.name for place, one in enumerate(made) if one.name in {s.name for s in made[:place]}), None
    )
    if twice is not None:
        raise _wrong(twice, "two steps have this name", "twee stappen hebben deze naam")
    return OwnScheme(made, tuple(figure(name, one) for name, one in named.items()))


def figure(name: str, entry: Any) -> Term:
    """A figure as a term of this scheme."""
    fields = _fields(entry, name)
    _check_name(name, "figures")
    _check_fields(name, fields, FIGURE_FIELDS, ("kind",))
    kind = _text(name, fields, "kind", "")
    if not _is_kind(kind):
        raise _one_of(name, "kind", kind, (*KINDS, "date", "<kind>_by_<key>", "percent_tranches"))
    if "value" not in fields and "statutory" not in fields:
        raise _wrong(
            name,
            "a figure has a value, or names a statutory one",
            "een cijfer heeft een value, of noemt een wettelijk cijfer",
        )
    plain = kind.partition("_by_")[0].removesuffix("_tranches")
    words = name.replace("_", " ")
    made = Term(
        name,
        kind,
        _text(name, fields, "nl", words),
        _text(name, fields, "en", words),
        "",  # an example would have to lie in its own range
        None,
        _text(name, fields, "lowest", "0"),
        _text(name, fields, "highest", _HIGHEST.get(plain, "1000")),
        _text(name, fields, "statutory", "") or None,
        source=_text(name, fields, "source", ""),
        certainty=_certainty(name, fields),
    )
    if "value" in fields and "statutory" in fields:
        raise _wrong(
            name,
            "a figure has a value or names a statutory one, not both; leave one out",
            "een cijfer heeft een value of noemt een wettelijk cijfer, niet beide; laat er één weg",
        )
    try:
        low, high = made.bounds
    except (ArithmeticError, ValueError):
        low, high = 1, 0
    if low > high or low < 0 or high > LARGEST:
        raise _wrong(
            name,
            f"lowest and highest are numbers of its kind, lowest first: {made.lowest} … {made.highest} is not allowed",
            f"lowest en highest zijn getallen van deze soort, lowest eerst: {made.lowest} … {made.highest} mag niet",
        )
    return made


_HIGHEST = {
    "percent": "100",
    "per_mille": "100",
    "class_percent": "100",
    "euros": "1000000",
    "euros_a_period": "100000",
}


def _is_kind(kind: str) -> bool:
    plain, by, key = kind.partition("_by_")
    if by:
        return plain in KINDS and key in KEYS
    return kind in {"date", "percent_tranches"} or kind in KINDS


def own_rules(steps: Iterable[OwnStep]) -> dict[str, Rule]:
    """The steps as rules, by name."""
    return {step.name: _rule(step) for step in steps}


def _rule(step: OwnStep) -> Rule:
    tree = formula.parsed(step.formula)
    names = formula.names_in(tree)

    def function(*operands: Exact) -> Exact:
        given = dict(zip(names, operands, strict=True))
        made = formula.traced(tree, step.formula, given, in_euros=unit.is_money)
        if unit.name == "yes_no" and not made.is_truth and not made.is_known:
            raise TraceError(*NO_STATEMENT)
        return rounded_to(made, step.rounds)

    unit = UNITS[step.unit]
    # A quotient must be rounded somewhere; when the scheme names no rounding its unit's smallest part is it.
    return Rule(
        step.name,
        names,
        (),
        unit,
        HALF_UP if unit.scale > 1 else EXACT,
        step.source,
        step.nl,
        step.en,
        step.formula,
        step.formula,
        function,
    )


def _step(entry: Any, replaced: Mapping[str, Sequence[str]]) -> OwnStep:
    fields = _fields(entry, "steps")
    name = str(fields.get("name", ""))
    _check_name(name, "steps")
    _check_fields(name, fields, STEP_FIELDS, ("is",))
    words = name.replace("_", " ")
    of_rule = replaced.get(name, ("", words, words))
    unit = _text(name, fields, "unit", of_rule[0])
    rounds = _text(name, fields, "rounds", "none")
    if not unit:
        near = nearest(name, replaced)
        raise _wrong(
            name,
            f"no rule has this name{f'; do you mean {near}?' if near else '.'} "
            f"A step of a new name says its unit: {', '.join(STEP_UNITS)}",
            f"geen regel heet zo{f'; bedoelt u {near}?' if near else '.'} "
            f"Een stap met een nieuwe naam noemt haar eenheid: {', '.join(STEP_UNITS)}",
        )
    if unit not in STEP_UNITS:
        raise _one_of(name, "unit", unit, STEP_UNITS)
    if rounds not in ROUNDINGS:
        raise _one_of(name, "rounds", rounds, ROUNDINGS)
    text = _text(name, fields, "is", "")
    try:
        formula.parsed(text)
    except FormulaMistake as error:
        raise _wrong(name, str(error), error.nl) from None
    nl, en = _text(name, fields, "nl", of_rule[1]), _text(name, fields, "en", of_rule[2])
    source = _text(name, fields, "source", "regelingsvoorwaarden")
    return OwnStep(name, text, unit, rounds, nl, en, source, _certainty(name, fields))


def _check_name(name: str, where: str) -> None:
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name in TAKEN:
        raise _wrong(
            where,
            f"{name!r} is no name; a name has 2 to 61 small letters, digits and _, and is no word of formulas",
            f"{name!r} is geen naam; een naam heeft 2 tot 61 kleine letters, cijfers en _, en is geen formulewoord",
        )


def _check_fields(
    name: str, fields: Mapping[str, Any], allowed: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    unknown = sorted(fields.keys() - set(allowed))
    missing = [one for one in needed if one not in fields]
    if unknown:
        en, nl = allowed_instead(unknown[0], allowed)
        raise _wrong(name, f"{unknown[0]!r} is not allowed; {en}", f"{unknown[0]!r} mag niet; {nl}")
    if missing:
        listed = ", ".join(allowed)
        raise _wrong(
            name,
            f"{missing[0]!r} is missing; allowed: {listed}",
            f"{missing[0]!r} ontbreekt; toegestaan: {listed}",
        )


def _text(name: str, fields: Mapping[str, Any], key: str, default: str) -> str:
    """One value as text; a list or fields are none."""
    value = fields.get(key, default)
    if isinstance(value, list | Mapping) or value is None:
        raise _wrong(name, f"‘{key}’ is one value", f"‘{key}’ is één waarde")
    text = str(value)
    if len(text) > LONGEST_TEXT:
        raise _wrong(
            name,
            f"‘{key}’ has at most {LONGEST_TEXT} characters; make a long formula several steps",
            f"‘{key}’ heeft ten hoogste {LONGEST_TEXT} tekens; maak van een lange formule meer stappen",
        )
    return text


def _certainty(name: str, fields: Mapping[str, Any]) -> str:
    text = _text(name, fields, "certainty", "")
    if text and text not in CERTAINTIES:
        raise _one_of(name, "certainty", text, CERTAINTIES)
    return text


def _one_of(name: str, key: str, text: str, allowed: Iterable[str]) -> WrongTerms:
    en, nl = allowed_instead(text, allowed)
    return _wrong(name, f"{key} {text!r} is not allowed; {en}", f"{key} {text!r} mag niet; {nl}")


def _fields(entry: Any, about: str) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping) or not all(isinstance(name, str) for name in entry):
        raise _wrong(
            about,
            "fields with values are expected here, as {name: …, is: …} or {kind: …, value: …}",
            "hier horen velden met waarden, zoals {name: …, is: …} of {kind: …, value: …}",
        )
    return entry


def _wrong(about: str, en: str, nl: str) -> WrongTerms:
    return WrongTerms(f"{about}: {en}.", f"{about}: {nl}.", about=about)
