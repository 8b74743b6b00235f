"""Messages as any employer's software would send them, by hand, so that a test can spoil one member."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

REFERENCE = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
TODAY = date(2026, 11, 24)


def message(**replaced: Any) -> dict[str, Any]:
    """A message that a pension provider accepts, with some members replaced."""
    told: dict[str, Any] = {
        "format": "schakel-json/1",
        "message_id": str(uuid4()),
        "sequence": 1,
        "reason": "enrolment",
        "composed_on": "2026-11-24",
        "policy_number": "PEN-1001",
        "person": person(),
        "participates": [{"from": "2026-01-01", "until": None}],
        "amounts": [
            {"quantity": "contribution", "from": "2026-11-01", "until": "2026-12-01", "amount": 52410},
        ],
        "changed": [],
    }
    return told | replaced


def person(**replaced: Any) -> dict[str, Any]:
    """Somebody fictitious, with some members replaced."""
    told: dict[str, Any] = {
        "reference": REFERENCE,
        "employee_number": "1024",
        "initials": "A.B.",
        "prefix": "van der",
        "last_name": "Voorbeeld",
        "birth_on": "1984-05-17",
        "bsn": "999990019",
        "partner_birth_on": None,
        "children_birth_on": [],
    }
    return told | replaced


def amount(start: str, until: str, cents: int = 1, quantity: str = "contribution") -> dict[str, Any]:
    """One amount on the wire."""
    return {"quantity": quantity, "from": start, "until": until, "amount": cents}


def as_bytes(told: object) -> bytes:
    """Any JSON on the wire; a carrier does not ask for canonical form, only for the same bytes again."""
    return json.dumps(told).encode()
