"""The employer's choices in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from schakel.desk.words import Words
from schakel.engine.catalogue import Benefit, check_terms
from schakel.engine.explanation import decimal, shown
from schakel.engine.parameters import statutory
from schakel.engine.scheme import Term, Value
from schakel.engine.term_words import said
from schakel.schemes.queries import TermsLine


@dataclass(frozen=True, slots=True)
class TermShown:
    """One choice of the employer, in words: "26,5 %", "wettelijk bedrag", "ja"."""

    name: str
    words: Words
    value: Words
    is_chosen: bool  #: agreed for this scheme; otherwise it is what holds when nothing is said


@dataclass(frozen=True, slots=True)
class TermsShown:
    """The choices for one period."""

    start: date
    until: date | None
    terms: tuple[TermShown, ...]
    steps: tuple[TermShown, ...]  #: the scheme's own steps, with their formulas
    known_since: datetime
    source: str  #: the document


def terms_of(one: Benefit, line: TermsLine) -> TermsShown:
    """What was agreed for one benefit for one period; a choice nobody made is shown as its default."""
    choices = check_terms(one.name, line.terms)
    shown_terms = [
        TermShown(
            term.name,
            Words(term.nl, term.en),
            _value(term, line.terms.get(term.name, term.default)),
            term.name in line.terms,
        )
        for term in one.terms.values()
        if term.name not in choices.shape.left_out
    ]
    figures = line.terms.get("figures", {})
    shown_terms += [
        TermShown(
            term.name,
            Words(term.nl, term.en),
            _value(term, figures[term.name].get("value", "statutory")),
            True,
        )
        for term in choices.shape.figures
    ]
    steps = [
        TermShown(step.name, Words(step.nl, step.en), Words(step.formula, step.formula), True)
        for step in choices.shape.steps
    ]
    return TermsShown(line.start, line.until, tuple(shown_terms), tuple(steps), line.known_since, line.source)


def _value(term: Term, chosen: Any) -> Words:
    """A choice as it was agreed. Stored terms were checked when they were agreed, so they can be read."""
    if chosen is None:
        return Words("niet bekend", "not known")
    if chosen == "statutory" and term.statutory is not None:
        figure = statutory()[term.statutory]
        return Words(f"wettelijk: {figure.nl}", f"statutory: {figure.en}")
    if term.kind.endswith("_tranches"):
        return _tranches(term, chosen)
    if term.key:
        return _table(term, chosen)
    read = term.read(chosen)
    if term.is_shape:
        return _word(term, read)
    assert isinstance(read, int), "neither a word nor a table"
    return _number(term, read)


def _word(term: Term, read: Value) -> Words:
    word = term.choices[read] if isinstance(read, int) else str(read)
    if term.kind == "yes_no":
        return Words("ja", "yes") if word == "true" else Words("nee", "no")
    return Words(said(word, "nl"), said(word, "en"))


def _number(term: Term, number: int) -> Words:
    if term.kind.partition("_by_")[0] == "years":
        years, months = divmod(number, 12)
        nl, en = f"{years} jaar", f"{years} years"
        return Words(f"{nl} en {months} maanden", f"{en} and {months} months") if months else Words(nl, en)
    if term.kind.startswith("per_mille"):
        return Words(f"{decimal(number, 1000, 'nl')} ‰", f"{decimal(number, 1000, 'en')} ‰")
    return Words(shown(number, term.unit.name, "nl"), shown(number, term.unit.name, "en"))


def _table(term: Term, chosen: Mapping[Any, Any]) -> Words:
    """Each step of a table: "vanaf 18: 5,7 %; vanaf 25: 6,9 %"."""
    single = replace(term, kind=term.kind.partition("_by_")[0])
    steps = [(str(key), _number(single, single.integer(entry))) for key, entry in chosen.items()]
    return Words(
        "; ".join(f"vanaf {key}: {value.nl}" for key, value in steps),
        "; ".join(f"from {key}: {value.en}" for key, value in steps),
    )


def _tranches(term: Term, chosen: Any) -> Words:
    """Each tranche: "tot € 20.000,00: 4 %; daarboven: 8 %"."""
    nl, en = [], []
    for upper, rate in term.read_tranches(chosen):
        value = _number(term, rate)
        nl.append(f"{'daarboven' if upper is None else 'tot ' + shown(upper, 'euros', 'nl')}: {value.nl}")
        en.append(f"{'above' if upper is None else 'up to ' + shown(upper, 'euros', 'en')}: {value.en}")
    return Words("; ".join(nl), "; ".join(en))
