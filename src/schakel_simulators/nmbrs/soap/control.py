"""The doors under `/desk/` that are about the wire itself: the log, the mishaps, the profile. No log-in."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Protocol
from urllib.parse import parse_qs

from schakel_simulators.nmbrs.soap.http import HttpAnswer, as_json
from schakel_simulators.nmbrs.soap.journal import KEPT, Journal
from schakel_simulators.nmbrs.soap.mishaps import KINDS, Mishaps
from schakel_simulators.nmbrs.soap.profile import Profile


class Controlled(Protocol):
    """What these doors look into and change."""

    journal: Journal
    mishaps: Mishaps
    profile: Profile


def control(wire: Controlled, method: str, path: str, query: str, body: bytes) -> HttpAnswer:
    """One request; a wrong one gets 400 and the reason."""
    doors: dict[tuple[str, str], Callable[[], Any]] = {
        ("GET", "/desk/log"): lambda: _log(wire.journal, query),
        ("DELETE", "/desk/log"): lambda: _done(wire.journal.clear),
        ("GET", "/desk/faults"): lambda: {"rules": wire.mishaps.listed(), "kinds": dict(KINDS)},
        ("POST", "/desk/faults"): lambda: asdict(wire.mishaps.add(**_object(body))),
        ("DELETE", "/desk/faults"): lambda: _done(wire.mishaps.clear),
        ("GET", "/desk/profile"): lambda: asdict(wire.profile),
        ("POST", "/desk/profile"): lambda: _set_profile(wire, _object(body)),
    }
    door = doors.get((method, path))
    if door is None:
        return as_json(405, {"error": "This address does not know this method."})
    try:
        return as_json(200, door())
    except (ValueError, TypeError) as error:
        return as_json(400, {"error": f"The desk does not understand this: {error}"})


def _log(journal: Journal, query: str) -> dict[str, Any]:
    """`?after=NUMBER&operation=NAME&at_most=N`."""
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    return journal.told(
        after=int(asked.get("after", "0")),
        operation=asked.get("operation", ""),
        at_most=int(asked.get("at_most", str(KEPT))),
    )


def _set_profile(wire: Controlled, told: dict[str, Any]) -> dict[str, Any]:
    wire.profile = replace(wire.profile, **told)
    return asdict(wire.profile)


def _done(act: Callable[[], None]) -> dict[str, bool]:
    act()
    return {"done": True}


def _object(body: bytes) -> dict[str, Any]:
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004 - the desk answers 400 to a ValueError
    return told
