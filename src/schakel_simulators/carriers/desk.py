"""The desk: where a test looks into the carrier's books and makes it misbehave. Loopback only, no log-in."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from schakel_simulators.carriers.answers import Answer, as_json, problem
from schakel_simulators.carriers.faults import KINDS, Faults
from schakel_simulators.carriers.ledger import Ledger, Policy

POLICY = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
    ("Referrer-Policy", "no-referrer"),
)


def answer(
    ledger: Ledger, faults: Faults, log: deque[Any], door_asked: tuple[str, str], body: bytes
) -> Answer:
    """One request at the desk; a wrong request gets 400 and the reason."""
    doors: dict[tuple[str, str], Callable[[], Any]] = {
        ("GET", "/desk/state"): ledger.overview,
        ("GET", "/desk/log"): lambda: {"requests": [asdict(entry) for entry in list(log)]},
        ("DELETE", "/desk/log"): lambda: _done(log.clear),
        ("GET", "/desk/faults"): lambda: {"rules": faults.listed(), "kinds": dict(KINDS)},
        ("POST", "/desk/faults"): lambda: _add_fault(faults, body),
        ("DELETE", "/desk/faults"): lambda: _done(faults.clear),
        ("GET", "/desk/policies"): lambda: _policies(ledger),
        ("POST", "/desk/policies"): lambda: _add_policy(ledger, body),
        ("POST", "/desk/delay"): lambda: _set_delay(ledger, body),
    }
    door = doors.get(door_asked)
    if door is None:
        known = door_asked[1] in {place for _, place in doors}
        return problem(405 if known else 404, "no-such-place", "The desk does not know this.")
    try:
        return as_json(200, door())
    except (ValueError, TypeError, KeyError) as error:
        return problem(400, "not-understood", "The desk does not understand this.", detail=str(error))


def _done(act: Callable[[], None]) -> dict[str, bool]:
    act()
    return {"done": True}


def _add_fault(faults: Faults, body: bytes) -> dict[str, Any]:
    return asdict(faults.add(**_object(body)))


def _policies(ledger: Ledger) -> dict[str, Any]:
    return {
        "policies": [
            {"number": p.number, "starts_on": p.starts_on.isoformat(), "name": p.name}
            for p in ledger.policies.values()
        ]
    }


def _add_policy(ledger: Ledger, body: bytes) -> dict[str, Any]:
    told = _object(body)
    ledger.add_policy(
        Policy(str(told["number"]), date.fromisoformat(told["starts_on"]), str(told.get("name", "")))
    )
    return _policies(ledger)


def _set_delay(ledger: Ledger, body: bytes) -> dict[str, Any]:
    ledger.decide_after_seconds = float(_object(body)["decide_after_seconds"])
    return {"decide_after_seconds": ledger.decide_after_seconds}


def _object(body: bytes) -> dict[str, Any]:
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004 - the desk answers 400 to a ValueError
    return told
