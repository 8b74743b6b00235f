"""What a form of the desk asks: each field read from JSON or from a page into one exact value, or refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from schakel_simulators.nmbrs.books.refusal import RefusedError

Kind = Literal["id", "day", "hundredths", "number", "text", "flag", "choice", "texts", "one", "many"]
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LARGEST = Decimal(10_000_000)
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `inner` are the fields of `one` thing within, or of `many`."""

    name: str
    kind: Kind
    label: str
    is_required: bool = True
    choices: tuple[str, ...] = ()
    inner: tuple["Field", ...] = ()

    def refused(self, nl: str, en: str, allowed: Sequence[str]) -> RefusedError:
        """This field, refused."""
        return RefusedError(f"{self.name}: {nl}", f"{self.name}: {en}", field=self.name, allowed=allowed)


def read(fields: Sequence[Field], told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form; a field that is left empty is None, or empty when it holds many."""
    names = {field.name for field in fields}
    unknown = sorted(set(told) - names)
    if unknown:
        raise RefusedError(
            f"Onbekende velden: {', '.join(unknown)}.",
            f"Unknown fields: {', '.join(unknown)}.",
            field=unknown[0],
            allowed=sorted(names),
        )
    return {field.name: _value(field, told.get(field.name)) for field in fields}


def _value(field: Field, told: Any) -> Any:
    if told is None or told in ("", [], {}):
        if field.is_required:
            raise field.refused("dit is verplicht.", "this is required.", [_allowed(field)])
        return () if field.kind in ("many", "texts") else None
    return _READERS[field.kind](field, told)


def _allowed(field: Field) -> str:
    if field.choices:
        return " | ".join(field.choices)
    inner = ", ".join(one.name for one in field.inner)
    return {
        "id": "GET /desk/state, GET /desk/employees",
        "day": "YYYY-MM-DD",
        "hundredths": "0.00",
        "number": "0",
        "text": f"text[0..{_LONGEST_TEXT}]",
        "flag": "true | false",
        "texts": '["…", "…"]',
        "one": f"{{{inner}}}",
        "many": f"[{{{inner}}}]",
    }[field.kind]


def _number(field: Field, told: Any) -> int:
    number = _decimal(field, told)
    if number != number.to_integral_value():
        raise field.refused("dit is geen geheel getal.", "this is not a whole number.", [_allowed(field)])
    return int(number)


def _hundredths(field: Field, told: Any) -> int:
    hundredfold = _decimal(field, told) * 100
    if hundredfold != hundredfold.to_integral_value():
        raise field.refused("te veel decimalen.", "too many decimals.", [_allowed(field)])
    return int(hundredfold)


def _decimal(field: Field, told: Any) -> Decimal:
    """Exact, from a JSON number or a text; people may write a comma."""
    text = str(told).strip()
    if "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(told, bool) or not number.is_finite() or abs(number) > _LARGEST:
        raise field.refused("dit is geen getal.", "this is not a number.", [_allowed(field)])
    return number


def _day(field: Field, told: Any) -> date:
    if isinstance(told, str) and _ISO_DATE.fullmatch(told):
        try:
            return date.fromisoformat(told)
        except ValueError:
            pass
    raise field.refused("dit is geen datum.", "this is not a date.", [_allowed(field)])


def _text(field: Field, told: Any) -> str:
    if not isinstance(told, str) or len(told) > _LONGEST_TEXT:
        raise field.refused("dit is geen tekst.", "this is not a text.", [_allowed(field)])
    return told


def _flag(field: Field, told: Any) -> bool:
    if told in (True, "true"):
        return True
    if told in (False, "false"):
        return False
    raise field.refused("ja of nee.", "true or false.", [_allowed(field)])


def _choice(field: Field, told: Any) -> str:
    if told not in field.choices:
        raise field.refused("deze keuze bestaat niet.", "there is no such choice.", field.choices)
    return str(told)


def _texts(field: Field, told: Any) -> tuple[str, ...]:
    many = told.replace(",", " ").split() if isinstance(told, str) else told
    if not isinstance(many, list):
        raise field.refused("dit is geen lijst.", "this is not a list.", [_allowed(field)])
    return tuple(_text(field, one) for one in many)


def _one(field: Field, told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise field.refused("dit is geen object.", "this is not an object.", [_allowed(field)])
    return read(field.inner, told)


def _many(field: Field, told: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(told, list):
        raise field.refused("dit is geen lijst.", "this is not a list.", [_allowed(field)])
    return tuple(_one(field, one) for one in told)


_READERS: dict[Kind, Callable[[Field, Any], Any]] = {
    "id": _number,
    "day": _day,
    "hundredths": _hundredths,
    "number": _number,
    "text": _text,
    "flag": _flag,
    "choice": _choice,
    "texts": _texts,
    "one": _one,
    "many": _many,
}
