"""Case files: facts, terms and dates of one employee in one benefit, and the amounts that must come out.

A case is YAML that a domain person writes. Every mistake is named with its line and what is allowed there.
The format stands in docs/calculations/case-files.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from schakel.engine.benefit import Benefit
from schakel.engine.catalogue import amounts_graph, benefit, check_terms
from schakel.engine.choices import OWN, Choices
from schakel.engine.employee import FACTS, EmployeeTimeline, Fact, Sourced
from schakel.engine.errors import NoRuleInForce, SchemeIssue
from schakel.engine.parameters import ParameterSet, statutory
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, wage_period
from schakel.engine.units import Unit
from schakel.engine.yaml_place import Place, place_of

TOP = ("title", "source", "benefit", "wage_period", "facts", "terms", "expected")
MAY_BE_SAID = ("known_on",)
OUTCOMES = ("not_participating", "refused")


class CaseMistake(SchemeIssue):
    """The case file cannot be read. Correct the line that is named."""

    code = "case-mistake"
    nl = "Het casusbestand kan niet worden gelezen. Herstel de genoemde regel."


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of one wage period: amounts in cents, or why there are none."""

    line: int
    wage_period: WagePeriod
    amounts: Mapping[str, int]
    steps: Mapping[str, int] = field(
        default_factory=dict
    )  #: rule or own step → its integer, as it stands at the end
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
    try:
        top = place_of(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _mistake(
            line, f"this is no YAML: {error.problem}", f"dit is geen YAML: {error.problem}"
        ) from None
    except yaml.reader.ReaderError as error:
        raise _mistake(1, f"this is no text: {error.reason}", f"dit is geen tekst: {error.reason}") from None
    fields = _fields(top, (*TOP, *MAY_BE_SAID))
    for name in TOP:
        if name not in fields:
            raise _mistake(
                top.line,
                f"{name!r} is missing; a case has {', '.join(TOP)}",
                f"{name!r} ontbreekt; een casus heeft {', '.join(TOP)}",
            )
    one = _benefit(fields["benefit"])
    kind = _word(fields["wage_period"], tuple(PER_YEAR))
    terms, choices = _terms(fields["terms"], one)
    return Case(
        _text(fields["title"]),
        _text(fields["source"]),
        one.name,
        EmployeeTimeline("case", _facts(fields["facts"], kind)),
        terms,
        tuple(_expected(entry, one, kind, choices) for entry in _entries(fields["expected"])),
        _date(fields["known_on"]) if "known_on" in fields else None,
    )


def _benefit(place: Place) -> Benefit:
    try:
        return benefit(_text(place))
    except NoRuleInForce as error:
        raise _mistake(place.line, error.message("en"), error.message("nl")) from None


def _facts(place: Place, kind: str) -> dict[str, Timeline[Sourced]]:
    fields = _fields(place, tuple(name for name in FACTS if name != "wage_period_kind"))
    found = {name: _history(one, FACTS[name]) for name, one in fields.items()}
    found["wage_period_kind"] = Timeline.always(Sourced(kind, "case: wage_period"))
    return found


def _history(place: Place, fact: Fact) -> Timeline[Sourced]:
    """One value for always, or a list of `{from, until, value}`."""
    entries = place.entries if place.entries and place.entries[0].fields is not None else None
    if entries is None:
        return Timeline.always(Sourced(_fact_value(place, fact), f"case line {place.line}"))
    steps = []
    for entry in entries:
        fields = _fields(entry, ("from", "until", "value"))
        if not {"from", "value"} <= fields.keys():
            raise _mistake(entry.line, "each step has from and value", "elke stap heeft from en value")
        value = Sourced(_fact_value(fields["value"], fact), f"case line {entry.line}")
        steps.append(Step(_period(entry, fields), value))
    return _timeline(place, _open_until_next(steps))


def _terms(place: Place, one: Benefit) -> tuple[Timeline[Mapping[str, Any]], list[Choices]]:
    steps: list[Step[Mapping[str, Any]]] = []
    found: list[Choices] = []
    for entry in _entries(place):
        fields = _fields(entry, ("from", "until", *one.terms, *OWN))
        if "from" not in fields:
            raise _mistake(entry.line, "terms have a from date", "voorwaarden hebben een datum from")
        chosen = {name: _as_written(fields[name]) for name in fields if name not in {"from", "until"}}
        try:
            found.append(check_terms(one.name, chosen))
        except SchemeIssue as error:
            raise _mistake(_line_of(entry, error.about), error.message("en"), error.message("nl")) from None
        steps.append(Step(_period(entry, fields), chosen))
    return _timeline(place, _open_until_next(steps)), found


def _line_of(entry: Place, about: str) -> int:
    """The line of the term, figure or step that a mistake is about; else the line of the terms."""
    fields = entry.fields or {}
    if about in fields:
        return fields[about].line
    figures = fields["figures"].fields if "figures" in fields else None
    if figures and about in figures:
        return figures[about].line
    steps = fields["steps"].entries if "steps" in fields else None
    for step in steps or ():
        name = (step.fields or {}).get("name")
        if name is not None and name.text == about:
            return step.line
    return entry.line


def _as_written(place: Place) -> Any:
    """Text, true or false, lists and fields, as the scheme's terms are kept; numbers stay the text they are."""
    if place.fields is not None:
        return {name: _as_written(one) for name, one in place.fields.items()}
    if place.entries is not None:
        return [_as_written(one) for one in place.entries]
    text = _text(place)
    return text == "true" if text in {"true", "false"} and not place.is_quoted else text


def _expected(place: Place, one: Benefit, kind: str, choices: list[Choices]) -> Expected:
    quantities = tuple(quantity.name for quantity in one.quantities)
    graphs = [amounts_graph(one.name, found.shape) for found in choices]
    units = {rule.name: rule.unit for graph in graphs for rule in graph.rules}
    allowed = ("period", *OUTCOMES, *quantities)
    fields = _fields(place, (*allowed, *(name for name in units if name not in allowed)))
    if "period" not in fields or len(fields) < 2:
        raise _mistake(
            place.line,
            "say the period and at least one amount, for example {period: 2026-01, "
            f"{quantities[0]}: 100.00}}; amounts are: {', '.join(quantities)}",
            "noem het tijdvak en ten minste één bedrag, bijvoorbeeld {period: 2026-01, "
            f"{quantities[0]}: 100.00}}; bedragen zijn: {', '.join(quantities)}",
        )
    return Expected(
        place.line,
        _wage_period(fields["period"], kind),
        {name: _scaled(fields[name], 100) for name in quantities if name in fields},
        {name: _step_value(fields[name], units[name]) for name in fields if name not in allowed},
        _word(fields["not_participating"], one.conditions) if "not_participating" in fields else None,
        _text(fields["refused"]) if "refused" in fields else None,
    )


def _step_value(place: Place, unit: Unit) -> int:
    if unit.name == "yes_no":
        return int(_word(place, ("true", "false")) == "true")
    return _scaled(place, unit.scale)


def _wage_period(place: Place, kind: str) -> WagePeriod:
    year, _, number = _text(place).partition("-")
    try:
        return wage_period(kind, int(year), int(number))
    except ValueError as error:
        raise _mistake(
            place.line,
            f"a period is year-number, for example 2026-01: {error}",
            f"een tijdvak is jaar-nummer, bijvoorbeeld 2026-01: {error}",
        ) from None


def _fact_value(place: Place, fact: Fact) -> Any:
    if fact.choices:
        return _word(place, fact.choices)
    if fact.unit.name == "date":
        return _date(place)
    if fact.unit.name == "dates":
        return tuple(_date(entry) for entry in _entries(place))
    if fact.unit.name == "yes_no":
        return _word(place, ("true", "false")) == "true"
    return _scaled(place, fact.unit.scale)


def _scaled(place: Place, scale: int) -> int:
    try:
        exact = Decimal(_text(place)) * scale
    except InvalidOperation:
        raise _mistake(
            place.line,
            f"{place.text!r} is no number; write for example 4000.00",
            f"{place.text!r} is geen getal; schrijf bijvoorbeeld 4000.00",
        ) from None
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise _mistake(
            place.line,
            f"{place.text} is finer than 1/{scale}",
            f"{place.text} is fijner dan 1/{scale}",
        )
    return int(exact)


def _period(place: Place, fields: Mapping[str, Place]) -> Period:
    until = _date(fields["until"]) if "until" in fields else None
    try:
        return Period(_date(fields["from"]), until)
    except ValueError:
        raise _mistake(
            place.line,
            "until is the first day that no longer counts, and comes after from",
            "until is de eerste dag die niet meer meetelt, en ligt na from",
        ) from None


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
        raise _mistake(place.line, "two values hold at one time", "twee waarden gelden tegelijk") from None


def _date(place: Place) -> date:
    try:
        return date.fromisoformat(_text(place))
    except ValueError:
        raise _mistake(
            place.line,
            f"{place.text!r} is no date; write for example 2026-01-01",
            f"{place.text!r} is geen datum; schrijf bijvoorbeeld 2026-01-01",
        ) from None


def _word(place: Place, allowed: tuple[str, ...]) -> str:
    text = _text(place)
    if text not in allowed:
        raise _not_allowed(place.line, text, allowed)
    return text


def _text(place: Place) -> str:
    if place.text is None:
        raise _mistake(place.line, "one value is expected here", "hier hoort één waarde")
    return place.text


def _entries(place: Place) -> tuple[Place, ...]:
    if place.entries is None:
        raise _mistake(place.line, "a list is expected here", "hier hoort een lijst")
    return place.entries


def _fields(place: Place, allowed: tuple[str, ...]) -> Mapping[str, Place]:
    if place.fields is None:
        raise _mistake(
            place.line,
            f"fields are expected here: {', '.join(allowed)}",
            f"hier horen velden: {', '.join(allowed)}",
        )
    for name, one in place.fields.items():
        if name not in allowed:
            raise _not_allowed(one.line, name, allowed)
    return place.fields


def _not_allowed(line: int, text: str, allowed: tuple[str, ...]) -> CaseMistake:
    listed = ", ".join(allowed)
    return _mistake(
        line, f"{text!r} is not allowed; allowed: {listed}", f"{text!r} mag niet; toegestaan: {listed}"
    )


def _mistake(line: int, en: str, nl: str) -> CaseMistake:
    return CaseMistake(f"Line {line}: {en}.", f"Regel {line}: {nl}.")
