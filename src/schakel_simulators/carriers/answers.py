"""HTTP answers as values, problems in the form of RFC 9457, and the ways in which an answer can be spoilt."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from schakel_simulators.carriers.faults import Fault

STATUS = {
    200: "200 OK",
    202: "202 Accepted",
    302: "302 Found",
    400: "400 Bad Request",
    401: "401 Unauthorized",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    409: "409 Conflict",
    413: "413 Content Too Large",
    415: "415 Unsupported Media Type",
    422: "422 Unprocessable Content",
    429: "429 Too Many Requests",
    500: "500 Internal Server Error",
    503: "503 Service Unavailable",
}
HUGE = 64 * 1024 * 1024
PAGE = b"<!doctype html><html lang=nl><title>Onderhoud</title><h1>Wij zijn zo terug</h1></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `announced` is the length the header claims when it is not the true one."""

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    chunks: Iterable[bytes] | None = None
    announced: int | None = None

    def header_list(self) -> list[tuple[str, str]]:
        length = len(self.body) if self.announced is None else self.announced
        return [
            ("Content-Type", self.media_type),
            ("Content-Length", str(length)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *self.headers,
        ]


def as_json(status: int, value: Any) -> Answer:
    """A JSON answer; text stays readable, order stays as given."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def problem(
    status: int, code: str, title: str, *, headers: tuple[tuple[str, str], ...] = (), **more: Any
) -> Answer:
    """A problem as RFC 9457 has it; `type` ends in the code a program looks at."""
    body = {"type": f"urn:schakel-json:problem:{code}", "title": title, "status": status, **more}
    return Answer(status, json.dumps(body).encode(), "application/problem+json", headers)


def instead(fault: Fault) -> Answer | None:
    """The answer that a fault gives without anything being done; None when the request goes on."""
    retry = (("Retry-After", str(max(1, int(fault.seconds)))),)
    return {
        "error_500": problem(500, "internal-error", "Something went wrong on our side."),
        "unavailable_503": problem(503, "unavailable", "We are closed for maintenance.", headers=retry),
        "throttled_429": problem(429, "too-many-requests", "Slow down, please.", headers=retry),
        "unauthorised_401": problem(401, "not-authorised", "This token is not accepted."),
        "html_404": Answer(404, PAGE, "text/html; charset=utf-8"),
        "redirect": Answer(302, b"", headers=(("Location", "http://127.0.0.2:9/elsewhere"),)),
    }.get(fault.kind)


def spoilt(answer: Answer, fault: Fault) -> Answer:
    """The true answer as a faulty line or a faulty carrier would hand it over."""
    spoil = SPOILERS.get(fault.kind)
    return answer if spoil is None else spoil(answer)


SPOILERS: Mapping[str, Callable[[Answer], Answer]] = {
    "html": lambda _: Answer(200, PAGE, "text/html; charset=utf-8"),
    "truncated": lambda answer: replace(answer, body=_half(answer.body)),
    "cut_off": lambda answer: replace(answer, body=_half(answer.body), announced=len(answer.body)),
    "empty": lambda answer: replace(answer, body=b""),
    "huge": lambda answer: replace(answer, chunks=_padding(answer.body), announced=len(answer.body) + HUGE),
    "drip": lambda answer: replace(answer, chunks=_drip(answer.body)),
    "wrong_types": lambda answer: replace(answer, body=_bytes(_wrong(json.loads(answer.body)))),
    "other_subject": lambda answer: replace(answer, body=_bytes(_other(json.loads(answer.body)))),
}


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _padding(body: bytes) -> Iterator[bytes]:
    block = b" " * 65_536
    for _ in range(HUGE // len(block)):
        yield block
    yield body


def _drip(body: bytes) -> Iterator[bytes]:
    for place in range(len(body)):
        time.sleep(0.1)
        yield body[place : place + 1]


def _wrong(value: Any) -> Any:
    """The same shape, every text a number and every number a text."""
    if isinstance(value, dict):
        return {key: _wrong(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_wrong(member) for member in value]
    return 1.5 if isinstance(value, str) else str(value)


def _other(value: dict[str, Any]) -> dict[str, Any]:
    """The same answer, about somebody or something that was not asked for."""
    other = dict(value)
    if "verdict" in other:
        other["message_id"] = "00000000-0000-4000-8000-000000000000"
    if "person" in other:
        other["person"] = other["person"] | {"reference": "00000000-0000-4000-8000-000000000000"}
    return other
