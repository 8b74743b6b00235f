"""Faults below HTTP, from a bare socket: the channel names them and never waits past its deadline."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest
from tests.connectors.carriers.states import POLICY, TODAY, draft, state

from schakel.connectors.carrier_channel import Verdict
from schakel.connectors.carriers.schakel_json.channel import SchakelJsonChannel
from schakel.connectors.errors import TemporarilyUnavailable, UnexpectedFormat
from schakel_simulators.carriers import CarrierSimulator

TOKEN = "0123456789abcdef" * 2


@contextmanager
def peer(answer: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A peer that accepts one connection and does this with it: its port, and what it heard at first."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.settimeout(10)
                try:
                    heard.append(connection.recv(65_536))
                    answer(connection)
                except OSError:
                    return  # the channel hung up first, as it should

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1], heard
        thread.join(15)
        assert not thread.is_alive()


def drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(80):
        time.sleep(0.1)
        connection.sendall(b"x")


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def talk_nonsense(connection: socket.socket) -> None:
    connection.sendall(b"220 smtp.example ready\r\n")


def end_at_half(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


def never_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(4_000):
        connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (drip_headers, TemporarilyUnavailable),
        (reset, TemporarilyUnavailable),
        (talk_nonsense, TemporarilyUnavailable),
        (end_at_half, TemporarilyUnavailable),
        (never_end, UnexpectedFormat),
    ],
)
def test_a_broken_line_has_its_name_in_time(
    answer: Callable[[socket.socket], None], error: type[Exception]
) -> None:
    with peer(answer) as (port, _):
        channel = SchakelJsonChannel(
            {"address": f"http://127.0.0.1:{port}/", "token": TOKEN, "deadline_seconds": 1.5}
        )
        begun = time.monotonic()
        with pytest.raises(error) as caught:
            channel.acknowledgement(str(uuid4()))
        channel.close()
        assert time.monotonic() - begun < 4
        assert TOKEN not in repr(caught.value)


def test_a_line_that_is_not_encrypted_is_not_spoken_to() -> None:
    with peer(lambda connection: heard.append(connection.recv(65_536))) as (port, heard):
        channel = SchakelJsonChannel(
            {"address": f"https://127.0.0.1:{port}/", "token": TOKEN, "deadline_seconds": 1.5}
        )
        with pytest.raises(TemporarilyUnavailable):
            channel.acknowledgement(str(uuid4()))
        channel.close()
    assert heard[0].startswith(b"\x16\x03")  # the hello of a TLS handshake
    assert TOKEN.encode() not in b"".join(heard)


def test_nobody_at_home() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = SchakelJsonChannel({"address": f"http://127.0.0.1:{port}/", "token": TOKEN})
    with pytest.raises(TemporarilyUnavailable):
        channel.read_back(POLICY, str(uuid4()), TODAY)
    channel.close()


def test_many_threads_share_one_channel() -> None:
    with CarrierSimulator(seed=11) as carrier:
        channel = SchakelJsonChannel({"address": carrier.address, "token": carrier.token})

        def follow(cents: int) -> bool:
            told = state(cents=cents)
            message = draft(told)
            channel.submit(message.message_id, channel.compose(message))
            answer = channel.acknowledgement(message.message_id)
            assert answer is not None
            assert answer.verdict is Verdict.ACCEPTED
            return channel.read_back(POLICY, told.person.reference, TODAY) == told

        with ThreadPoolExecutor(12) as pool:
            assert all(pool.map(follow, range(120)))
        channel.close()
        totals = carrier.ledger.overview()["totals"]
        assert (totals["deliveries"], totals["applied"], totals["wire_duplicates"]) == (120, 120, 0)


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with CarrierSimulator(seed=12) as carrier:
        channel = SchakelJsonChannel({"address": carrier.address, "token": carrier.token})
        assert channel.acknowledgement(str(uuid4())) is None
        channel.close()
