"""Which database is used: the embedded one unless DATABASE_URL names another, and under which role."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.cli.programs import environment, schakel

from schakel.cli.embedded_postgres import APP_ROLE, Server, use

ASK = """
from schakel.cli.database import ready_database
ready_database()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, session_user, inet_server_port()")
    print(*cursor.fetchone())
"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Server]:
    """A server that is not the installation's own, as an operator would run it: no role of ours on it."""
    with tempfile.TemporaryDirectory(prefix="schakel-else-") as folder:
        Path(folder).chmod(0o711)
        with use(Path(folder) / "var", settings=["fsync=off"], discard=True) as server:
            superuser(server, "DROP DATABASE schakel")
            superuser(server, f"DROP ROLE {APP_ROLE}")
            superuser(server, "CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'geheim'")
            superuser(server, "CREATE ROLE modest LOGIN PASSWORD 'geheim'")
            for role in ("keeper", "modest"):
                superuser(server, f"CREATE DATABASE of_{role} OWNER {role}")
            yield server


def superuser(server: Server, statement: str) -> None:
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement))  # type: ignore[arg-type]  # statements of this file


def address(server: Server, role: str) -> str:
    return f"postgresql://{role}:geheim@127.0.0.1:{server.port}/of_{role}"


def asked(var: Path, **given: str) -> list[str]:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment(var, **given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.split()


def test_a_fresh_installation_gets_an_embedded_one_as_the_role_that_owns_nothing() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-fresh-") as folder:
        Path(folder).chmod(0o711)
        var = Path(folder) / "var"
        role, login, port = asked(var)
        assert (role, login) == (APP_ROLE, APP_ROLE)
        assert port == (var / "postgres.port").read_text()
        with use(var):
            pass  # waits until the one before has stopped, so that the folder can go
        with use(var, discard=True):
            pass


def test_with_database_url_nothing_is_started_and_the_role_is_put_on(
    elsewhere: Server, tmp_path: Path
) -> None:
    given = {"DATABASE_URL": address(elsewhere, "keeper")}
    too_early = schakel("worker", "--once", var=tmp_path, **given)
    assert too_early.returncode == 1
    assert "schakel migrate" in too_early.stderr
    first = schakel("migrate", var=tmp_path, **given)
    assert "migrations applied" in first.stdout, first.stderr
    again = schakel("migrate", var=tmp_path, **given)
    assert again.stdout == "The database is up to date.\n"
    assert asked(tmp_path, **given) == [APP_ROLE, "keeper", str(elsewhere.port)]
    assert {path.name for path in tmp_path.iterdir()} == {"keys.json"}


def test_a_log_in_that_may_not_make_the_role_is_told_what_to_do(elsewhere: Server, tmp_path: Path) -> None:
    told = schakel("migrate", var=tmp_path, DATABASE_URL=address(elsewhere, "modest"))
    assert told.returncode == 1
    assert f"CREATE ROLE {APP_ROLE}" in told.stderr or f"GRANT {APP_ROLE}" in told.stderr
    assert "Traceback" not in told.stderr
