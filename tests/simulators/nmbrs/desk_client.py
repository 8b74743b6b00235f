"""The desk called as a server would call it, for the tests of the desk."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.desk import desk_app

MONTHLY = 41001
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """A call as the page shows it."""

    number: int = 1
    at: str = "2026-11-16T09:00:00.000+00:00"
    service: str = "EmployeeService"
    operation: str = "Partner_Get"
    company_id: int = 0
    employee_id: int = 700102
    outcome: str = "1002"
    milliseconds: int = 3


class Client:
    """The desk called as a server would call it."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.calls: list[Call] = []
        self._desk = desk_app(books, lambda: self.calls)
        self.headers: dict[str, str] = {}

    def ask(self, method: str, address: str, body: bytes = b"", media_type: str = JSON) -> tuple[int, str]:
        path, _, query = address.partition("?")
        told: list[str] = []

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            told.append(status)
            self.headers = dict(headers)

        answer = self._desk(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": media_type,
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
            },
            start_response,
        )
        text = b"".join(answer)
        assert len(text) == int(self.headers["Content-Length"])
        return int(told[0].split()[0]), text.decode()

    def get(self, address: str) -> Any:
        status, text = self.ask("GET", address)
        assert status == 200, text
        return json.loads(text)

    def post(self, action: str, **told: Any) -> Any:
        status, text = self.ask("POST", f"/desk/{action}", json.dumps(told).encode())
        assert status == 200, text
        return json.loads(text)

    def refused(self, action: str, body: bytes) -> Any:
        status, text = self.ask("POST", f"/desk/{action}", body)
        assert status == 400, text
        return json.loads(text)

    def form(self, action: str, told: Mapping[str, str]) -> tuple[int, str]:
        return self.ask("POST", f"/desk/{action}", urlencode(told).encode(), FORM)

    def one(self, kind: str) -> int:
        found = self.get(f"/desk/employees?company={MONTHLY}&kind={kind}&not=young&limit=1")
        return int(found["employees"][0]["id"])
