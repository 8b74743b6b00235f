"""One value of a case file: a number, a day, a word, a list or fields; a mistake is named with its line."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from schakel.engine.errors import SchemeIssue, allowed_instead
from schakel.engine.timeline import Period
from schakel.engine.yaml_place import Place

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")


class CaseMistake(SchemeIssue):
    """The case file cannot be read. Correct the line that is named."""

    code = "case-mistake"
    nl = "Het casusbestand kan niet worden gelezen. Herstel de genoemde regel."


def scaled(place: Place, scale: int) -> int:
    """A number in parts of which `scale` make one."""
    text = _something(place)
    if not NUMBER.fullmatch(text):
        raise mistake(
            place.line,
            f"{short(text)} is no number; write for example 4000.00",
            f"{short(text)} is geen getal; schrijf bijvoorbeeld 4000.00",
        )
    exact = Decimal(text) * scale
    if exact != exact.to_integral_value():
        decimals = len(str(scale)) - 1
        raise mistake(
            place.line,
            f"{text} is finer than 1/{scale}; write at most {decimals} decimals"
            if decimals
            else f"{text} is no whole number",
            f"{text} is fijner dan 1/{scale}; schrijf ten hoogste {decimals} decimalen"
            if decimals
            else f"{text} is geen heel getal",
        )
    return int(exact)


def period_of(place: Place, fields: Mapping[str, Place]) -> Period:
    """From the first day up to the day that no longer counts."""
    until = day_of(fields["until"]) if "until" in fields else None
    try:
        return Period(day_of(fields["from"]), until)
    except ValueError:
        raise mistake(
            place.line,
            "until is the first day that no longer counts, and comes after from",
            "until is de eerste dag die niet meer meetelt, en ligt na from",
        ) from None


def day_of(place: Place) -> date:
    """A day, within the years that can be calculated."""
    text = _something(place)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise mistake(
            place.line,
            f"{short(text)} is no date from {EARLIEST} to {LATEST}; write for example 2026-01-01",
            f"{short(text)} is geen datum van {EARLIEST} tot en met {LATEST}; schrijf bijvoorbeeld 2026-01-01",
        )
    return day


def word_of(place: Place, allowed: tuple[str, ...]) -> str:
    """One of the words that are allowed."""
    text = text_of(place)
    if text not in allowed:
        raise not_allowed(place.line, text, allowed)
    return text


def text_of(place: Place) -> str:
    """One value as it is written."""
    if place.text is None:
        raise mistake(place.line, "one value is expected here", "hier hoort één waarde")
    return place.text


def _something(place: Place) -> str:
    text = text_of(place)
    if not text:
        raise mistake(place.line, "a value is missing here", "hier ontbreekt een waarde")
    return text


def entries_of(place: Place) -> tuple[Place, ...]:
    """A list."""
    if place.entries is None:
        raise mistake(
            place.line,
            "a list is expected here, each entry after a -",
            "hier hoort een lijst, elk onderdeel na een -",
        )
    return place.entries


def some_of(place: Place) -> tuple[Place, ...]:
    """A list with something in it."""
    if not entries_of(place):
        raise mistake(place.line, "at least one is expected here", "hier hoort er ten minste één")
    return entries_of(place)


def fields_of(place: Place, allowed: tuple[str, ...]) -> Mapping[str, Place]:
    """Fields, each of a name that is allowed."""
    if place.fields is None:
        raise mistake(
            place.line,
            f"fields are expected here: {', '.join(allowed)}",
            f"hier horen velden: {', '.join(allowed)}",
        )
    for name, one in place.fields.items():
        if name.isdigit():
            # What stands behind the comma of 21.805,00 is read as one more name.
            raise mistake(
                one.line,
                f"{short(name)} is no name; a number has a point and no comma, 21805.00",
                f"{short(name)} is geen naam; een getal heeft een punt en geen komma, 21805.00",
            )
        if name not in allowed:
            raise not_allowed(one.line, name, allowed)
    return place.fields


def not_allowed(line: int, text: str, allowed: tuple[str, ...]) -> CaseMistake:
    """What is allowed instead."""
    en, nl = allowed_instead(text, allowed)
    return mistake(line, f"{short(text)} is not allowed; {en}", f"{short(text)} mag niet; {nl}")


def short(text: str) -> str:
    """What was written, cut to what fits a sentence."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def mistake(line: int, en: str, nl: str) -> CaseMistake:
    """A mistake on a line."""
    return CaseMistake(f"Line {line}: {en}.", f"Regel {line}: {nl}.")
