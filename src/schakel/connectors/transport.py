"""The line to one host: one deadline for a whole exchange, and no more bytes than agreed.

The only network code of the connectors. Nothing is retried, nothing redirected, no proxy taken from the
environment, and neither bodies nor headers are logged. What goes wrong on the way is TemporarilyUnavailable;
an answer without end is UnexpectedFormat.
"""

import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

import httpcore

from schakel.connectors.errors import TemporarilyUnavailable, UnexpectedFormat

MOST_BYTES = 16 * 1024 * 1024
MOST_CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers by their name in lower case, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line(Protocol):
    """One exchange at a time; several threads may each have theirs."""

    def exchange(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes | None,
        deadline_seconds: float | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Reply:
        """Ask and wait for the whole answer; `path` is percent-encoded and has no slash in front.

        `deadline_seconds` is for this exchange alone; None is the line's own.
        """
        ...

    def close(self) -> None:
        """Give the connections back; who asks again after that gets new ones."""
        ...


class _Stream(httpcore.NetworkStream):
    """A connection that never waits past the deadline of the exchange in its thread.

    A time-out for each read alone would let a peer that sends a byte a second keep us for hours.
    """

    def __init__(self, inner: httpcore.NetworkStream, deadline: "_Deadline") -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connections to the one host of the line."""

    def __init__(self, host: str, port: int, deadline: "_Deadline") -> None:
        self._peer = (host, port)
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if (host, port) != self._peer:
            raise httpcore.ConnectError("another host than the link's")
        inner = self._inner.connect_tcp(
            host, port, self._deadline.left(timeout), local_address, socket_options
        )
        return _Stream(inner, self._deadline)


class _Deadline(threading.local):
    """The moment at which the exchange of this thread must be over."""

    at = 0.0

    def left(self, timeout: float | None) -> float:
        """Seconds that may still be waited. Raises httpcore.ReadTimeout when none are left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline of the exchange has passed")
        return left if timeout is None else min(left, timeout)


class HttpLine:
    """A Line over HTTP/1.1 to the host of an address that was checked before."""

    def __init__(
        self, address: str, deadline_seconds: float, most_connections: int = MOST_CONNECTIONS
    ) -> None:
        url = httpcore.URL(address)
        self._address = address
        self._deadline_seconds = deadline_seconds
        self._deadline = _Deadline()
        self._pool = httpcore.ConnectionPool(
            max_connections=most_connections,
            keepalive_expiry=30.0,
            retries=0,
            network_backend=_Backend(url.host.decode(), url.origin.port, self._deadline),
        )

    def exchange(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes | None,
        deadline_seconds: float | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Reply:
        """Ask and wait for the whole answer, at most the deadline."""
        seconds = self._deadline_seconds if deadline_seconds is None else deadline_seconds
        self._deadline.at = time.monotonic() + seconds
        address = f"{self._address}{path}{'?' if query else ''}{urlencode(query)}"
        sent = {"Accept-Encoding": "identity", "User-Agent": "schakel", **headers}
        try:
            with self._pool.stream(
                method,
                address,
                headers=list(sent.items()),
                content=body,
                extensions={"timeout": {"pool": seconds}},
            ) as response:
                whole = _whole(response, operation, most_bytes)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
            # Without its cause: what the library says may quote bytes of the answer.
            raise TemporarilyUnavailable(operation=operation) from None
        received = {name.decode("latin-1").lower(): text.decode("latin-1") for name, text in response.headers}
        return Reply(response.status, received, whole)

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()


def open_line(address: str, deadline_seconds: float, most_connections: int = MOST_CONNECTIONS) -> Line:
    """The line to the host of this address; connects when first asked."""
    return HttpLine(address, deadline_seconds, most_connections)


def _whole(response: httpcore.Response, operation: str, most_bytes: int) -> bytes:
    parts, size = [], 0
    for part in response.iter_stream():
        size += len(part)
        if size > most_bytes:
            raise UnexpectedFormat(operation=operation)
        parts.append(part)
    return b"".join(parts)
