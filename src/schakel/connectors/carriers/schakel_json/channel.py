"""The channel that speaks `schakel-json/1` to one carrier."""

import re
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from schakel.connectors.carrier_channel import Acknowledgement, Draft, ParticipantState
from schakel.connectors.carriers.schakel_json import format as wire
from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RateLimited,
    RefusedByPeer,
    RightRefused,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.connectors.transport import Line, Reply, open_line

DEFAULT_DEADLINE_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 3600.0  #: a carrier that asks for more is asked again after an hour
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_RETRY_LATER = frozenset({408, 425})


class SchakelJsonChannel:
    """One carrier's line. Settings: `address`, `token`, and optionally `deadline_seconds`.

    The address is set by whoever runs Schakel, never taken from a message: https, or http on loopback for
    the simulated carriers. A ValueError names the setting that is wrong.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        address, deadline = _address(settings.get("address")), _deadline(settings.get("deadline_seconds"))
        token = settings.get("token")
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]{8,512}", token):
            raise ValueError("the carrier link has no usable token; ask the carrier for a new one")
        self._carrier = urlsplit(address).hostname or ""
        self._token = token
        self._line: Line = open_line(address, deadline)

    def __repr__(self) -> str:
        return f"<SchakelJsonChannel {self._carrier}>"

    def compose(self, draft: Draft) -> bytes:
        """The bytes on the wire; the same draft gives the same bytes, for ever."""
        return wire.message_bytes(draft)

    def submit(self, message_id: str, body: bytes) -> Acknowledgement:
        """Hand over one message; safe to repeat with the same id and bytes."""
        reply = self._ask("submit", "PUT", f"v1/messages/{_as_uuid(message_id)}", body=body)
        if reply.status in (HTTPStatus.OK, HTTPStatus.ACCEPTED):
            return wire.read_acknowledgement(reply.body, message_id, "submit")
        if reply.status == HTTPStatus.CONFLICT:
            raise RefusedByPeer(
                f"The carrier at {self._carrier} has message {message_id} already, with other bytes. It kept "
                "the first; the operator of the link looks into it.",
                f"De uitvoerder op {self._carrier} heeft bericht {message_id} al, met een andere inhoud. De "
                "eerste inhoud geldt daar; de beheerder van de koppeling kijkt ernaar.",
                operation="submit",
            )
        raise self._refused("submit", reply)

    def acknowledgement(self, message_id: str) -> Acknowledgement | None:
        """What the carrier says of a message now; None when it does not know the message."""
        reply = self._ask("acknowledgement", "GET", f"v1/messages/{_as_uuid(message_id)}")
        if reply.status == HTTPStatus.OK:
            return wire.read_acknowledgement(reply.body, message_id, "acknowledgement")
        if reply.status == HTTPStatus.NOT_FOUND and wire.problem_code(reply.body) == "unknown-message":
            return None
        raise self._refused("acknowledgement", reply)

    def read_back(self, policy_number: str, reference: str, on: date) -> ParticipantState | None:
        """What the carrier holds of one employee on a date; None when it holds nothing."""
        path = f"v1/policies/{_segment(policy_number)}/participants/{_segment(reference)}"
        reply = self._ask("read_back", "GET", path, query={"on": on.isoformat()})
        if reply.status == HTTPStatus.OK:
            return wire.read_held(reply.body, policy_number, reference, on)
        if reply.status == HTTPStatus.NOT_FOUND and wire.problem_code(reply.body) == "nothing-held":
            return None
        raise self._refused("read_back", reply)

    def close(self) -> None:
        """Give the connections back."""
        self._line.close()

    def _ask(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """One exchange, without retries: the chain keeps every try and decides on the next."""
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            reply = self._line.exchange(
                operation, method, path, query=query or {}, headers=headers, body=body
            )
        except TemporarilyUnavailable:
            raise TemporarilyUnavailable(
                f"The carrier at {self._carrier} does not answer. Nothing was lost; we try again.",
                f"De uitvoerder op {self._carrier} antwoordt niet. Er is niets verloren; we proberen het "
                "vanzelf opnieuw.",
                operation=operation,
            ) from None
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise self._rate_limited(operation, reply)
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR or reply.status in _RETRY_LATER:
            raise TemporarilyUnavailable(
                f"The carrier at {self._carrier} answers {reply.status}. Nothing was lost; we try again.",
                f"De uitvoerder op {self._carrier} antwoordt {reply.status}. Er is niets verloren; we "
                "proberen het vanzelf opnieuw.",
                operation=operation,
            )
        if reply.status == HTTPStatus.UNAUTHORIZED:
            raise AuthorisationExpired(
                f"The carrier at {self._carrier} does not accept our token. Ask it for a new one and "
                "put it on the link's page.",
                f"De uitvoerder op {self._carrier} accepteert ons token niet. Vraag een nieuw token "
                "en zet het op de pagina van de koppeling.",
                operation=operation,
            )
        return reply

    def _rate_limited(self, operation: str, reply: Reply) -> RateLimited:
        error = RateLimited(operation=operation)
        asked = reply.headers.get("retry-after", "")
        # Seconds only; a date would need a clock, and the interface does not use one.
        if re.fullmatch(r"[0-9]{1,6}", asked):
            error.retry_after_seconds = min(float(asked), LONGEST_WAIT_SECONDS)
        return error

    def _refused(self, operation: str, reply: Reply) -> ConnectorError:
        """The error for every answer left: a right we lack, a plain refusal, or not this interface."""
        code = wire.problem_code(reply.body)
        if reply.status == HTTPStatus.FORBIDDEN:
            return RightRefused(
                f"The carrier at {self._carrier} does not allow {operation} with this token. Ask it to.",
                f"De uitvoerder op {self._carrier} staat {operation} met dit token niet toe. Vraag het aan.",
                operation=operation,
            )
        if code is None or reply.status < HTTPStatus.BAD_REQUEST:
            return UnexpectedFormat(
                f"The carrier at {self._carrier} answers {operation} with status {reply.status} and "
                "something that is not schakel-json/1. Check the link's address.",
                f"De uitvoerder op {self._carrier} antwoordt op {operation} met status {reply.status} en "
                "iets dat geen schakel-json/1 is. Controleer het adres van de koppeling.",
                operation=operation,
            )
        return RefusedByPeer(
            f"The carrier at {self._carrier} refused {operation}: {code} ({reply.status}). Nothing "
            "changed there; the operator of the link looks into it.",
            f"De uitvoerder op {self._carrier} weigerde {operation}: {code} ({reply.status}). Daar is "
            "niets veranderd; de beheerder van de koppeling kijkt ernaar.",
            operation=operation,
        )


def _address(setting: object) -> str:
    """The address of the carrier, ending in a slash. ValueError says what is wrong, without repeating it."""
    parts = urlsplit(setting if isinstance(setting, str) else "")
    is_loopback = parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback)):
        raise ValueError("the address of the carrier link must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("the address of the carrier link is a host and a path: no log-in, no ?, no #")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def _deadline(setting: object) -> float:
    """Seconds for one exchange, all in all."""
    if setting is None:
        return DEFAULT_DEADLINE_SECONDS
    if isinstance(setting, bool) or not isinstance(setting, (int, float)) or not 0 < setting <= 300:
        raise ValueError("deadline_seconds of the carrier link must be a number above 0, at most 300")
    return float(setting)


def _as_uuid(message_id: str) -> str:
    """The message id as one segment of an address; our own ids are UUIDs and nothing else."""
    if str(UUID(message_id)) != message_id:
        raise ValueError("a message id is a UUID in lower case")
    return message_id


def _segment(text: str) -> str:
    """One segment of an address, percent-encoded; `.` and `..` would climb out of it."""
    if not re.search(r"[A-Za-z0-9]", text):
        raise RefusedByPeer(
            "A policy number or reference without a letter or digit cannot be read back. Correct the "
            "agreement.",
            "Een polisnummer of kenmerk zonder letter of cijfer kan niet worden teruggelezen. Verbeter de "
            "overeenkomst.",
            operation="read_back",
        )
    return quote(text, safe="")
