"""The default database: a PostgreSQL server of our own, on the loopback address, started when it is needed.

The first command that needs it starts a keeper (postgres_keeper.py), which runs the server as its child and
starts it again if it dies. Later commands join. Each holds a shared lock on one file as long as it lives; the
kernel gives the lock back however a command ends, and when nobody holds it the keeper stops the server.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from schakel.cli.local_keys import LocalKeys, local_keys

OWNER_ROLE, APP_ROLE, DATABASE = "schakel_owner", "schakel_app", "schakel"
STATE, LOG = "postgres.json", "postgres.log"
USERS_LOCK, KEEPER_LOCK, START_LOCK = "postgres.users", "postgres.keeper", "postgres.start"


_keepers: list[subprocess.Popen[bytes]] = []  # they outlive us, so nobody waits for them


class DatabaseUnavailable(Exception):
    """The embedded database does not start; the message says what its log says."""


@dataclass(slots=True, repr=False)
class Server:
    """A running server, held until `close` or the end of this process."""

    var: Path
    port: int
    keys: LocalKeys
    hold: int  #: the open lock file

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for one role, with its password: not for a log or a command line."""
        passwords = {
            "postgres": self.keys.superuser_password,
            OWNER_ROLE: self.keys.owner_password,
            APP_ROLE: self.keys.app_password,
        }
        return f"postgresql://{role}:{passwords[role]}@127.0.0.1:{self.port}/{database}"

    def empty(self) -> None:
        """Make the database anew: everything in it is gone, whoever was connected too."""
        import psycopg  # noqa: PLC0415 - only who starts afresh waits for the driver

        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")

    def close(self) -> None:
        """Let go; the server stops when nobody else uses it."""
        os.close(self.hold)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self.close()


def lock_file(path: Path) -> int:
    """An open file to lock; closed on exec, so that programs we start do not hold it."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def is_locked(path: Path) -> bool:
    """Whether somebody holds an exclusive lock on `path`."""
    handle = lock_file(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Alone among processes, by an exclusive lock."""
    handle = lock_file(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_var(var: Path) -> None:
    """The folder of everything this installation keeps. Root's lets `nobody` pass through, and read nothing."""
    var.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)


def use(var: Path, *, settings: Sequence[str] = (), discard: bool = False) -> Server:
    """Start the server that keeps its data in `var`, or join it. Raises DatabaseUnavailable.

    `settings` ("fsync=off") hold for the first who starts it; with `discard` the data go when it stops.
    """
    make_var(var)
    keys = local_keys(var)
    hold = lock_file(var / USERS_LOCK)
    with ExitStack() as undone:
        undone.callback(os.close, hold)
        # Waits while a keeper is stopping its server: it holds this lock alone until it is done.
        fcntl.flock(hold, fcntl.LOCK_SH)
        with one_at_a_time(var / START_LOCK):
            port = _running(var) if is_locked(var / KEEPER_LOCK) else None
            if port is None:
                port = _start(var, settings, discard=discard)
        undone.pop_all()  # all is well: keep holding
    return Server(var, port, keys, hold)


def _start(var: Path, settings: Sequence[str], *, discard: bool) -> int:
    """Wait for a server: of a keeper that is at it already (starting again after a crash), or of a new one."""
    state = var / STATE
    log = os.open(var / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    keeper = None
    try:
        while True:
            if not is_locked(var / KEEPER_LOCK) and (keeper is None or keeper.poll() is not None):
                if keeper is not None and keeper.returncode:
                    raise DatabaseUnavailable(_last_words(var / LOG))
                state.unlink(missing_ok=True)
                keeper = _keeper(var, settings, log, discard=discard)
            if (port := _running(var)) is not None:
                return port
            time.sleep(0.03)
    finally:
        os.close(log)


def _keeper(var: Path, settings: Sequence[str], log: int, *, discard: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "schakel.cli.postgres_keeper", str(var.resolve())]
    command += [part for setting in settings for part in ("--setting", setting)]
    command += ["--discard"] if discard else []
    # In a session of its own: Ctrl-C ends the command, and the keeper then ends by the lock.
    keeper = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True
    )
    _keepers.append(keeper)
    return keeper


def _running(var: Path) -> int | None:
    try:
        return int(json.loads((var / STATE).read_text())["port"])
    except FileNotFoundError:
        return None


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()[-6:]
    return "The embedded database does not start. Its log ends with:\n" + "\n".join(
        f"  {line}" for line in lines
    )
