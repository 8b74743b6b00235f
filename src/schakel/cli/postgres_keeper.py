"""The keeper of the embedded server: it runs `postgres` as its child, and stops when nobody uses it.

As a child, because only a parent learns at once that a killed server is dead: in a container a dead orphan
may stay in the process table, and its lock file with it.
"""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from schakel.cli import postgres_binaries
from schakel.cli.embedded_postgres import (
    APP_ROLE,
    DATABASE,
    KEEPER_LOCK,
    OWNER_ROLE,
    STATE,
    USERS_LOCK,
    lock_file,
)
from schakel.cli.local_keys import FILE_NAME, local_keys

ELSEWHERE = Path("/var/lib/schakel")  # for data that `nobody` cannot reach inside a closed home folder
TRIES = 20
TRIES_AGAIN = 240  #: of a server that others are connected to: a minute

# Errors go to the log without their statement and their detail: both can hold what is known of people.
QUIET = ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none")

# After a crash PostgreSQL first makes sure that all it wrote is on the disk. File by file, as it does by default,
# that is most of the time it is away; in one call to the kernel it is not (Linux; the documentation's own remark).
QUICK = ("recovery_init_sync_method=syncfs",) if sys.platform == "linux" else ()


class NotStarted(Exception):
    """The server ended before it answered."""


class OtherKeys(Exception):
    """The data were made with other keys than the ones in `var`."""

    def __init__(self, data: Path, var: Path) -> None:
        super().__init__(
            f"The data in {data} do not open with the keys in {var / FILE_NAME}. Put back the file they were made "
            f"with; or, if the data may go, remove {data}."
        )


class Keeper:
    """One server, for as long as somebody holds the users' lock."""

    def __init__(self, var: Path, settings: Sequence[str]) -> None:
        self.var = var
        self.settings = [*QUIET, *QUICK, *settings]
        self.keys = local_keys(var)
        self.account = postgres_binaries.account()
        self.programs = postgres_binaries.within_reach(postgres_binaries.find(), self.account)
        self.data = self._data_folder()
        self.port = 0
        self.has_served = False
        self.is_told_to_stop = False

    def _data_folder(self) -> Path:
        if self.account.can_pass(self.var / "postgres"):
            return self.var / "postgres"
        ELSEWHERE.mkdir(parents=True, exist_ok=True, mode=0o711)
        # Named by the installation's own key: who throws `var` away starts afresh there, too.
        return ELSEWHERE / sha256(self.keys.superuser_password.encode()).hexdigest()[:12]

    def keep(self) -> None:
        """Until nobody uses it: run the server, and run it again when it dies."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "is_told_to_stop", True))
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self._end_orphan()
        users = lock_file(self.var / USERS_LOCK)
        child = self._started()
        while not self._is_unused(users) and not self.is_told_to_stop:
            if child.poll() is not None:
                child = self._started()
            time.sleep(0.1)
        child.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        child.wait()
        (self.var / STATE).unlink(missing_ok=True)

    @staticmethod
    def _is_unused(users: int) -> bool:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def _initialise(self) -> None:
        """Make the data folder, whole or not at all."""
        fresh = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.data.with_name(f"{self.data.name}.password")
        password.unlink(missing_ok=True)
        fresh.mkdir(mode=0o700)
        password.touch(mode=0o600)
        password.write_text(self.keys.superuser_password)
        for path in (fresh, password):
            os.chown(path, self.account.uid, self.account.gid)
        locale = ["--locale=C.UTF-8"]
        if postgres_binaries.major(self.programs) >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [str(self.programs / "initdb"), "-D", str(fresh), "-U", "postgres", "-E", "UTF8", *locale]
        command += ["-A", "scram-sha-256", f"--pwfile={password}", "--no-instructions"]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self.account.popen_options())
        finally:
            password.unlink()
        fresh.rename(self.data)

    def _check_version(self) -> None:
        kept = int((self.data / "PG_VERSION").read_text())
        found = postgres_binaries.major(self.programs)
        if kept != found:
            raise NotStarted(
                f"The data in {self.data} are of PostgreSQL {kept}, the programs in {self.programs} of {found}. "
                f"Point SCHAKEL_PG_BINDIR to programs of {kept}, or dump with those and restore with these."
            )

    def _end_orphan(self) -> None:
        """A server that lost its keeper is stopped; its lock file goes when nobody of ours is behind it."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        pid = int(lock.read_text().split("\n", 1)[0])
        for number, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            if not self._is_ours(pid):
                break
            os.kill(pid, number)
            self._wait_for_end(pid, seconds)
        lock.unlink(missing_ok=True)

    def _wait_for_end(self, pid: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._is_ours(pid) and time.monotonic() < until:
            time.sleep(0.05)

    def _is_ours(self, pid: int) -> bool:
        """Whether this process is a server on our data. A dead one that nobody reaped has no command line."""
        if Path("/proc/self").exists():
            try:
                command = (
                    Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
            except (FileNotFoundError, ProcessLookupError):
                return False
        else:
            command = subprocess.run(
                ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
            ).stdout
        return f"-D {self.data} " in command

    def _started(self) -> subprocess.Popen[bytes]:
        """A server that answers. It may fail a few times: the port is taken, or a killed one is still dying."""
        (self.var / STATE).unlink(missing_ok=True)
        self.port = self.port or self._last_port()
        tries = TRIES_AGAIN if self.has_served else TRIES
        for attempt in range(tries):
            if not _is_free(self.port):
                # Who is connected knows only this port. Somebody's outgoing connection may have got it in the
                # moment that it was free; that is over soon.
                if self.has_served and attempt < tries // 2:
                    time.sleep(0.25)
                    continue
                self.port = _free_port()
            child = self._child()
            try:
                self._answering(child)
                self._prepare()
            except (NotStarted, psycopg.OperationalError):
                child.send_signal(signal.SIGINT)  # killed just after it answered, it may be at it again
                child.wait()
                if attempt == tries - 1:
                    raise
                time.sleep(0.25)
                continue
            self._tell(child.pid)
            self.has_served = True
            return child
        raise AssertionError("the last attempt returns or raises")

    def _last_port(self) -> int:
        remembered = self.var / "postgres.port"
        return int(remembered.read_text()) if remembered.exists() else _free_port()

    def _child(self) -> subprocess.Popen[bytes]:
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        command += [part for setting in self.settings for part in ("-c", setting)]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, **self.account.popen_options())

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self.keys.superuser_password,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def _answering(self, child: subprocess.Popen[bytes]) -> None:
        """Wait as long as it lives: a recovery after a crash takes the time it takes."""
        while child.poll() is None:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    child.send_signal(signal.SIGINT)
                    child.wait()
                    raise OtherKeys(self.data, self.var) from error
                time.sleep(0.03)
            else:
                return
        raise NotStarted(f"PostgreSQL ended with {child.returncode}; the lines above say why.")

    def _prepare(self) -> None:
        """The two roles, and the database of the one that migrates."""
        with self._connect("postgres") as connection:
            for role, password in (
                (OWNER_ROLE, self.keys.owner_password),
                (APP_ROLE, self.keys.app_password),
            ):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                if not known:
                    make = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}")
                    connection.execute(make.format(sql.Identifier(role), sql.Literal(password)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                make = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)))

    def _tell(self, pid: int) -> None:
        """Say where the server is, to those who wait; all at once, since they read it while we write."""
        remembered = self.var / "postgres.port"
        remembered.touch(mode=0o600)
        remembered.write_text(str(self.port))
        fresh = self.var / f"{STATE}.new"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({"port": self.port, "postmaster": pid, "keeper": os.getpid()}))
        fresh.rename(self.var / STATE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as PostgreSQL does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> None:
    """Keep the server of one folder. Ends at once when another keeper does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("var", type=Path)
    parser.add_argument("--setting", action="append", default=[])
    parser.add_argument("--discard", action="store_true")
    options = parser.parse_args()
    keeping = lock_file(options.var / KEEPER_LOCK)
    try:
        fcntl.flock(keeping, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    try:
        keeper = Keeper(options.var, options.setting)
        keeper.keep()
        if options.discard:
            shutil.rmtree(keeper.data)
            shutil.rmtree(options.var)
    except (
        NotStarted,
        OtherKeys,
        postgres_binaries.NoPostgres,
        OSError,
        subprocess.CalledProcessError,
    ) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
