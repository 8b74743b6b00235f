"""Fetching the answers of one delivery: what an earlier try has kept is not asked again.

An answer is kept under its call once it could be read, and facts only ever come from kept answers. A broken one
is kept beside it as evidence: under its call it would break every later try of the delivery. Only the thread that
reads the delivery touches `Answers`, since a database stands behind it; the other threads do nothing but call.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from schakel.connectors.errors import ConnectorError, UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap.client import NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.faults import EmployeeNotVisible
from schakel.connectors.payroll.nmbrs_soap.wsdl import Call
from schakel.connectors.payroll_source import Answers

T = TypeVar("T")
UNREADABLE = "#unreadable"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a group of calls: kept before, new now, and the error that ended it."""

    kept: Mapping[Call, bytes]
    new: Mapping[Call, bytes]
    error: ConnectorError | None

    @property
    def answered(self) -> dict[Call, bytes]:
        return {**self.kept, **self.new}


class Fetch:
    """One delivery's calls."""

    def __init__(self, client: NmbrsClient, answers: Answers) -> None:
        self.client = client
        self._answers = answers
        self._stop = threading.Event()

    def get(self, call: Call, read: Callable[[bytes], T]) -> tuple[T, str]:
        """The answer to a call, read; and its SHA-256."""
        body = self.kept(call)
        if body is None:
            body = self.client.ask(call)
            try:
                return read(body), self.keep(call, body)
            except UnexpectedFormat:
                self.keep_evidence(call, body)
                raise
        return read(body), hashlib.sha256(body).hexdigest()

    def kept(self, call: Call) -> bytes | None:
        """The answer an earlier try has kept."""
        body = self._answers.kept(call.key)
        if body is not None:
            self.client.traffic.resumed += 1
        return body

    def keep(self, call: Call, body: bytes, operation: str = "") -> str:
        """Keep an answer that could be read; returns its SHA-256."""
        return self._answers.keep(call.key, operation or call.operation.name, body)

    def keep_evidence(self, call: Call, body: bytes) -> None:
        """Keep an answer that could not be read, for whoever looks; no later try reads it."""
        self._answers.keep(f"{call.key}{UNREADABLE}", call.operation.name, body)

    def stop(self) -> None:
        """Start no more calls."""
        self._stop.set()

    def in_order(self, groups: Iterable[Sequence[Call]]) -> Iterator[Fetched]:
        """What came of each group of calls, in the order of the groups; a few are under way at a time.

        When one fails, those behind it are still handed over as far as they got, so that nothing that came in
        is asked twice; the caller keeps it and raises the error.
        """
        under_way: deque[Future[Fetched]] = deque()
        waiting = iter(groups)
        threads = self.client.settings.concurrency
        with ThreadPoolExecutor(threads, thread_name_prefix="nmbrs") as pool:
            try:
                while True:
                    while len(under_way) < 2 * threads and not self._stop.is_set():
                        group = next(waiting, None)
                        if group is None:
                            break
                        under_way.append(self._submit(pool, group))
                    if not under_way:
                        return
                    yield under_way.popleft().result()
            finally:
                self._stop.set()
                pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, pool: ThreadPoolExecutor, group: Sequence[Call]) -> Future[Fetched]:
        found = {one: self.kept(one) for one in group}
        kept = {one: body for one, body in found.items() if body is not None}
        return pool.submit(self._ask_all, kept, [one for one in group if one not in kept])

    def _ask_all(self, kept: Mapping[Call, bytes], missing: Sequence[Call]) -> Fetched:
        """In a thread of its own: call after call, until one fails."""
        new: dict[Call, bytes] = {}
        for call in missing:
            if self._stop.is_set():
                break
            try:
                new[call] = self.client.ask(call)
            except ConnectorError as error:
                if _ends_all(error):
                    self._stop.set()
                return Fetched(kept, new, error)
        return Fetched(kept, new, None)


def _ends_all(error: ConnectorError | None) -> bool:
    """One employee who is not shown any more is no reason to stop; anything else is."""
    return error is not None and not isinstance(error, EmployeeNotVisible)
