"""`schakel worker`: it does what waits, ends when told, and outlives the database."""

import json
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.cli.programs import schakel, started

from schakel.cli import embedded_postgres
from schakel.cli.embedded_postgres import OWNER_ROLE, Server, use

JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'sweep_outboxes' AND status IN ('todo', 'doing')"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="schakel-work-") as folder:
        Path(folder).chmod(0o711)
        with use(Path(folder) / "var", settings=["fsync=off"], discard=True) as server:
            assert schakel("migrate", var=server.var).returncode == 0
            yield server


def ask(server: Server, query: str) -> int:
    with psycopg.connect(server.url(OWNER_ROLE), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def put(server: Server) -> None:
    with psycopg.connect(server.url(OWNER_ROLE), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args) "
            "VALUES ('sweep_outboxes', 'sweep', '{\"timestamp\": 0}')"
        )


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_what_waits_is_done_and_then_it_ends(server: Server) -> None:
    put(server)
    told = schakel("worker", "--once", var=server.var)
    assert told.returncode == 0, told.stderr
    assert ask(server, JOBS) == 0


def test_it_works_on_after_the_database_was_killed_and_ends_when_told(server: Server) -> None:
    with started("worker", var=server.var) as worker:
        put(server)
        until(lambda: ask(server, JOBS) == 0)
        state = server.var / embedded_postgres.STATE
        killed = json.loads(state.read_text())["postmaster"]
        os.kill(killed, signal.SIGKILL)
        until(lambda: state.exists() and json.loads(state.read_text())["postmaster"] != killed)
        put(server)
        until(lambda: ask(server, JOBS) == 0)
        worker.send_signal(signal.SIGTERM)
        _, said = worker.communicate(timeout=45)
        assert worker.returncode == 0, said
        assert "Traceback" not in said
