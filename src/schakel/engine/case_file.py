"""Case files: facts, terms and dates of one employee in one benefit, and the amounts that must come out.

A case is YAML that a domain person writes. Every mistake is named with its line and what is allowed there.
The format stands in docs/calculations/case-files.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from schakel.engine.benefit import Benefit
from schakel.engine.case_values import (
    CaseMistake,
    day_of,
    entries_of,
    fields_of,
    mistake,
    period_of,
    scaled,
    short,
    some_of,
    text_of,
    word_of,
)
from schakel.engine.catalogue import amounts_graph, benefit, check_terms
from schakel.engine.choices import OWN, Choices
from schakel.engine.employee import FACTS, EmployeeTimeline, Fact, Sourced
from schakel.engine.errors import (
    ConflictingFacts,
    ImplausibleFact,
    MissingFact,
    MissingTerms,
    NoParameterInForce,
    NoRuleInForce,
    SchemeIssue,
)
from schakel.engine.own_steps import figure, read_own
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.scheme import Term
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.trace_error import TraceError
from schakel.engine.units import Unit
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, wage_period
from schakel.engine.yaml_place import NoCaseYaml, Place, place_of

__all__ = ["Case", "CaseMistake", "Expected", "read_case", "read_term", "read_value"]

TOP = ("title", "source", "benefit", "wage_period", "facts", "terms", "expected")
MAY_BE_SAID = ("known_on",)
OUTCOMES = ("not_participating", "refused")
REFUSALS = tuple(
    one.code
    for one in (
        MissingFact,
        ConflictingFacts,
        ImplausibleFact,
        MissingTerms,
        NoParameterInForce,
        NoRuleInForce,
    )
)
"""Why a wage period may have no amount."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of one wage period: amounts in cents, or why there are none."""

    line: int
    wage_period: WagePeriod
    amounts: Mapping[str, int]
    steps: Mapping[str, int] = field(
        default_factory=dict
    )  #: rule or own step → its integer, as it stands at the end
    units: Mapping[str, str] = field(default_factory=dict)  #: of those steps
    not_participating: str | None = None  #: name of the condition that does not hold
    refused: str | None = None  #: code of the refusal


@dataclass(frozen=True, slots=True)
class Case:
    """One employee in one benefit, with what must come out."""

    title: str
    source: str
    benefit: str
    facts: EmployeeTimeline
    terms: Timeline[Mapping[str, Any]]
    expected: tuple[Expected, ...]
    known_on: date | None = None  #: statutory figures as they were known on this day; None: all that is known

    @property
    def parameters(self) -> ParameterSet:
        """The statutory figures of the case."""
        return statutory() if self.known_on is None else statutory().known_on(self.known_on)

    @property
    def wage_periods(self) -> tuple[WagePeriod, ...]:
        return tuple(one.wage_period for one in self.expected)


def read_case(text: str) -> Case:
    """A case from YAML. Raises CaseMistake with the line and what is allowed there."""
    top = _place(text)
    fields = fields_of(top, (*TOP, *MAY_BE_SAID))
    for name in TOP:
        if name not in fields:
            raise mistake(
                top.line,
                f"{name!r} is missing; a case has {', '.join(TOP)}",
                f"{name!r} ontbreekt; een casus heeft {', '.join(TOP)}",
            )
    one = _benefit(fields["benefit"])
    kind = word_of(fields["wage_period"], tuple(PER_YEAR))
    terms, choices = _terms(fields["terms"], one)
    return Case(
        text_of(fields["title"]),
        text_of(fields["source"]),
        one.name,
        EmployeeTimeline("case", _facts(fields["facts"], kind)),
        terms,
        tuple(_expected(entry, one, kind, choices) for entry in some_of(fields["expected"])),
        day_of(fields["known_on"]) if "known_on" in fields else None,
    )


def read_value(name: str, written: str) -> Any:
    """The value of a fact as a case file writes it. Raises CaseMistake with what is allowed."""
    try:
        return _fact_value(_place(written), FACTS[name])
    except CaseMistake as error:
        raise _about(name, error) from None


def read_term(written: str) -> Any:
    """The value of a term as a case file writes it, also a table or tranches. Raises CaseMistake."""
    return _as_written(_place(written))


def _about(name: str, error: CaseMistake) -> CaseMistake:
    """The same without a line, for what stands in no file."""
    en, nl = (error.message(language).partition(": ")[2] for language in ("en", "nl"))
    return CaseMistake(f"{name}: {en}", f"{name} ({FACTS[name].nl}): {nl}", about=name)


def _place(text: str) -> Place:
    """The top of a document. Raises CaseMistake."""
    try:
        return place_of(text)
    except NoCaseYaml as error:
        raise mistake(error.line, error.en, error.nl) from None


def _benefit(place: Place) -> Benefit:
    try:
        return benefit(text_of(place))
    except NoRuleInForce as error:
        raise mistake(place.line, error.message("en"), error.message("nl")) from None


def _facts(place: Place, kind: str) -> dict[str, Timeline[Sourced]]:
    fields = fields_of(place, tuple(name for name in FACTS if name != "wage_period_kind"))
    found = {name: _named_history(one, FACTS[name]) for name, one in fields.items()}
    found["wage_period_kind"] = Timeline.always(Sourced(kind, "case: wage_period"))
    return found


def _named_history(place: Place, fact: Fact) -> Timeline[Sourced]:
    """The history; a mistake in it is told with the fact, which may stand some lines above."""
    try:
        return _history(place, fact)
    except CaseMistake as error:
        en, nl = (error.message(language).split(": ", 1) for language in ("en", "nl"))
        raise CaseMistake(f"{en[0]}: {fact.name}: {en[1]}", f"{nl[0]}: {fact.name}: {nl[1]}") from None


def _history(place: Place, fact: Fact) -> Timeline[Sourced]:
    """One value for always, or a list of `{from, until, value}`."""
    entries = place.entries if place.entries and place.entries[0].fields is not None else None
    if entries is None and place.entries is not None and fact.unit.name != "dates":
        raise mistake(
            place.line,
            "one value is expected here, or a list of {from, value}",
            "hier hoort één waarde, of een lijst van {from, value}",
        )
    if entries is None:
        return Timeline.always(Sourced(_fact_value(place, fact), f"case line {place.line}"))
    steps = []
    for entry in entries:
        fields = fields_of(entry, ("from", "until", "value"))
        if not {"from", "value"} <= fields.keys():
            raise mistake(entry.line, "each step has from and value", "elke stap heeft from en value")
        value = Sourced(_fact_value(fields["value"], fact), f"case line {entry.line}")
        steps.append(Step(period_of(entry, fields), value))
    return _timeline(place, _open_until_next(steps))


def _terms(place: Place, one: Benefit) -> tuple[Timeline[Mapping[str, Any]], list[Choices]]:
    steps: list[Step[Mapping[str, Any]]] = []
    found: list[Choices] = []
    for entry in some_of(place):
        fields = fields_of(entry, ("from", "until", *one.terms, *OWN))
        if "from" not in fields:
            raise mistake(entry.line, "terms have a from date", "voorwaarden hebben een datum from")
        chosen = {name: _as_written(fields[name]) for name in fields if name not in {"from", "until"}}
        try:
            found.append(check_terms(one.name, chosen))
            amounts_graph(one.name, found[-1].shape)
        except SchemeIssue as error:
            line = _line_of(entry, error.about, one.terms)
            raise mistake(line, _bare(error.message("en")), _bare(error.message("nl"))) from None
        except TraceError as error:
            # Terms that fit each by itself, but not together: numbers of these ranges grow too large.
            raise mistake(
                entry.line, f"these terms do not fit: {error}", f"dit past niet: {error.nl}"
            ) from None
        steps.append(Step(period_of(entry, fields), chosen))
    return _timeline(place, _open_until_next(steps)), found


def _line_of(entry: Place, about: str, terms: Mapping[str, Term]) -> int:
    """The line of the term, figure or step that a mistake is about, or of what is wrong within it."""
    fields = entry.fields or {}
    figures = fields["figures"].fields if "figures" in fields else None
    if figures and about in figures:
        return _line_of_figure(about, figures[about])
    steps = fields["steps"].entries if "steps" in fields else None
    for step in steps or ():
        name = (step.fields or {}).get("name")
        if name is not None and name.text == about:
            return _line_of_step(step)
    if about in fields:
        return _line_within(fields[about], terms.get(about))
    return fields["steps"].line if "steps" in fields and about not in terms else entry.line


def _line_of_figure(name: str, place: Place) -> int:
    """The field of a figure that is wrong by itself, or what is wrong within its value."""
    fields = place.fields or {}
    alone: dict[str, Any] = {"value": "0"} | {
        key: _as_written(one) for key, one in fields.items() if key == "kind"
    }
    of_law = {key: one for key, one in alone.items() if key != "value"}
    line = _wrong_field(
        fields, lambda key, one: figure(name, {**(of_law if key == "statutory" else alone), key: one})
    )
    if line is not None:
        return line
    value = fields.get("value")
    return place.line if value is None else _line_within(value, figure(name, alone))


def _line_of_step(place: Place) -> int:
    """The field of a step that is wrong by itself; else its formula."""
    fields = place.fields or {}
    alone = {"name": "step", "is": "1", "unit": "count"}
    line = _wrong_field(fields, lambda key, one: read_own({"steps": [{**alone, key: one}]}, {}))
    return line if line is not None else fields.get("is", place).line


def _wrong_field(fields: Mapping[str, Place], read: Callable[[str, Any], object]) -> int | None:
    for key, one in fields.items():
        try:
            read(key, _as_written(one))
        except SchemeIssue:
            return one.line
    return None


def _line_within(place: Place, term: Term | None) -> int:
    """The line of the first entry of a table or list of tranches that is wrong by itself."""
    if term is None or term.is_shape:
        return place.line
    for key, one in (place.fields or {}).items():
        try:
            term.read({key: _as_written(one)})
        except SchemeIssue:
            return one.line
    for tranche in place.entries or ():
        for key, one in (tranche.fields or {}).items():
            number = term if key == "percent" else replace(term, kind="euros", highest="100000000")
            try:
                number.integer(_as_written(one))
            except SchemeIssue:
                return one.line
    return place.line


def _bare(message: str) -> str:
    """A sentence without its full stop, for one follows."""
    return message.removesuffix(".")


def _as_written(place: Place) -> Any:
    """Text, true or false, lists and fields, as the scheme's terms are kept; numbers stay the text they are."""
    if place.fields is not None:
        return {name: _as_written(one) for name, one in place.fields.items()}
    if place.entries is not None:
        return [_as_written(one) for one in place.entries]
    text = text_of(place)
    return text == "true" if text in {"true", "false"} and not place.is_quoted else text


def _expected(place: Place, one: Benefit, kind: str, choices: list[Choices]) -> Expected:
    quantities = tuple(quantity.name for quantity in one.quantities)
    graphs = [amounts_graph(one.name, found.shape) for found in choices]
    units = {rule.name: rule.unit for graph in graphs for rule in graph.rules}
    words = {name: made.words for graph in graphs for name, made in graph.expressions.items()}
    allowed = ("period", *OUTCOMES, *quantities)
    fields = fields_of(place, (*allowed, *(name for name in units if name not in allowed)))
    if "period" not in fields or len(fields) < 2:
        raise mistake(
            place.line,
            "say the period and at least one amount, for example {period: 2026-01, "
            f"{quantities[0]}: 100.00}}; amounts are: {', '.join(quantities)}",
            "noem het tijdvak en ten minste één bedrag, bijvoorbeeld {period: 2026-01, "
            f"{quantities[0]}: 100.00}}; bedragen zijn: {', '.join(quantities)}",
        )
    return Expected(
        place.line,
        _wage_period(fields["period"], kind),
        {name: scaled(fields[name], 100) for name in quantities if name in fields},
        {name: _step_value(fields[name], units[name], words[name]) for name in fields if name not in allowed},
        {name: units[name].name for name in fields if name not in allowed},
        word_of(fields["not_participating"], one.conditions) if "not_participating" in fields else None,
        word_of(fields["refused"], REFUSALS) if "refused" in fields else None,
    )


def _step_value(place: Place, unit: Unit, words: tuple[str, ...]) -> int:
    if unit.name == "yes_no":
        return int(word_of(place, ("true", "false")) == "true")
    if unit.name == "choice" and words:
        return words.index(word_of(place, words))
    return day_of(place).toordinal() if unit.name == "date" else scaled(place, unit.scale)


def _wage_period(place: Place, kind: str) -> WagePeriod:
    found = re.fullmatch(r"((?:19|20|21)[0-9]{2})-([0-9]{1,2})", text_of(place))
    try:
        if found is not None:
            return wage_period(kind, int(found[1]), int(found[2]))
        why = short(text_of(place))
    except ValueError as error:
        why = str(error)
    raise mistake(
        place.line,
        f"a period is year-number, for example 2026-01: {why}",
        f"een tijdvak is jaar-nummer, bijvoorbeeld 2026-01: {why}",
    )


def _fact_value(place: Place, fact: Fact) -> Any:
    if fact.choices:
        return word_of(place, fact.choices)
    if fact.unit.name == "date":
        return day_of(place)
    if fact.unit.name == "dates":
        return tuple(day_of(entry) for entry in entries_of(place))
    if fact.unit.name == "yes_no":
        return word_of(place, ("true", "false")) == "true"
    return scaled(place, fact.unit.scale)


def _open_until_next(steps: list[Step[Any]]) -> list[Step[Any]]:
    """A step without an end ends where the next begins."""
    ordered = sorted(steps, key=lambda step: step.period.start)
    following = [*[step.period.start for step in ordered[1:]], None]
    return [
        step
        if step.period.until is not None or until in {None, step.period.start}
        else Step(Period(step.period.start, until), step.value)
        for step, until in zip(ordered, following, strict=True)
    ]


def _timeline(place: Place, steps: list[Step[Any]]) -> Timeline[Any]:
    try:
        return Timeline(steps)
    except ValueError:
        ordered = sorted(steps, key=lambda step: step.period.start)
        on = next(two.period.start for one, two in pairwise(ordered) if one.period.intersect(two.period))
        raise mistake(
            place.line,
            f"two values hold at one time, on {on}; end the first with until, or take one out",
            f"twee waarden gelden tegelijk, op {on}; beëindig de eerste met until, of haal er één weg",
        ) from None
