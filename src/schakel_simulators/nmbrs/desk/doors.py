"""The doors of the desk: JSON for programs, the same actions as forms for people. Loopback only, no log-in."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.desk import telling
from schakel_simulators.nmbrs.desk.actions import ACTIONS, Action
from schakel_simulators.nmbrs.desk.fields import Field, read
from schakel_simulators.nmbrs.desk.kinds import KINDS, find
from schakel_simulators.nmbrs.desk.page import LogEntry, View, page

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Log = Callable[[], Sequence[LogEntry]]

LARGEST_BODY = 1024 * 1024
MOST_EMPLOYEES = 1000
FORM = "application/x-www-form-urlencoded"
POLICY = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"),
    ("Referrer-Policy", "no-referrer"),
)


class _AnswerError(Exception):
    """An answer other than 200 or 400, with its reason."""

    def __init__(self, status: int, error: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(error)
        self.status = status
        self.allowed = list(allowed)


def desk_app(books: Books, log: Log) -> Application:
    """The desk as a WSGI application; `log` gives the calls so far, oldest first, for the page to show."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return _answer(books, log, environ, start_response)

    return application


def _answer(books: Books, log: Log, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    asked = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    try:
        if path in ("/", "/desk", "/desk/"):
            _refuse_method(method, "GET")
            return _page(books, log, start_response, _view(books, asked))
        if method == "POST":
            return _act(books, log, environ, start_response)
        _refuse_method(method, "GET")
        return _json(start_response, 200, _told(books, path, asked))
    except RefusedError as refusal:
        return _json(start_response, 400, _refusal(refusal))
    except _AnswerError as error:
        return _json(start_response, error.status, {"error": str(error), "allowed": error.allowed})


def _told(books: Books, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a GET asks for."""
    if path == "/desk/state":
        return telling.state(books)
    if path == "/desk/actions":
        return {"actions": [_described(action) for action in ACTIONS.values()]}
    if path == "/desk/employees":
        return _employees(books, asked)
    number = path.removeprefix("/desk/employees/")
    if number != path and number.isascii() and number.isdigit():
        employee = books.employees.get(int(number))
        if employee is None:
            raise _AnswerError(404, "The books have nobody under this id.", ["GET /desk/employees"])
        return telling.whole(books, employee)
    if path.removeprefix("/desk/") in ACTIONS:
        raise _AnswerError(405, "An action is asked with POST.", ["POST"])
    raise _AnswerError(
        404,
        "There is nothing at this address.",
        ["/desk/state", "/desk/actions", "/desk/employees", "/desk/employees/ID"],
    )


_QUERY = (
    Field("company", "id", "Bedrijf", is_required=False),
    Field("search", "text", "Zoek", is_required=False),
    Field("kind", "texts", "Soort", is_required=False),
    Field("not", "texts", "Niet", is_required=False),
    Field("limit", "number", "Hoogstens", is_required=False),
)


def _employees(books: Books, asked: Mapping[str, str]) -> dict[str, Any]:
    told = read(_QUERY, asked)
    limit = 50 if told["limit"] is None else told["limit"]
    if not 1 <= limit <= MOST_EMPLOYEES:
        raise RefusedError(
            f"limit: 1 tot {MOST_EMPLOYEES}.",
            f"limit: 1 to {MOST_EMPLOYEES}.",
            field="limit",
            allowed=[f"1..{MOST_EMPLOYEES}"],
        )
    with books.lock:
        found = find(
            books,
            company_id=told["company"],
            search=told["search"] or "",
            kinds=told["kind"],
            excluded=told["not"],
        )
        people = list(islice(found, limit + 1))
        return {
            "employees": [telling.brief(books, one) for one in people[:limit]],
            "has_more": len(people) > limit,
            "kinds": sorted(KINDS),
        }


def _act(books: Books, log: Log, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """One action, from a program as JSON or from the page as a form; each in its own kind of answer."""
    action = ACTIONS.get(environ["PATH_INFO"].removeprefix("/desk/"))
    if action is None:
        raise _AnswerError(404, "The desk knows no such action.", sorted(ACTIONS))
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        raise _AnswerError(413, "The body is larger than 1 MB.")
    body = environ["wsgi.input"].read(length) if length else b""
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        change = action.act(books, read(action.fields, _object(body)))
        return _json(start_response, 200, telling.entered(change))
    flat = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    employee = flat.get("employee", "")
    view = View(
        books.employees.get(int(employee)) if employee.isascii() and employee.isdigit() else None,
        opened=action.name,
        given=flat,
    )
    try:
        view.entered = action.act(books, read(action.fields, nested(flat)))
        view.given = {}
        if view.entered.employee_id is not None:
            view.employee = books.employee(view.entered.employee_id)
    except RefusedError as refusal:
        view.refusal = refusal
    return _page(books, log, start_response, view)


def nested(flat: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a page as JSON would have them: `children.0.first_name`; what is left empty is left out."""
    told: dict[str, Any] = {}
    for name, value in flat.items():
        if not value.strip():
            continue
        parts = name.split(".")
        if len(parts) == 1:
            told[name] = value.strip()
        elif len(parts) == 2:
            told.setdefault(parts[0], {})[parts[1]] = value.strip()
        else:
            told.setdefault(parts[0], {}).setdefault(parts[1], {})[parts[2]] = value.strip()
    return {name: _listed(value) for name, value in told.items()}


def _listed(value: Any) -> Any:
    """What is numbered is a list."""
    if isinstance(value, dict) and all(key.isdigit() for key in value):
        return [value[key] for key in sorted(value)]
    return value


def _object(body: bytes) -> dict[str, Any]:
    try:
        # Amounts stay exact: 3600.10 is no float here.
        told = json.loads(body or b"{}", parse_float=Decimal)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise RefusedError(
            "De inhoud is geen JSON-object.",
            "The body is not a JSON object.",
            allowed=["GET /desk/actions"],
        )
    return told


def _described(action: Action) -> dict[str, Any]:
    return {
        "address": f"/desk/{action.name}",
        "title": action.title,
        "fields": [_described_field(field) for field in action.fields],
    }


def _described_field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "kind": field.kind, "required": field.is_required}
    if field.choices:
        told["choices"] = list(field.choices)
    if field.inner:
        told["fields"] = [_described_field(one) for one in field.inner]
    return told


def _view(books: Books, asked: Mapping[str, str]) -> View:
    """What the page was asked to show; whatever it cannot find it shows as not found."""
    view = View(search=asked.get("search", ""), kind=asked.get("kind", ""), company=asked.get("company", ""))
    number = asked.get("employee", "")
    if number.isascii() and number.isdigit():
        view.employee = books.employees.get(int(number))
    if view.search or view.kind or view.company:
        try:
            query = {key: asked.get(key, "") for key in ("search", "kind", "company")}
            view.found = _employees(books, query)
        except RefusedError as refusal:
            view.refusal = refusal
    return view


def _refusal(refusal: RefusedError) -> dict[str, Any]:
    return {
        "error": refusal.en,
        "fout": refusal.nl,
        "field": refusal.field,
        "allowed": list(refusal.allowed),
    }


def _refuse_method(method: str, allowed: str) -> None:
    if method != allowed:
        raise _AnswerError(405, "This address does not know this method.", [allowed])


def _page(books: Books, log: Log, start_response: StartResponse, view: View) -> Iterable[bytes]:
    body = page(books, log(), view).encode()
    _start(start_response, 400 if view.refusal else 200, "text/html; charset=utf-8", len(body), POLICY)
    return (body,)


def _json(start_response: StartResponse, status: int, value: Any) -> Iterable[bytes]:
    body = json.dumps(value, ensure_ascii=False).encode()
    _start(start_response, status, "application/json", len(body))
    return (body,)


def _start(
    start_response: StartResponse,
    status: int,
    media_type: str,
    length: int,
    headers: tuple[tuple[str, str], ...] = (),
) -> None:
    start_response(
        f"{status} {HTTPStatus(status).phrase}",
        [
            ("Content-Type", media_type),
            ("Content-Length", str(length)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *headers,
        ],
    )
