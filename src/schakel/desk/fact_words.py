"""Facts in words: what each is called, and its value as a person reads it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schakel.desk.words import NOTHING, Words
from schakel.engine.employee import FACTS
from schakel.engine.explanation import shown
from schakel.records.timelines import as_read

MASK = "•••••••••"

IDENTITY_WORDS: Mapping[str, Words] = {
    "name": Words("naam", "name"),
    "address": Words("adres", "address"),
    "email": Words("e-mailadres", "e-mail address"),
    "bsn": Words("burgerservicenummer (BSN)", "citizen service number (BSN)"),
    "iban": Words("bankrekening", "bank account"),
    "partner": Words("partner", "partner"),
    "children": Words("kinderen", "children"),
    "civil_status": Words("burgerlijke staat", "civil status"),
    "contract": Words("arbeidsovereenkomst", "employment agreement"),
    "ikv_number": Words("nummer inkomstenverhouding", "number of the income relationship"),
    "collective_agreement": Words("cao", "collective agreement"),
    "schedule_days": Words("rooster (uren per dag)", "schedule (hours a day)"),
}


def fact_words(name: str) -> Words:
    """What a fact is called; empty when no fact is named."""
    if name in FACTS:
        return Words(FACTS[name].nl, FACTS[name].en)
    return IDENTITY_WORDS.get(name, Words(name, name)) if name else NOTHING


def unit_of(name: str) -> str:
    """How the value of a fact is to be read: a unit of the engine, or "words" and "text" for what is told."""
    if name in FACTS:
        return FACTS[name].unit.name
    return "words" if name in {"contract", "schedule_days"} else "text"


def value_of(name: str, value: Any, *, is_sealed: bool) -> Any:
    """A stored value in the unit `unit_of` names; masked when sealed, None when known to be none."""
    if is_sealed:
        return MASK
    if value is None:
        return None
    if name in FACTS:
        return as_read(name, value)
    return TELLERS.get(name, str)(value)


def _person(value: Mapping[str, Any]) -> str:
    first = str(value.get("first_name") or "")
    formal = " ".join(str(value[part]) for part in ("initials", "prefix", "last_name") if value.get(part))
    return f"{formal} ({first})" if formal and first else formal or first


def _address(value: Mapping[str, Any]) -> str:
    def joined(*parts: str) -> str:
        return " ".join(str(value[part]) for part in parts if value.get(part))

    lines = (
        joined("street", "house_number", "house_number_addition"),
        joined("postal_code", "city"),
        joined("country"),
    )
    return ", ".join(line for line in lines if line)


def _people(value: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(_person(one) for one in value)


def _agreement(value: Mapping[str, Any]) -> Words:
    is_open = bool(value.get("is_indefinite"))
    nl, en = ("onbepaalde tijd", "indefinite") if is_open else ("bepaalde tijd", "fixed term")
    ends_on = value.get("ends_on")
    if ends_on:
        day = date.fromisoformat(ends_on)
        nl, en = f"{nl}, eindigt op {day:%d-%m-%Y}", f"{en}, ends on {day:%d-%m-%Y}"
    hours = value.get("hours_per_week")
    if hours:
        nl, en = (
            f"{nl}, {shown(hours, 'hours', 'nl')} uur per week",
            f"{en}, {shown(hours, 'hours', 'en')} hours a week",
        )
    return Words(nl, en)


def _schedule(value: Sequence[int]) -> Words:
    nl, en = (" · ".join(shown(hours, "hours", language) for hours in value) for language in ("nl", "en"))
    return Words(nl, en)


TELLERS: Mapping[str, Any] = {
    "name": _person,
    "partner": _person,
    "address": _address,
    "children": _people,
    "contract": _agreement,
    "schedule_days": _schedule,
}
