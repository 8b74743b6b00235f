"""The employer's choices in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from schakel.desk.words import Words, said
from schakel.engine.catalogue import Benefit
from schakel.engine.explanation import decimal, shown
from schakel.engine.parameters import statutory
from schakel.engine.scheme import Term
from schakel.schemes.queries import TermsLine

CHOICES: Mapping[str, Words] = {
    "calendar_days": Words("naar kalenderdagen", "by calendar days"),
    "first_day": Words(
        "wie er op de eerste dag is, telt het hele loontijdvak", "whoever is there on the first day"
    ),
}


@dataclass(frozen=True, slots=True)
class TermShown:
    """One choice of the employer, in words: "26,5 %", "wettelijk bedrag", "ja"."""

    name: str
    words: Words
    value: Words


@dataclass(frozen=True, slots=True)
class TermsShown:
    """The choices for one period."""

    start: date
    until: date | None
    terms: tuple[TermShown, ...]
    known_since: datetime
    source: str  #: the document


def terms_of(one: Benefit, line: TermsLine) -> TermsShown:
    """What was agreed for one benefit for one period; a choice nobody made is shown as its default."""
    return TermsShown(
        line.start,
        line.until,
        tuple(
            TermShown(
                term.name, Words(term.nl, term.en), _value(term, line.terms.get(term.name, term.default))
            )
            for term in one.terms.values()
        ),
        line.known_since,
        line.source,
    )


def _value(term: Term, chosen: str | bool | int | None) -> Words:
    """A choice as it was agreed. Stored terms were checked when they were agreed, so they can be read."""
    if chosen is None:
        return Words("niet bekend", "not known")
    if chosen == "statutory" and term.statutory is not None:
        figure = statutory()[term.statutory]
        return Words(f"wettelijk: {figure.nl}", f"statutory: {figure.en}")
    if term.kind == "word":
        return said(CHOICES, str(chosen))
    number = term.read(chosen)
    if term.kind == "years":
        years, months = divmod(int(number), 12)
        nl, en = f"{years} jaar", f"{years} years"
        return Words(f"{nl} en {months} maanden", f"{en} and {months} months") if months else Words(nl, en)
    if term.kind == "per_mille":
        return Words(f"{decimal(int(number), 1000, 'nl')} ‰", f"{decimal(int(number), 1000, 'en')} ‰")
    return Words(shown(number, term.unit.name, "nl"), shown(number, term.unit.name, "en"))
