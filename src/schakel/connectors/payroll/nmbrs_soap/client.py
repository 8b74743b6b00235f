"""Making calls to Nmbrs: within the budget, within a total deadline, tried again only where that helps."""

import random
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from schakel.connectors.errors import (
    ConnectorError,
    RateLimited,
    RefusedByPeer,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.connectors.payroll.nmbrs_soap import answers
from schakel.connectors.payroll.nmbrs_soap.budget import CallBudget, shared_budget
from schakel.connectors.payroll.nmbrs_soap.faults import Hiccup, unavailable, unexpected
from schakel.connectors.payroll.nmbrs_soap.settings import NmbrsSettings
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call, Envelopes
from schakel.connectors.payroll_source import Traffic
from schakel.connectors.transport import Reply, open_line

MOST_BYTES = 4 * 1024 * 1024
MOST_BYTES_LIST = 512 * 1024 * 1024  #: the salaries of 100,000 employees are about 80 MB
MOST_TRIES = 5
MOST_TRIES_AFTER_HICCUP = 2  # "retry with care" (contract note §3.2, code 9999)
LONGEST_PAUSE = 30.0
_chance: Callable[[], float] = random.SystemRandom().random
COMPANY_WIDE = frozenset(
    {
        "EmployeeService.List_GetByCompany",
        "EmployeeService.Salary_GetAll_AllEmployeesByCompany",
        "EmployeeService.Employment_GetAll_AllEmployeesByCompany",
        "CompanyService.Reports_GetWageCodesByRunCompany_v2",
        "CompanyService.Reports_GetWageCodesByRunCompany_FilterByWageCode",
        "ReportService.Reports_BackgroundTask_Result",
    }
)


class NmbrsClient:
    """The line to one Nmbrs environment for one log-in. Several threads may ask at the same time."""

    def __init__(
        self,
        settings: NmbrsSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = _chance,
    ) -> None:
        self.settings = settings
        self.traffic = Traffic()
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._lock = threading.Lock()
        self._envelopes = Envelopes(settings.username, settings.token, settings.domain)
        self._line = open_line(settings.address, settings.call_seconds, settings.concurrency)
        self._budget = self._shared_budget()

    def __repr__(self) -> str:
        return f"<NmbrsClient {self.settings.domain}>"

    def _shared_budget(self) -> CallBudget | None:
        of, rate = self.settings, self.settings.calls_per_second
        if rate is None:
            return None
        return shared_budget(
            of.address,
            of.username,
            of.domain,
            rate,
            lambda: CallBudget(rate, of.concurrency, self._clock, self._sleep),
        )

    def ask(self, call: Call) -> bytes:
        """The answer to one call: bytes that are no fault; whether they are XML is for who reads them. Raises
        ConnectorError.
        """
        body = self._envelopes.build(call)
        end = self._clock() + self.settings.total_seconds
        tries = 0
        while True:
            tries += 1
            try:
                return self._try(call, body, end)
            except RateLimited:
                raise
            except TemporarilyUnavailable as error:
                most = MOST_TRIES_AFTER_HICCUP if isinstance(error, Hiccup) else MOST_TRIES
                pause = self._pause(tries)
                if tries >= most or self._clock() + pause >= end:
                    raise
                with self._lock:
                    self.traffic.retries += 1
                self._sleep(pause)

    def close(self) -> None:
        """Give the connections back; the next call opens new ones."""
        self._line.close()

    def pause(self, seconds: float) -> None:
        """Wait before asking for a report again."""
        self._sleep(seconds)

    def now(self) -> float:
        """The clock of deadlines, in seconds; only differences mean something."""
        return self._clock()

    def _pause(self, tries: int) -> float:
        """Twice as long each time, and never the same for two links that fail at once."""
        longest = min(self.settings.first_retry_seconds * 2.0 ** (tries - 1), LONGEST_PAUSE)
        return longest * (0.5 + self._jitter() / 2)

    def _try(self, call: Call, body: bytes, end: float) -> bytes:
        name = call.operation.name
        waited = 0.0 if self._budget is None else self._budget.take()
        with self._lock:
            self.traffic.calls += 1
            self.traffic.waited_seconds += waited
            self.traffic.by_operation[name] = self.traffic.by_operation.get(name, 0) + 1
        is_wide = name in COMPANY_WIDE
        seconds = self.settings.list_seconds if is_wide else self.settings.call_seconds
        try:
            reply = self._line.exchange(
                name,
                "POST",
                f"{call.operation.service}.asmx",
                query={},
                headers={
                    "Content-Type": "text/xml; charset=utf-8",
                    "SOAPAction": f'"{call.operation.action}"',
                    "Accept": "text/xml",
                },
                body=body,
                deadline_seconds=max(min(seconds, end - self._clock()), 0.001),
                most_bytes=MOST_BYTES_LIST if is_wide else MOST_BYTES,
            )
        except TemporarilyUnavailable:
            raise unavailable(name) from None
        except UnexpectedFormat:
            raise unexpected(name, "it has no end", "er komt geen einde aan") from None
        return _answer(name, reply)


def _answer(operation: str, reply: Reply) -> bytes:
    """The body of a good answer; the error of every other one."""
    status = reply.status
    if status == HTTPStatus.OK:
        # Only the start is looked at: an answer of megabytes is parsed once, by whoever reads it.
        if b"Fault>" in reply.body[:1_000]:
            _raise_fault(operation, reply.body)
        return reply.body
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _raise_fault(operation, reply.body)
    if status in {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}:
        raise unavailable(operation, status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _rate_limited(operation, reply)
    if status >= HTTPStatus.BAD_REQUEST:
        raise RefusedByPeer(
            f"Nmbrs answers {status} to {operation}. Nothing changed there. The operator of "
            "the link looks into it.",
            f"Nmbrs antwoordt {status} op {operation}. Daar is niets veranderd. De beheerder van de "
            "koppeling kijkt ernaar.",
            operation=operation,
        )
    # A redirect is never followed: the host is fixed.
    raise unexpected(operation, f"status {status}", f"status {status}")


def _raise_fault(operation: str, body: bytes) -> None:
    if not body:
        raise Hiccup(operation=operation)
    error = answers.fault_in(operation, body)
    if error is not None:
        raise error


def _rate_limited(operation: str, reply: Reply) -> ConnectorError:
    error = RateLimited(operation=operation)
    asked = reply.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= 4:
        error.retry_after_seconds = float(asked)
    return error
