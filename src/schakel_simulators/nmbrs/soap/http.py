"""HTTP answers as values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One HTTP answer. Without `length` the body goes out in chunks; with one, that is what is announced."""

    status: int
    media_type: str
    body: Iterable[bytes]
    length: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    def header_list(self) -> list[tuple[str, str]]:
        told = [("Content-Type", self.media_type), ("Cache-Control", "private, max-age=0")]
        if self.length is not None:
            told.append(("Content-Length", str(self.length)))
        return [*told, *self.headers]


def whole(status: int, media_type: str, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> HttpAnswer:
    """An answer that is all there."""
    return HttpAnswer(status, media_type, (body,), len(body), headers)


def as_json(status: int, value: Any) -> HttpAnswer:
    """A JSON answer; text stays readable."""
    return whole(status, "application/json", json.dumps(value, ensure_ascii=False).encode())
