"""The embedded server: shared, supervised, and found again after everything that can happen to it."""

import json
import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from schakel.cli import embedded_postgres
from schakel.cli.embedded_postgres import APP_ROLE, OWNER_ROLE, DatabaseUnavailable, Server, use
from schakel.cli.local_keys import FILE_NAME

FAST = ("fsync=off",)
HOLD = """
import sys
from pathlib import Path
from schakel.cli.embedded_postgres import use
server = use(Path(sys.argv[1]), settings=["fsync=off"])
print(server.port, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder as an installation has one: `nobody` may pass, if we are root, and read nothing."""
    with tempfile.TemporaryDirectory(prefix="schakel-pg-") as folder:
        Path(folder).chmod(0o711)
        var = Path(folder) / "var"
        yield var
        until(lambda: not embedded_postgres.is_locked(var / embedded_postgres.KEEPER_LOCK))


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def state(var: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((var / embedded_postgres.STATE).read_text())
    return found


def ask(server: Server, query: str = "SELECT 1", role: str = APP_ROLE) -> object:
    with psycopg.connect(server.url(role), connect_timeout=5) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def answers(server: Server) -> bool:
    try:
        return ask(server) == 1
    except psycopg.OperationalError:
        return False


def is_alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_it_starts_with_two_roles_that_are_not_superuser_and_stops_when_let_go(var: Path) -> None:
    with use(var, settings=FAST) as server:
        told = state(var)
        for role in (OWNER_ROLE, APP_ROLE):
            assert ask(server, "SELECT current_user", role) == role
            assert (
                ask(server, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = user", role)
                is False
            )
        owner_of_database = "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
        assert ask(server, owner_of_database) == OWNER_ROLE
    until(lambda: not is_alive(told["postmaster"]) and not is_alive(told["keeper"]))
    assert not (var / embedded_postgres.STATE).exists()


def test_nobody_logs_in_without_the_password(var: Path) -> None:
    with use(var, settings=FAST) as server:
        for role in ("postgres", OWNER_ROLE, APP_ROLE):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(host="127.0.0.1", port=server.port, user=role, dbname="postgres")


def test_nothing_it_keeps_can_be_read_by_others(var: Path) -> None:
    with use(var, settings=FAST):
        paths = [var, *var.iterdir(), *(var / "postgres").rglob("*")]
        open_to_others = [path for path in paths if path.stat().st_mode & (stat.S_IRWXO & ~stat.S_IXOTH)]
        assert open_to_others == []
        # Root's own folder lets the server's account pass through, and nothing else.
        allowed = stat.S_IXOTH if os.geteuid() == 0 else 0
        assert var.stat().st_mode & stat.S_IRWXO == allowed


def test_the_log_holds_no_values(var: Path) -> None:
    with use(var, settings=FAST) as server, psycopg.connect(server.url(OWNER_ROLE)) as connection:
        connection.execute("CREATE TABLE people (bsn text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('999990019')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES ('999990019')")
        log = (var / embedded_postgres.LOG).read_text()
        assert "people_bsn_key" in log
        assert "999990019" not in log


def test_data_and_port_are_there_again_the_next_time(var: Path) -> None:
    with use(var, settings=FAST) as server:
        port = server.port
        with psycopg.connect(server.url(OWNER_ROLE)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS it")
    with use(var, settings=FAST) as server:
        assert server.port == port
        assert ask(server, "SELECT it FROM kept", OWNER_ROLE) == 42


def test_another_port_is_chosen_and_remembered_when_the_port_is_taken(var: Path) -> None:
    with use(var, settings=FAST) as server:
        first = server.port
    until(lambda: not embedded_postgres.is_locked(var / embedded_postgres.KEEPER_LOCK))
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first))
        taken.listen()
        with use(var, settings=FAST) as server:
            assert server.port != first
            assert answers(server)
            second = server.port
    with use(var, settings=FAST) as server:
        assert server.port == second


def test_several_at_once_share_one_server_until_the_last_lets_go(var: Path) -> None:
    commands = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    try:
        ports = {command.stdout.readline() for command in commands if command.stdout}
        assert len(ports) == 1
        told = state(var)
        commands[0].kill()
        commands[1].terminate()
        commands[1].wait(10)
        with use(var, settings=FAST) as server:
            assert answers(server)
            assert state(var) == told, "the one that joins changes nothing"
    finally:
        for command in commands:
            command.kill()
            command.communicate()
    until(lambda: not is_alive(told["postmaster"]))


def test_a_killed_server_is_started_again_on_its_port_and_loses_nothing(var: Path) -> None:
    with use(var) as server:
        with psycopg.connect(server.url(OWNER_ROLE)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS it")
        for _ in range(2):
            pid = state(var)["postmaster"]
            os.kill(pid, signal.SIGKILL)
            until(
                lambda pid=pid: (var / embedded_postgres.STATE).exists() and state(var)["postmaster"] != pid
            )
            assert state(var)["port"] == server.port
            assert ask(server, "SELECT it FROM kept", OWNER_ROLE) == 42


def test_a_port_that_somebody_got_while_the_server_was_dead_is_waited_for(var: Path) -> None:
    with use(var, settings=FAST) as server:
        told = state(var)
        os.kill(told["keeper"], signal.SIGSTOP)
        os.kill(told["postmaster"], signal.SIGKILL)
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            until(lambda: bound(other, server.port))
            other.listen()
            os.kill(told["keeper"], signal.SIGCONT)
            time.sleep(1)
            assert not (var / embedded_postgres.STATE).exists()
        until(lambda: answers(server))


def bound(one: socket.socket, port: int) -> bool:
    try:
        one.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("is_server_killed_too", [False, True])
def test_a_killed_keeper_leaves_nothing_in_the_way(var: Path, is_server_killed_too: bool) -> None:
    with use(var, settings=FAST) as first:
        with psycopg.connect(first.url(OWNER_ROLE)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS it")
        told = state(var)
        os.kill(told["keeper"], signal.SIGKILL)
        if is_server_killed_too:
            os.kill(told["postmaster"], signal.SIGKILL)
        until(lambda: not embedded_postgres.is_locked(var / embedded_postgres.KEEPER_LOCK))
        with use(var, settings=FAST) as second:
            assert state(var)["keeper"] != told["keeper"]
            assert not is_alive(told["postmaster"]), "a server without its keeper was stopped"
            assert ask(second, "SELECT it FROM kept", OWNER_ROLE) == 42


def test_a_lock_file_that_names_somebody_elses_process_is_not_believed(var: Path) -> None:
    with use(var, settings=FAST):
        told = state(var)
        for name in ("keeper", "postmaster"):
            os.kill(told[name], signal.SIGKILL)
    until(lambda: not embedded_postgres.is_locked(var / embedded_postgres.KEEPER_LOCK))
    lock = var / "postgres" / "postmaster.pid"
    lines = lock.read_text().split("\n")
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with use(var, settings=FAST) as server:
        assert answers(server)


def test_what_stands_in_the_way_is_told(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with use(var, settings=FAST):
        pass
    until(lambda: not embedded_postgres.is_locked(var / embedded_postgres.KEEPER_LOCK))
    keys = (var / FILE_NAME).read_text()
    (var / FILE_NAME).unlink()
    with pytest.raises(DatabaseUnavailable, match="Put back the file"):
        use(var)
    (var / FILE_NAME).write_text(keys)
    (var / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseUnavailable, match="are of PostgreSQL 12"):
        use(var)
    monkeypatch.setenv("SCHAKEL_PG_BINDIR", str(var))
    with pytest.raises(DatabaseUnavailable, match="No PostgreSQL was found"):
        use(var)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can run it as somebody else; the other tests run as this user"
)
def test_an_ordinary_user_runs_it_too() -> None:
    uid = pwd.getpwnam("nobody").pw_uid  # initdb wants a user that the machine knows
    with tempfile.TemporaryDirectory(prefix="schakel-user-") as folder:
        os.chown(folder, uid, uid)
        python = python_for(uid)
        server = subprocess.Popen(
            [python, "-c", HOLD, f"{folder}/var"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=uid,
            group=uid,
            extra_groups=[],
            cwd="/",
            env=_environment(),
        )
        with server:
            assert server.stdout
            assert int(server.stdout.readline()) > 1024
            told = state(Path(folder) / "var")
            assert Path(f"/proc/{told['postmaster']}").stat().st_uid == uid
            assert (Path(folder) / "var").stat().st_mode & 0o777 == 0o700
        until(lambda: not is_alive(told["keeper"]))


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def python_for(uid: int) -> str:
    """A Python of this version that `uid` can start: ours may live in root's closed home folder."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            subprocess.run(
                [python, "-c", "import schakel.cli.postgres_keeper"],
                check=True,
                user=uid,
                group=uid,
                extra_groups=[],
                cwd="/",
                env=_environment(),
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("no Python, or not these sources, can be reached by another user of this machine")
