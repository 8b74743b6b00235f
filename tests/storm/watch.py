"""An eye on the database: who is connected, which server runs, and how long it was ever away."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from schakel.cli.embedded_postgres import APP_ROLE, DATABASE, STATE, Server

EVERY_SECONDS = 0.1
LISTENING = """
SELECT application_name FROM pg_stat_activity
WHERE application_name LIKE 'storm-worker-%' AND query LIKE 'LISTEN%'
"""
BACKENDS = (
    "SELECT pid FROM pg_stat_activity WHERE usename = %s AND backend_type = 'client backend' ORDER BY pid"
)


@dataclass(slots=True)
class Watch:
    """Asks as the superuser, whose connection is no victim."""

    server: Server
    outages: list[float] = field(default_factory=list)  #: seconds from the last answer to the next

    def postmaster(self) -> int | None:
        """The process id of the server, when there is one."""
        with suppress(FileNotFoundError):
            return int(self._state()["postmaster"])
        return None

    def _state(self) -> dict[str, int]:
        found: dict[str, int] = json.loads((self.server.var / STATE).read_text())
        return found

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """A connection of a moment. Raises psycopg.OperationalError while the database is away."""
        try:
            port = self._state()["port"]
        except FileNotFoundError as error:
            raise psycopg.OperationalError("no server") from error
        with psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="postgres",
            password=self.server.keys.superuser_password,
            dbname=DATABASE,
            connect_timeout=5,
            autocommit=True,
        ) as connection:
            yield connection

    def listening(self) -> set[str]:
        """The workers that wait for jobs or run them, by the name their connection gives."""
        with self.connected() as connection:
            return {name for (name,) in connection.execute(LISTENING)}

    def backends(self) -> list[int]:
        """The server processes that serve our programs."""
        with self.connected() as connection:
            return [pid for (pid,) in connection.execute(BACKENDS, [APP_ROLE])]

    def look_until(self, stop: threading.Event) -> None:
        """Ask ten times a second whether it answers, and keep how long it did not."""
        answered_at = time.monotonic()
        is_away = False
        while not stop.is_set():
            with suppress(psycopg.Error), self.connected() as connection:
                while not stop.wait(EVERY_SECONDS):
                    connection.execute("SELECT 1")
                    if is_away:
                        self.outages.append(time.monotonic() - answered_at)
                    answered_at, is_away = time.monotonic(), False
            is_away = True
            stop.wait(EVERY_SECONDS / 2)
