"""The wire format of `schakel-json/1`: a draft as bytes, and a carrier's answers as values.

Nothing here touches the network. What comes in is checked before it is used: an answer that is not as the
interface says raises UnexpectedFormat and nothing of it is taken in.
"""

import json
import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from schakel.connectors.carrier_channel import (
    Acknowledgement,
    AmountInPeriod,
    CarrierRemark,
    Draft,
    ParticipantState,
    Person,
    Verdict,
)
from schakel.connectors.errors import UnexpectedFormat

FORMAT = "schakel-json/1"
PROBLEM_TYPE = "urn:schakel-json:problem:"

LARGEST_AMOUNT = 10**15  #: ten thousand milliard euros; more is a mistake of whoever sent it
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_date(value: object) -> object:
    """A calendar date exactly as YYYY-MM-DD; anything else is left for the model to refuse."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    return value


IsoDate = Annotated[date, BeforeValidator(_iso_date)]
Text = Annotated[str, Field(max_length=200)]


class _Answer(BaseModel):
    """Strict in what is known, silent about members that are not: the interface may grow."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Remark(_Answer):
    code: Annotated[str, Field(min_length=1, max_length=100)]
    nl: Annotated[str, Field(max_length=1_000)]
    en: Annotated[str, Field(max_length=1_000)] = ""


class _Acknowledgement(_Answer):
    format: Literal["schakel-json/1"]
    message_id: str
    verdict: Literal["received", "accepted", "rejected"]
    receipt: Annotated[str, Field(min_length=1, max_length=200)]
    remarks: Annotated[tuple[_Remark, ...], Field(strict=False, max_length=200)] = ()


class _Person(_Answer):
    reference: Annotated[str, Field(min_length=1, max_length=64)]
    employee_number: Text
    initials: Text
    prefix: Text
    last_name: Text
    birth_on: IsoDate
    bsn: Annotated[str, Field(pattern=r"^[0-9]{9}$")] | None
    partner_birth_on: IsoDate | None
    children_birth_on: Annotated[tuple[IsoDate, ...], Field(strict=False, max_length=100)]


class _Stretch(_Answer):
    start: Annotated[IsoDate, Field(alias="from")]
    until: IsoDate | None


class _Amount(_Answer):
    quantity: Annotated[str, Field(min_length=1, max_length=100)]
    start: Annotated[IsoDate, Field(alias="from")]
    until: IsoDate
    amount: Annotated[int, Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]


class _Held(_Answer):
    format: Literal["schakel-json/1"]
    policy_number: str
    on: IsoDate
    person: _Person
    participates: Annotated[tuple[_Stretch, ...], Field(strict=False, max_length=1_000)]
    amounts: Annotated[tuple[_Amount, ...], Field(strict=False, max_length=50_000)]


class _Problem(_Answer):
    type: Annotated[str, Field(max_length=200)]


_Model = TypeVar("_Model", bound=_Answer)


def message_bytes(draft: Draft) -> bytes:
    """The draft on the wire: canonical JSON in UTF-8, keys sorted, no spaces, so the same for ever.

    Stretches and amounts are put in order first: the same state gives the same bytes however it was gathered.
    """
    state = draft.state
    person = state.person
    message = {
        "format": FORMAT,
        "message_id": draft.message_id,
        "sequence": draft.sequence,
        "reason": draft.reason,
        "composed_on": draft.composed_on.isoformat(),
        "policy_number": state.policy_number,
        "person": {
            "reference": person.reference,
            "employee_number": person.employee_number,
            "initials": person.initials,
            "prefix": person.prefix,
            "last_name": person.last_name,
            "birth_on": person.birth_on.isoformat(),
            "bsn": person.bsn,
            "partner_birth_on": _date_or_null(person.partner_birth_on),
            "children_birth_on": [day.isoformat() for day in person.children_birth_on],
        },
        "participates": [
            {"from": start.isoformat(), "until": _date_or_null(until)}
            for start, until in sorted(state.participates, key=lambda stretch: stretch[0])
        ],
        "amounts": [
            {
                "quantity": one.quantity,
                "from": one.start.isoformat(),
                "until": one.until.isoformat(),
                "amount": one.amount,
            }
            for one in sorted(state.amounts, key=lambda a: (a.quantity, a.start, a.until))
        ],
        "changed": [
            {
                "quantity": one.quantity,
                "from": one.start.isoformat(),
                "until": one.until.isoformat(),
                "old": one.old,
                "new": one.new,
            }
            for one in sorted(draft.changed, key=lambda c: (c.quantity, c.start, c.until))
        ],
    }
    return canonical(message)


def canonical(value: Any) -> bytes:
    """JSON of which every program makes the same bytes; a float has no place in it."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def read_acknowledgement(body: bytes, message_id: str, operation: str) -> Acknowledgement:
    """A receipt or a verdict. Raises UnexpectedFormat, also when it is about another message."""
    told = _read(_Acknowledgement, body, operation)
    if told.message_id != message_id:
        raise _unexpected(operation, ("/message_id",))
    return Acknowledgement(
        message_id=told.message_id,
        verdict=Verdict(told.verdict),
        receipt=told.receipt,
        remarks=tuple(CarrierRemark(remark.code, remark.nl, remark.en) for remark in told.remarks),
    )


def read_held(body: bytes, policy_number: str, reference: str, on: date) -> ParticipantState:
    """What the carrier holds. UnexpectedFormat when that is not said, or of somebody else."""
    told = _read(_Held, body, "read_back")
    person = told.person
    for place, as_asked in (
        ("/policy_number", told.policy_number == policy_number),
        ("/person/reference", person.reference == reference),
        ("/on", told.on == on),
        ("/participates", all(s.until is None or s.start < s.until for s in told.participates)),
        ("/amounts", all(a.start < a.until for a in told.amounts)),
    ):
        if not as_asked:
            raise _unexpected("read_back", (place,))
    amounts = (AmountInPeriod(a.quantity, a.start, a.until, a.amount) for a in told.amounts)
    return ParticipantState(
        policy_number=told.policy_number,
        person=Person(
            reference=person.reference,
            employee_number=person.employee_number,
            initials=person.initials,
            prefix=person.prefix,
            last_name=person.last_name,
            birth_on=person.birth_on,
            bsn=person.bsn,
            partner_birth_on=person.partner_birth_on,
            children_birth_on=person.children_birth_on,
        ),
        participates=tuple(sorted(((s.start, s.until) for s in told.participates), key=lambda s: s[0])),
        amounts=tuple(sorted(amounts, key=lambda a: (a.quantity, a.start, a.until))),
    )


def problem_code(body: bytes) -> str | None:
    """The code of an RFC 9457 problem of this interface; None when the body is something else."""
    try:
        kind = _Problem.model_validate_json(body).type
    except ValidationError:
        return None
    code = kind.removeprefix(PROBLEM_TYPE)
    # Text from outside ends up in an error: only a plain code may pass.
    return code if code != kind and re.fullmatch(r"[a-z0-9-]{1,64}", code) else None


def _read(model: type[_Model], body: bytes, operation: str) -> _Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        # Places only: a value in an answer may be personal data, and an unknown key may be anything.
        places = sorted({"/" + "/".join(str(step)[:40] for step in e["loc"]) for e in error.errors()})
        raise _unexpected(operation, tuple(places[:5])) from None


def _unexpected(operation: str, places: tuple[str, ...]) -> UnexpectedFormat:
    where = ", ".join(places) or "/"
    return UnexpectedFormat(
        f"The carrier's answer to {operation} is not what schakel-json/1 says, at {where}. Nothing was taken "
        "in; ask the carrier, and compare with docs/links/carrier-interface.md.",
        f"Het antwoord van de uitvoerder op {operation} is niet zoals schakel-json/1 voorschrijft, bij "
        f"{where}. Er is niets overgenomen; vraag het de uitvoerder.",
        operation=operation,
    )


def _date_or_null(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
