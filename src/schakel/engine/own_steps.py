"""A scheme's own figures and steps: what its regulation has and no other, in its own words and order.

A step makes a quantity, new or instead of the rule of that name; it is traced, bounded, rounded and told like a
rule. A figure is a term of this scheme alone. So any published scheme goes in as data.
"""

import json
import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schakel.engine import formula
from schakel.engine.errors import WrongTerms
from schakel.engine.exact import Exact
from schakel.engine.formula import FormulaMistake
from schakel.engine.rounding import EXACT, HALF_UP, ROUNDINGS, rounded_to
from schakel.engine.rule import Rule
from schakel.engine.scheme import KINDS, Term
from schakel.engine.units import UNITS

STEP_FIELDS = ("name", "is", "unit", "rounds", "nl", "en", "source")
FIGURE_FIELDS = ("kind", "value", "nl", "en", "source", "lowest", "highest", "statutory")
STEP_UNITS = tuple(name for name in UNITS if name not in {"choice", "dates"})
MOST = 200  #: steps and figures in one scheme
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


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """Everything that is this scheme's own; the steps are part of its shape, the figures' values are not."""

    steps: tuple[OwnStep, ...] = ()
    figures: tuple[Term, ...] = ()


def read_own(chosen: Mapping[str, Any], rules: Mapping[str, Rule]) -> OwnScheme:
    """`figures` and `steps` of the terms. Raises WrongTerms that names the step and what is allowed."""
    if "figures" not in chosen and "steps" not in chosen:
        return OwnScheme()
    return _read(json.dumps([chosen.get("figures"), chosen.get("steps")], default=str), _units_of(rules))


def _units_of(rules: Mapping[str, Rule]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((one.name, one.unit.name) for one in rules.values()))


@lru_cache(maxsize=4096)
def _read(written: str, units: tuple[tuple[str, str], ...]) -> OwnScheme:
    figures, steps = json.loads(written)
    named = _fields(figures or {}, "figures")
    listed = steps or []
    if not isinstance(listed, list) or len(listed) + len(named) > MOST:
        raise _wrong("steps", f"a list of at most {MOST} steps with figures", "een lijst met stappen")
    return OwnScheme(
        tuple(_step(one, dict(units)) for one in listed),
        tuple(figure(name, one) for name, one in named.items()),
    )


def figure(name: str, entry: Any) -> Term:
    """A figure as a term of this scheme."""
    fields = _fields(entry, name)
    unknown = sorted(fields.keys() - set(FIGURE_FIELDS))
    kind = str(fields.get("kind", ""))
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or unknown or not _is_kind(kind):
        raise _wrong(
            name,
            f"a figure has kind ({', '.join(KINDS)}, date; or a table of them such as percent_by_age, or percent_tranches) "
            f"and value; further {', '.join(FIGURE_FIELDS[2:])}",
            f"een cijfer heeft kind en value; verder {', '.join(FIGURE_FIELDS[2:])}",
        )
    highest = str(
        fields.get("highest", _HIGHEST.get(kind.partition("_by_")[0].partition("_tranches")[0], "1000"))
    )
    return Term(
        name,
        kind,
        str(fields.get("nl", name.replace("_", " "))),
        str(fields.get("en", name.replace("_", " "))),
        "1",
        None,
        str(fields.get("lowest", "0")),
        highest,
        fields.get("statutory"),
    )


_HIGHEST = {
    "percent": "100",
    "per_mille": "100",
    "class_percent": "100",
    "euros": "1000000",
    "euros_a_period": "100000",
}


def _is_kind(kind: str) -> bool:
    from_table = kind.partition("_by_")[0].removesuffix("_tranches")
    return kind == "date" or from_table in KINDS


def own_rules(steps: Iterable[OwnStep]) -> dict[str, Rule]:
    """The steps as rules, by name."""
    return {step.name: _rule(step) for step in steps}


def _rule(step: OwnStep) -> Rule:
    tree = formula.parsed(step.formula)
    names = formula.names_in(tree)

    def function(*operands: Exact) -> Exact:
        made = formula.traced(tree, step.formula, dict(zip(names, operands, strict=True)))
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


def _step(entry: Any, units: Mapping[str, str]) -> OwnStep:
    fields = _fields(entry, "steps")
    name = str(fields.get("name", ""))
    unit = str(fields.get("unit", units.get(name, "")))
    rounds = str(fields.get("rounds", "none"))
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise _wrong(
            "steps", "each step has a name of small letters, digits and _", "elke stap heeft een naam"
        )
    unknown = sorted(fields.keys() - set(STEP_FIELDS))
    if unknown or "is" not in fields or unit not in STEP_UNITS or rounds not in ROUNDINGS:
        raise _wrong(
            name,
            f"a step has {', '.join(STEP_FIELDS)}; unit is one of {', '.join(STEP_UNITS)}; "
            f"rounds is none or a size with a way, such as {', '.join(ROUNDINGS[1:8])}",
            f"een stap heeft {', '.join(STEP_FIELDS)}; unit is een van {', '.join(STEP_UNITS)}; "
            f"rounds is bijvoorbeeld {', '.join(ROUNDINGS[1:8])}",
        )
    text = str(fields["is"])
    try:
        formula.parsed(text)
    except FormulaMistake as error:
        raise _wrong(name, str(error), str(error)) from None
    words = name.replace("_", " ")
    nl, en = str(fields.get("nl", words)), str(fields.get("en", words))
    return OwnStep(name, text, unit, rounds, nl, en, str(fields.get("source", "regelingsvoorwaarden")))


def _fields(entry: Any, about: str) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping) or not all(isinstance(name, str) for name in entry):
        raise _wrong(about, "fields with values are expected here", "hier horen velden met waarden")
    return entry


def _wrong(about: str, en: str, nl: str) -> WrongTerms:
    return WrongTerms(f"{about}: {en}.", f"{about}: {nl}.", about=about)
