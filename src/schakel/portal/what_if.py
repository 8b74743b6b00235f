"""What if: other terms beside those agreed, for everybody of an employer; looking only."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from schakel.desk import what_if as desk
from schakel.engine.errors import SchakelError
from schakel.portal import charts
from schakel.portal.asking import PortalRequest, now, number
from schakel.portal.typed import typed_number
from schakel.portal.words import language, told


@dataclass(frozen=True, slots=True)
class Filled:
    """One term with what was typed for it."""

    term: desk.TermAsked
    typed: str

    @property
    def written(self) -> str:
        """As terms are written."""
        return typed_number(self.typed) if self.term.kind == "number" else self.typed

    @property
    def instead(self) -> str:
        """What was asked, as people say it."""
        word = dict(self.term.options).get(self.typed)
        return f"{self.typed} {told(self.term.mark)}".strip() if word is None else told(word)


def what_if(request: PortalRequest, employer_id: int, benefit_id: int) -> HttpResponse:
    """The terms beside fields for others; with any filled in, what everybody's amounts would come to."""
    asked = desk.question(request.visitor, employer_id, benefit_id, now())
    filled = [Filled(term, request.GET.get(term.shown.name, "").strip()) for term in asked.terms]
    year = number(request.GET.get("year"), asked.year)
    year = year if year in asked.years else asked.year
    context: dict[str, object] = {
        "employer_id": employer_id,
        "question": asked,
        "year": year,
        "chosen": [one for one in filled if one.term.shown.is_chosen],
        "usual": [one for one in filled if not one.term.shown.is_chosen],
        "changed": [one for one in filled if one.typed],
    }
    if context["changed"]:
        context |= _answered(request, employer_id, asked, filled, year)
    return render(request, "portal/employers/what_if.html", context)


def _answered(
    request: PortalRequest, employer_id: int, asked: desk.Question, filled: list[Filled], year: int
) -> dict[str, object]:
    """The answer with its charts, or what is wrong with the question."""
    changes = {one.term.shown.name: one.written for one in filled if one.typed}
    try:
        found = desk.answer(request.visitor, employer_id, asked, changes, year)
    except SchakelError as error:
        return {"wrong": error.message(language())}
    spreads = [
        (f"spread-{place}", one, charts.of_spread(one))
        for place, one in enumerate(found.amounts)
        if one.bands
    ]
    return {"answer": found, "spreads": spreads}
