"""The doors of the simulated Nmbrs: `/soap/v3/` for programs, the desk for whoever plays the clerk."""

import html
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

from waitress.channel import ClientDisconnected

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.soap import wsdl
from schakel_simulators.nmbrs.soap.admission import admitted
from schakel_simulators.nmbrs.soap.control import control
from schakel_simulators.nmbrs.soap.envelope import Version, wrapped
from schakel_simulators.nmbrs.soap.fault import SoapFault, fault_document, nmbrs_fault
from schakel_simulators.nmbrs.soap.http import HttpAnswer, whole
from schakel_simulators.nmbrs.soap.journal import Journal
from schakel_simulators.nmbrs.soap.mishaps import Mishap, Mishaps
from schakel_simulators.nmbrs.soap.operations import ANSWERS, Asked
from schakel_simulators.nmbrs.soap.profile import Profile
from schakel_simulators.nmbrs.soap.reports import Tasks
from schakel_simulators.nmbrs.soap.request import Routed, UnroutableError, read, routed
from schakel_simulators.nmbrs.soap.spoiling import instead, spoilt
from schakel_simulators.nmbrs.soap.throttle import Throttle
from schakel_simulators.nmbrs.soap.wsdl import Service

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

LARGEST_REQUEST = 1024 * 1024
_SERVICE = re.compile(r"/soap/v3/(\w+)\.asmx", re.IGNORECASE)
_CONTROL = ("/desk/log", "/desk/faults", "/desk/profile")


class NmbrsApplication:
    """The WSGI application. `desk` answers what is not SOAP, its log, its faults or its profile."""

    def __init__(
        self,
        books: Books,
        desk: WsgiApplication,
        journal: Journal,
        *,
        seed: int,
        profile: Profile,
        report_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self.books = books
        self.desk = desk
        self.profile = profile
        self.base_url = wsdl.ADDRESS
        self.journal = journal
        self.mishaps = Mishaps(seed)
        self.tasks = Tasks(seed, report_seconds, clock)
        self.throttle = Throttle(clock)
        self.stopping = threading.Event()

    @property
    def services(self) -> Mapping[str, Service]:
        """The services as the profile has them."""
        return wsdl.services(wrappers_by_item=self.profile.wrappers == "by_item")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; raises ClientDisconnected when a mishap asks for silence."""
        path = environ["PATH_INFO"]
        found = _SERVICE.fullmatch(path)
        service = _service(self.services, found[1]) if found else None
        if service is not None:
            answer = self._service(service, environ)
        elif path in _CONTROL:
            answer = control(
                self, environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), _body(environ)
            )
        elif path.lower().startswith("/soap/"):
            answer = whole(404, "text/plain", b"There is no such service.")
        else:
            return self.desk(environ, start_response)
        start_response(answer.line, answer.header_list())
        return answer.body

    def _service(self, service: Service, environ: Environ) -> HttpAnswer:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            asked = {
                name.lower() for name in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
            }
            if asked & {"wsdl", "singlewsdl"}:
                return whole(200, "text/xml; charset=utf-8", service.served(self.base_url))
            return whole(200, "text/html; charset=utf-8", _help_page(service))
        if environ["REQUEST_METHOD"] != "POST":
            return whole(405, "text/plain", b"Ask with POST.", (("Allow", "GET, POST"),))
        if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
            return whole(413, "text/plain", b"The request is larger than 1 MB.")
        media_type = environ.get("CONTENT_TYPE", "")
        if media_type.partition(";")[0].strip().lower() not in ("text/xml", "application/soap+xml"):
            return whole(415, "text/plain", b"A SOAP request is text/xml or application/soap+xml.")
        return self._post(service, _body(environ), media_type, environ.get("HTTP_SOAPACTION"))

    def _post(self, service: Service, body: bytes, media_type: str, action: str | None) -> HttpAnswer:
        started = time.monotonic()
        try:
            call = routed(service, body, media_type, action)
        except UnroutableError as error:
            self._log(service.name, None, error.version, "unroutable", started, status=500)
            return self._fault(error.fault, error.version)
        mishap = self.mishaps.take(call.operation.name, call.company_id, call.employee_id)
        wait = self.throttle.delay() if self.profile.delay == "on" else 0.0
        if wait:
            self.stopping.wait(wait)
        status, outcome = 0, "none"
        try:
            answer, outcome = self._with_mishap(service, call, mishap)
            status = answer.status
            return answer
        finally:
            self._log(
                service.name, call, call.version, outcome, started,
                status=status, delayed=bool(wait), mishap=mishap.kind if mishap else "",
            )  # fmt: skip

    def _with_mishap(self, service: Service, call: Routed, mishap: Mishap | None) -> tuple[HttpAnswer, str]:
        if mishap is None:
            return self._answer(service, call, None)
        if mishap.kind == "reset":
            raise ClientDisconnected
        if mishap.kind in ("never", "slow"):
            self.stopping.wait(mishap.seconds)
        if mishap.kind == "never":
            raise ClientDisconnected
        other = instead(mishap)
        if other is not None:
            return other, "none"
        answer, outcome = self._answer(service, call, mishap)
        return spoilt(answer, mishap, self.stopping.wait), outcome

    def _answer(self, service: Service, call: Routed, mishap: Mishap | None) -> tuple[HttpAnswer, str]:
        """The true answer and its outcome; a body starts to be made only after everything was checked."""
        try:
            told = read(service, call, self.profile)
            user = admitted(self.books, told, self.profile)
            if mishap is not None and mishap.kind == "nmbrs_fault":
                raise nmbrs_fault(mishap.code)
            asked = Asked(self.books, self.tasks, self.profile, told, user)
            pieces = ANSWERS[call.operation.key](asked)
        except SoapFault as fault:
            return self._fault(fault, call.version), fault.outcome
        body = wrapped(call.version, _response(call, pieces))
        if isinstance(pieces, list):
            return whole(200, call.version.media_type, b"".join(body)), "ok"
        return HttpAnswer(200, call.version.media_type, body), "ok"

    def _fault(self, fault: SoapFault, version: Version) -> HttpAnswer:
        document = fault_document(fault, version, with_trace=self.profile.fault_trace == "stack")
        return whole(500, version.media_type, document)

    def _log(
        self,
        service: str,
        call: Routed | None,
        version: Version,
        outcome: str,
        started: float,
        *,
        status: int,
        delayed: bool = False,
        mishap: str = "",
    ) -> None:
        self.journal.write(
            service=service,
            operation=call.operation.name if call else "",
            company_id=call.company_id if call else 0,
            employee_id=call.employee_id if call else 0,
            parameters=call.parameters if call else {},
            version="1.2" if version is Version.SOAP_12 else "1.1",
            outcome=outcome,
            mishap=mishap,
            status=status,
            delayed=delayed,
            milliseconds=int((time.monotonic() - started) * 1000),
        )


def _service(services: Mapping[str, Service], name: str) -> Service | None:
    """A service by its name in the address; Windows does not look at capitals there."""
    return next((one for one in services.values() if one.name.lower() == name.lower()), None)


def _response(call: Routed, pieces: Iterable[str]) -> Iterable[str]:
    yield f'<{call.operation.name}Response xmlns="{call.operation.namespace}">'
    yield from pieces
    yield f"</{call.operation.name}Response>"


def _body(environ: Environ) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return environ["wsgi.input"].read(min(length, LARGEST_REQUEST)) if length else b""


def _help_page(service: Service) -> bytes:
    """What a browser sees at the address of a service."""
    entries = "".join(
        f"<dt>{html.escape(one.name)}<dd>{html.escape(one.documentation)}"
        for one in service.operations.values()
    )
    return (
        f"<!doctype html><html lang=en><title>{service.name}</title><h1>{service.name}</h1>"
        f'<p>Simulated; described by its <a href="?WSDL">WSDL</a>.</p><dl>{entries}</dl></html>'
    ).encode()
