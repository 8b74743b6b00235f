"""`schakel serve`: it answers, asks for a log-in, ends with its parent, and says when it cannot listen."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.cli.programs import schakel, started

from schakel.cli.serve import is_loopback


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def web(port: int, database_url: str, tmp_path: Path) -> Iterator[tuple[str, int]]:
    address = f"http://127.0.0.1:{port}"
    process = started("serve", "--port", str(port), "--workers", "1", var=tmp_path, DATABASE_URL=database_url)
    with process:
        wait_for(address)
        yield address, process.pid
        process.terminate()
        process.communicate(timeout=30)


def is_up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).text == "ok\n"
    except httpx.TransportError:
        return False


def wait_for(address: str, *, up: bool = True) -> None:
    end = time.monotonic() + 60
    while is_up(address) is not up:
        assert time.monotonic() < end, f"{address} is {'not ' if up else 'still '}there"
        time.sleep(0.1)


def test_everything_but_health_asks_for_a_log_in(web: tuple[str, int]) -> None:
    address, pid = web
    answer = httpx.get(f"{address}/", trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/account/login/?next=/")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    # The processes that answer end with the one that watches them, however it ends.
    os.kill(pid, signal.SIGKILL)
    wait_for(address, up=False)


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = schakel("serve", "--port", str(taken.getsockname()[1]), var=tmp_path)
    assert told.returncode == 1
    assert "Choose another with --host or --port" in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("192.0.2.1", False),
        ("portal.example.org", False),
    ],
)
def test_plain_http_is_for_this_machine_only(host: str, is_it: bool) -> None:
    assert is_loopback(host) is is_it
