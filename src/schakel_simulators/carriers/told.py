"""What an employer's side tells a carrier, read from the wire: structure only, no judgement.

Written from docs/links/carrier-interface.md, independently of the product's own format, so that each checks
the other.
"""

import json
import re
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

FORMAT = "schakel-json/1"
LARGEST_AMOUNT = 10**15
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_date(value: object) -> object:
    """A calendar date exactly as YYYY-MM-DD; anything else is left for the model to refuse."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    return value if isinstance(value, date) else object()


IsoDate = Annotated[date, BeforeValidator(_iso_date)]
Text = Annotated[str, Field(max_length=200)]
Amount = Annotated[int, Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]


class _Wire(BaseModel):
    """Unknown members are passed over: a newer sender may say more."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class ToldPerson(_Wire):
    """The person, as far as this carrier may know them. A missing birth date is for the checks to refuse."""

    reference: Annotated[str, Field(min_length=1, max_length=64)]
    employee_number: Text
    initials: Text
    prefix: Text
    last_name: Text
    birth_on: IsoDate | None = None
    bsn: Annotated[str, Field(pattern=r"^[0-9]{9}$")] | None = None
    partner_birth_on: IsoDate | None = None
    children_birth_on: Annotated[tuple[IsoDate, ...], Field(strict=False, max_length=100)] = ()


class ToldStretch(_Wire):
    """One stretch `[from, until)`; no until means open."""

    start: Annotated[IsoDate, Field(alias="from")]
    until: IsoDate | None


class ToldAmount(_Wire):
    """One amount in cents for one stretch `[from, until)`."""

    quantity: Annotated[str, Field(min_length=1, max_length=100)]
    start: Annotated[IsoDate, Field(alias="from")]
    until: IsoDate
    amount: Amount


class ToldChange(_Wire):
    """What the sender says is new; shown on the desk, never used to build the state."""

    quantity: Annotated[str, Field(min_length=1, max_length=100)]
    start: Annotated[IsoDate, Field(alias="from")]
    until: IsoDate
    old: Amount | None
    new: Amount | None


class Told(_Wire):
    """One message: the full state of one employee in one policy."""

    format: Literal["schakel-json/1"]
    message_id: str
    sequence: Annotated[int, Field(ge=1, le=LARGEST_AMOUNT)]
    reason: Literal["enrolment", "change", "withdrawal", "correction"]
    composed_on: IsoDate
    policy_number: Annotated[str, Field(min_length=1, max_length=64, pattern="[A-Za-z0-9]")]
    person: ToldPerson
    participates: Annotated[tuple[ToldStretch, ...], Field(strict=False, max_length=1_000)]
    amounts: Annotated[tuple[ToldAmount, ...], Field(strict=False, max_length=50_000)]
    changed: Annotated[tuple[ToldChange, ...], Field(strict=False, max_length=100_000)] = ()

    def state(self) -> dict[str, Any]:
        """The state in the form in which it is read back, amounts in order of quantity and start."""
        person = self.person
        return {
            "person": {
                "reference": person.reference,
                "employee_number": person.employee_number,
                "initials": person.initials,
                "prefix": person.prefix,
                "last_name": person.last_name,
                "birth_on": _text(person.birth_on),
                "bsn": person.bsn,
                "partner_birth_on": _text(person.partner_birth_on),
                "children_birth_on": [day.isoformat() for day in person.children_birth_on],
            },
            "participates": [
                {"from": stretch.start.isoformat(), "until": _text(stretch.until)}
                for stretch in sorted(self.participates, key=lambda s: s.start)
            ],
            "amounts": [
                {
                    "quantity": a.quantity,
                    "from": a.start.isoformat(),
                    "until": a.until.isoformat(),
                    "amount": a.amount,
                }
                for a in sorted(self.amounts, key=lambda a: (a.quantity, a.start))
            ],
        }


class UnreadableError(Exception):
    """The bytes are not JSON, or not a message of this interface; `places` names where, never what."""

    def __init__(self, code: str, places: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.places = places


def read(body: bytes) -> Told:
    """The message in these bytes. Raises UnreadableError: `not-json` or `not-this-format`."""
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableError("not-json") from None
    try:
        told = Told.model_validate_json(body)
        UUID(told.message_id)
    except ValidationError as error:
        places = sorted({"/" + "/".join(str(step) for step in e["loc"]) for e in error.errors()})
        raise UnreadableError("not-this-format", tuple(places[:20])) from None
    except ValueError:
        raise UnreadableError("not-this-format", ("/message_id",)) from None
    return told


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
