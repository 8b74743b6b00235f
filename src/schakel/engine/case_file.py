"""Case files: facts, terms and dates of one employee in one benefit, and the amounts that must come out.

A case is YAML that a domain person writes. Every mistake is named with its line and what is allowed there.
The format stands in docs/calculations/case-files.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from schakel.engine.catalogue import Benefit, benefit
from schakel.engine.employee import FACTS, EmployeeTimeline, Fact, Sourced
from schakel.engine.errors import NoRuleInForce, SchemeIssue
from schakel.engine.scheme import checked
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.wage_periods import PER_YEAR, WagePeriod, wage_period
from schakel.engine.yaml_place import Place, place_of

TOP = ("title", "source", "benefit", "wage_period", "facts", "terms", "expected")
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
    fields = _fields(top, TOP)
    for name in TOP:
        if name not in fields:
            raise _mistake(
                top.line,
                f"{name!r} is missing; a case has {', '.join(TOP)}",
                f"{name!r} ontbreekt; een casus heeft {', '.join(TOP)}",
            )
    one = _benefit(fields["benefit"])
    kind = _word(fields["wage_period"], tuple(PER_YEAR))
    return Case(
        _text(fields["title"]),
        _text(fields["source"]),
        one.name,
        EmployeeTimeline("case", _facts(fields["facts"], kind)),
        _terms(fields["terms"], one),
        tuple(_expected(entry, one, kind) for entry in _entries(fields["expected"])),
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


def _terms(place: Place, one: Benefit) -> Timeline[Mapping[str, Any]]:
    steps: list[Step[Mapping[str, Any]]] = []
    for entry in _entries(place):
        fields = _fields(entry, ("from", "until", *one.terms))
        if "from" not in fields:
            raise _mistake(entry.line, "terms have a from date", "voorwaarden hebben een datum from")
        chosen = {name: _term_value(fields[name]) for name in fields if name in one.terms}
        try:
            checked(one.terms, chosen)
        except SchemeIssue as error:
            line = fields[error.about].line if error.about in fields else entry.line
            raise _mistake(line, error.message("en"), error.message("nl")) from None
        steps.append(Step(_period(entry, fields), chosen))
    return _timeline(place, _open_until_next(steps))


def _term_value(place: Place) -> str | bool:
    text = _text(place)
    return text == "true" if text in {"true", "false"} and not place.is_quoted else text


def _expected(place: Place, one: Benefit, kind: str) -> Expected:
    quantities = tuple(quantity.name for quantity in one.quantities)
    fields = _fields(place, ("period", *OUTCOMES, *quantities))
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
        _word(fields["not_participating"], one.conditions) if "not_participating" in fields else None,
        _text(fields["refused"]) if "refused" in fields else None,
    )


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
