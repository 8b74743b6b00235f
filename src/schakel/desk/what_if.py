"""What other terms would come to for all employees of an employer: what may be asked, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from schakel.desk.access import Act, Visitor, employer_or_not_found, inside, not_found
from schakel.desk.terms import TermShown, terms_of
from schakel.desk.words import NOTHING, Words
from schakel.engine.catalogue import Benefit
from schakel.engine.catalogue import benefit as benefit_named
from schakel.engine.scheme import Term
from schakel.engine.term_words import said
from schakel.participation import what_if as participation
from schakel.participation.what_if import Compared, WhatIf
from schakel.schemes import queries as schemes

MARKS: Mapping[str, Words] = {
    "percent": Words("%", "%"),
    "class_percent": Words("%", "%"),
    "per_mille": Words("‰", "‰"),
    "euros": Words("€", "€"),
    "euros_a_period": Words("€ per loontijdvak", "€ a wage period"),
    "euros_a_day": Words("€ per dag", "€ a day"),
    "euros_an_hour": Words("€ per uur", "€ an hour"),
    "euros_a_km": Words("€ per km", "€ a km"),
    "times": Words("×", "×"),
    "years": Words("jaar", "years"),
    "months": Words("maanden", "months"),
    "hours": Words("uur", "hours"),
    "days": Words("dagen", "days"),
}
"""What stands behind the number that is typed."""


@dataclass(frozen=True, slots=True)
class TermAsked:
    """One term that may be asked about: as it is agreed, and what else it may be."""

    shown: TermShown
    kind: str  #: number, date or word
    mark: Words
    options: tuple[tuple[str, Words], ...]  #: of a word
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked of one benefit of one employer."""

    employer_name: str
    benefit_id: int
    benefit: str
    words: Words
    scheme_name: str
    years: tuple[int, ...]
    year: int  #: asked when nobody says otherwise
    terms: tuple[TermAsked, ...]
    has_tables: bool  #: terms that are tables, which are not asked here


@dataclass(frozen=True, slots=True)
class Spread:
    """How one amount differs over people, in cents over the year."""

    words: Words
    now: int
    then: int
    more: int  #: employees with a higher amount
    less: int
    same: int
    bands: tuple[tuple[int, int, int], ...]  #: from, up to, and how many employees

    @property
    def difference(self) -> int:
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class Answer:
    """The comparison of one question."""

    employees: int
    not_calculated: int  #: wage periods without an amount, because something is missing
    amounts: tuple[Spread, ...]


def question(visitor: Visitor, employer_id: int, benefit_id: int, now: datetime) -> Question:
    """The terms of a benefit as they hold now, and what each may be. Raises NotFound."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer = employer_or_not_found(visitor, employer_id)
        line = next((one for one in schemes.benefits(employer_id) if one.id == benefit_id), None)
        if line is None:
            raise not_found(visitor, f"benefit:{benefit_id}")
        one, this_year = benefit_named(line.benefit), localdate(now).year
        first = min(line.administered_from.year, this_year)
        known = [version for version in schemes.terms(employer_id) if version.benefit_id == benefit_id]
        begun = [version for version in known if version.start <= localdate(now)] or known[:1]
        shown = terms_of(one, begun[-1]).terms if begun else ()
        asked = [_asked(one.terms[term.name], term) for term in shown if term.name in one.terms]
        return Question(
            employer.name,
            line.id,
            line.benefit,
            Words(one.nl, one.en),
            line.scheme_name,
            tuple(range(this_year + 1, first - 1, -1)),
            this_year,
            tuple(term for term in asked if term is not None),
            any(term is None for term in asked),
        )


def _asked(term: Term, shown: TermShown) -> TermAsked | None:
    """A table or tranches cannot be typed in one field."""
    if term.key or term.kind.endswith("_tranches"):
        return None
    if term.is_shape:
        options = tuple((word, _said(term, word)) for word in term.choices)
        return TermAsked(shown, "word", NOTHING, options, "", "")
    kind = "date" if term.kind == "date" else "number"
    lowest, highest = ("", "") if kind == "date" else (term.lowest, term.highest)
    return TermAsked(shown, kind, MARKS.get(term.kind, NOTHING), (), lowest, highest)


def _said(term: Term, word: str) -> Words:
    if term.kind == "yes_no":
        return Words("ja", "yes") if word == "true" else Words("nee", "no")
    return Words(said(word, "nl"), said(word, "en"))


def answer(
    visitor: Visitor, employer_id: int, asked: Question, changes: Mapping[str, str], year: int
) -> Answer:
    """Everybody in one calendar year, as agreed and with these terms changed. Raises SchakelError."""
    one = benefit_named(asked.benefit)
    read = {name: _read(one, name, text) for name, text in changes.items()}
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer_or_not_found(visitor, employer_id)
        agreed = participation.agreed_benefit(employer_id, str(asked.benefit_id))
        found = participation.what_if(employer_id, agreed, read, date(year, 1, 1), date(year + 1, 1, 1))
    return _told(found)


def _read(one: Benefit, name: str, text: str) -> Any:
    """As terms are written: yes and no are no words."""
    term = one.terms[name]
    if term.kind == "yes_no":
        return {"true": True, "false": False}.get(text, text)
    return text


def _told(found: WhatIf) -> Answer:
    amounts = tuple(_spread(one) for one in found.compared.values())
    return Answer(found.employees, found.not_calculated, amounts)


def _spread(one: Compared) -> Spread:
    each = one.each()
    more, less = int((each > 0).sum()), int((each < 0).sum())
    return Spread(
        Words(one.nl, one.en), one.now, one.then, more, less, len(each) - more - less, tuple(one.bands())
    )
