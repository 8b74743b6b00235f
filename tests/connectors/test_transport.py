"""The one line to the network: its host, its deadline, its limit, and nothing from the environment."""

import gc
import re
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from schakel.connectors.errors import ConnectorError, TemporarilyUnavailable, UnexpectedFormat
from schakel.connectors.transport import Line, Reply, open_line

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Two: b\r\n\r\nyes"
Talk = Callable[[socket.socket], None]


class Peer:
    """A bare socket that does with each connection what a test wants, and keeps what it heard."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.heard: list[bytes] = []
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/soap/"

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listening.accept()
            except TimeoutError:
                continue
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with connection:
            try:
                while heard := _request(connection):
                    self.heard.append(heard)
                    self._talk(connection)
            except OSError:
                return  # the line hung up first, as it should

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(10)
        self._listening.close()


def _request(connection: socket.socket) -> bytes:
    """One whole request, or whatever came when it is none."""
    heard = b""
    while True:
        part = connection.recv(65_536)
        heard += part
        head, end, body = heard.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not part or not heard[:1].isalpha() or (end and len(body) >= int(length[1] if length else 0)):
            return heard


@contextmanager
def line(talk: Talk, seconds: float = 2.0) -> Iterator[tuple[Line, Peer]]:
    peer = Peer(talk)
    opened = open_line(peer.address, seconds)
    try:
        yield opened, peer
    finally:
        opened.close()
        peer.close()


def ask(opened: Line, path: str = "x", **limits: float) -> Reply:
    return opened.exchange(
        "asking",
        "POST",
        path,
        query={},
        headers={"X-One": "a"},
        body=b"please",
        **limits,  # type: ignore[arg-type]  # any of the limits by name
    )


def good(connection: socket.socket) -> None:
    connection.sendall(GOOD)


def test_an_exchange() -> None:
    with line(good) as (opened, peer):
        assert ask(opened, "a%2Fb") == Reply(200, {"content-length": "3", "x-two": "b"}, b"yes")
        assert (
            opened.exchange("asking", "GET", "x", query={"on": "a b&c"}, headers={}, body=None).status == 200
        )
    assert peer.connections == 1
    assert peer.heard[0].startswith(b"POST /soap/a%2Fb HTTP/1.1\r\n")
    assert b"X-One: a\r\n" in peer.heard[0]
    assert peer.heard[1].startswith(b"GET /soap/x?on=a+b%26c HTTP/1.1\r\n")


def test_after_closing_a_line_asks_over_a_new_connection_and_leaves_none_open() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with line(good) as (opened, peer):
            ask(opened)
            opened.close()
            ask(opened)
        gc.collect()
    assert peer.connections == 2


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n")
    for _ in range(400):
        time.sleep(0.02)
        connection.sendall(b"x")


def silent(_: socket.socket) -> None:
    """Says nothing."""


def hang_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def half(connection: socket.socket) -> None:
    connection.sendall(GOOD[:-1])
    connection.shutdown(socket.SHUT_RDWR)


def other(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ready\r\n")


@pytest.mark.parametrize("talk", [drip, silent, hang_up, half, other])
def test_what_goes_wrong_on_the_way_is_temporary_and_in_time(talk: Talk) -> None:
    with line(talk, seconds=0.4) as (opened, _):
        started = time.monotonic()
        with pytest.raises(TemporarilyUnavailable) as caught:
            ask(opened)
        assert time.monotonic() - started < 3
    assert caught.value.operation == "asking"
    assert caught.value.__cause__ is None


def test_an_exchange_may_have_a_deadline_and_a_limit_of_its_own() -> None:
    with line(drip, seconds=30) as (opened, _), pytest.raises(TemporarilyUnavailable):
        ask(opened, deadline_seconds=0.2)
    with line(good) as (opened, _):
        assert ask(opened, most_bytes=3).body == b"yes"
        with pytest.raises(UnexpectedFormat):
            ask(opened, most_bytes=2)


@pytest.mark.parametrize("where", [b"http://127.0.0.1:9/elders", b"/soap/y", b"file:///etc/hostname"])
def test_a_redirect_is_an_answer_and_not_followed(where: bytes) -> None:
    def redirect(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + where + b"\r\n\r\n")

    with line(redirect) as (opened, peer):
        assert ask(opened).status == 302
    assert len(peer.heard) == 1


@pytest.mark.parametrize("path", ["//elders.example/x", "http://elders.example/x", "@elders.example/"])
def test_a_path_never_leads_to_another_host(path: str) -> None:
    with line(good) as (opened, peer):
        try:
            ask(opened, path)
        except ConnectorError:
            return
    assert peer.connections == 1


def test_nothing_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with line(good) as (opened, _):
        assert ask(opened).status == 200


def test_an_address_is_asked_securely_and_checked() -> None:
    """A peer that is no TLS server is not spoken to."""
    peer = Peer(silent)
    opened = open_line(peer.address.replace("http://", "https://"), 0.5)
    try:
        with pytest.raises(TemporarilyUnavailable):
            ask(opened)
    finally:
        opened.close()
        peer.close()
    assert not any(b"please" in heard for heard in peer.heard)
