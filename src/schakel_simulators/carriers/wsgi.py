"""The carrier's doors: `/v1` for employers' software, `/desk` for whoever runs a test, `/` for people."""

import hmac
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from waitress.channel import ClientDisconnected

from schakel_simulators.carriers import desk
from schakel_simulators.carriers.answers import STATUS, Answer, as_json, instead, problem, spoilt
from schakel_simulators.carriers.faults import Fault, Faults
from schakel_simulators.carriers.ledger import Ledger
from schakel_simulators.carriers.page import page
from schakel_simulators.carriers.told import UnreadableError

Environ = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

LARGEST_BODY = 8 * 1024 * 1024
_MESSAGE = re.compile(r"/v1/messages/([^/]+)")
_PARTICIPANT = re.compile(r"/v1/policies/(.+)/participants/([^/]+)", re.DOTALL)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

UNREADABLE = {
    "not-json": (400, "The body is not JSON."),
    "not-this-format": (422, "The body is not a message of schakel-json/1."),
    "other-message-id": (422, "The message id in the body is not the one in the address."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One request as the log keeps it: no token, no name, no BSN."""

    number: int
    operation: str
    method: str
    status: int  #: 0: the connection was closed without an answer
    subject: Mapping[str, str]
    fault: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Request:
    """What a door needs of one HTTP request."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    media_type: str
    authorisation: str
    body: bytes


class CarrierApplication:
    """The WSGI application of one simulated carrier."""

    def __init__(self, name: str, ledger: Ledger, faults: Faults, token: str) -> None:
        self.name = name
        self.ledger = ledger
        self.faults = faults
        self.token = token
        self.log: deque[Entry] = deque(maxlen=100_000)
        self.stopping = threading.Event()
        self._number = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; raises ClientDisconnected when a fault asks for silence."""
        started = time.monotonic()
        request = _request(environ)
        if request is None:
            answer = problem(413, "too-large", "The body is larger than 8 MB.")
        elif request.path.startswith("/v1/"):
            answer = self._interface(request, started)
        elif request.path.startswith("/desk/"):
            answer = desk.answer(
                self.ledger, self.faults, self.log, (request.method, request.path), request.body
            )
        elif request.path == "/" and request.method == "GET":
            answer = Answer(
                200, page(self.name, self.ledger).encode(), "text/html; charset=utf-8", desk.POLICY
            )
        else:
            answer = problem(404, "no-such-place", "There is nothing at this address.")
        start_response(STATUS[answer.status], answer.header_list())
        return answer.chunks if answer.chunks is not None else (answer.body,)

    def _interface(self, request: Request, started: float) -> Answer:
        operation, subject = _asked(request)
        fault = self.faults.on_the_line(operation, subject) if operation else None
        status = 0
        try:
            answer = self._with_fault(request, operation, subject, fault)
            status = answer.status
            return answer
        finally:
            took = int((time.monotonic() - started) * 1000)
            kind = fault.kind if fault else ""
            with self._lock:
                self._number += 1
                self.log.append(Entry(self._number, operation, request.method, status, subject, kind, took))

    def _with_fault(
        self, request: Request, operation: str, subject: Mapping[str, str], fault: Fault | None
    ) -> Answer:
        if fault is None:
            return self._answer(request, operation, subject)
        other = instead(fault)
        if other is not None:
            return other
        if fault.kind == "never":
            self.stopping.wait(fault.seconds)
            raise ClientDisconnected
        if fault.kind == "drop_before":
            raise ClientDisconnected
        answer = self._answer(request, operation, subject)
        if fault.kind == "drop_after":
            raise ClientDisconnected
        if fault.kind == "twice":
            answer = self._answer(request, operation, subject)
        if fault.kind == "late":
            self.stopping.wait(fault.seconds)
        return spoilt(answer, fault)

    def _answer(self, request: Request, operation: str, subject: Mapping[str, str]) -> Answer:
        wanted = f"Bearer {self.token}".encode()
        if not hmac.compare_digest(request.authorisation.encode(), wanted):
            return problem(
                401,
                "not-authorised",
                "This token is not accepted.",
                headers=(("WWW-Authenticate", "Bearer"),),
            )
        match operation:
            case "submit":
                return self._submit(request, subject)
            case "acknowledgement":
                told = self.ledger.answer(subject["message_id"])
                return (
                    as_json(200, told) if told else problem(404, "unknown-message", "No such message came.")
                )
            case "read_back":
                return self._read_back(request, subject)
        if _MESSAGE.fullmatch(request.path) or _PARTICIPANT.fullmatch(request.path):
            return problem(405, "method-not-allowed", "This address does not know this method.")
        return problem(404, "no-such-place", "There is nothing at this address.")

    def _submit(self, request: Request, subject: Mapping[str, str]) -> Answer:
        if request.media_type != "application/json":
            return problem(415, "not-json", "A message is application/json.")
        message_id = subject["message_id"]
        twist = None if self.ledger.known(message_id) else self.faults.in_the_decision(subject)
        try:
            outcome = self.ledger.submit(message_id, request.body, twist)
        except UnreadableError as error:
            status, title = UNREADABLE[error.code]
            return problem(status, error.code, title, places=list(error.places))
        if outcome.what == "other-bytes":
            return problem(409, "other-bytes", "This message id came before with other bytes.")
        return as_json(202 if outcome.what == "new" else 200, outcome.message.receipt_answer())

    def _read_back(self, request: Request, subject: Mapping[str, str]) -> Answer:
        on = _day(request.query.get("on", []))
        if on is None:
            return problem(400, "date-missing", "Ask with one reference date: ?on=YYYY-MM-DD.")
        held = self.ledger.held(subject["policy_number"], subject["reference"], on)
        if held is None:
            return problem(404, "nothing-held", "We hold nothing of this participant on this date.")
        return as_json(200, held)


def _asked(request: Request) -> tuple[str, Mapping[str, str]]:
    """Which operation, and of what; an empty operation when the address or the method is not ours."""
    message = _MESSAGE.fullmatch(request.path)
    if message and request.method in ("PUT", "GET"):
        if request.method == "GET":
            return "acknowledgement", {"message_id": message[1]}
        return "submit", {"message_id": message[1], **_about(request.body)}
    participant = _PARTICIPANT.fullmatch(request.path)
    if participant and request.method == "GET":
        return "read_back", {"policy_number": participant[1], "reference": participant[2]}
    return "", {}


def _about(body: bytes) -> dict[str, str]:
    """Whom a message is about, so that a fault can be meant for one participant; empty when unreadable."""
    try:
        told = json.loads(body)
        return {
            "policy_number": str(told["policy_number"]),
            "reference": str(told["person"]["reference"]),
        }
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _day(given: list[str]) -> date | None:
    if len(given) != 1 or not _ISO_DATE.fullmatch(given[0]):
        return None
    try:
        return date.fromisoformat(given[0])
    except ValueError:
        return None


def _request(environ: Environ) -> Request | None:
    """The request as a value; None when its body is too large."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        return None
    return Request(
        method=environ["REQUEST_METHOD"],
        # WSGI hands the path over as latin-1; on the wire it is percent-encoded UTF-8.
        path=environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        query=parse_qs(environ.get("QUERY_STRING", "")),
        media_type=environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower(),
        authorisation=environ.get("HTTP_AUTHORIZATION", ""),
        body=environ["wsgi.input"].read(length) if length else b"",
    )
