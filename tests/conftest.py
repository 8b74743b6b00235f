"""The database of the tests: a cluster of their own, migrated by the owner, used as the run-time role.

Nothing is started until a test asks for the database. One cluster serves the whole run; every xdist worker
gets its own copy of one migrated template. What the tests see is what the product sees: a role that owns
nothing, under forced row-level security.
"""

import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from tests.campaign import load_profile

from schakel.cli.database import as_owner
from schakel.cli.embedded_postgres import APP_ROLE, OWNER_ROLE, Server, one_at_a_time, use

load_profile()

TEMPLATE = "schakel_template"
# Nothing here outlives the run, so nothing has to reach the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")

EVERY_TABLE = """
SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'django_migrations'
"""


def pytest_configure(config: pytest.Config) -> None:
    """A folder for this run, which its xdist workers inherit; they start the cluster when one needs it."""
    if not hasattr(config, "workerinput"):
        os.environ["SCHAKEL_TEST_RUN"] = uuid.uuid4().hex


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """The run's own PostgreSQL. It stops, and its data go, when the last worker lets go."""
    folder = Path(tempfile.gettempdir()) / f"schakel-test-{os.environ['SCHAKEL_TEST_RUN']}"
    with use(folder, settings=SETTINGS, discard=True) as server:
        yield server


@pytest.fixture(scope="session")
def database_name(cluster: Server, django_db_blocker: Any, request: pytest.FixtureRequest) -> str:
    """A database for this worker, copied from a template that the first worker migrates."""
    worker = getattr(request.config, "workerinput", {"workerid": "alone"})["workerid"]
    name = f"schakel_{worker}"
    with one_at_a_time(cluster.var / "template.lock"):
        if not _exists(cluster, TEMPLATE):
            _create(cluster, "schakel_unfinished", "template1")
            with django_db_blocker.unblock(), as_owner(cluster.url(OWNER_ROLE, "schakel_unfinished")):
                call_command("migrate", verbosity=0, interactive=False)
            _as_superuser(cluster, sql.SQL("ALTER DATABASE schakel_unfinished RENAME TO schakel_template"))
        _create(cluster, name, TEMPLATE)
    return name


@pytest.fixture(scope="session")
def database_url(cluster: Server, database_name: str) -> str:
    """This worker's database as the run-time role, for programs that a test starts."""
    return cluster.url(APP_ROLE, database_name)


@pytest.fixture(scope="session")
def owner_url(cluster: Server, database_name: str) -> str:
    """This worker's database as the role that owns the tables."""
    return cluster.url(OWNER_ROLE, database_name)


@pytest.fixture(scope="session")
def django_db_setup(
    cluster: Server, database_name: str, owner_url: str, django_db_blocker: Any, django_test_environment: None
) -> Iterator[None]:
    """Instead of pytest-django's own: connect as the run-time role, and empty the tables as their owner."""
    connection.settings_dict.update(
        NAME=database_name,
        USER=APP_ROLE,
        PASSWORD=cluster.keys.app_password,
        HOST="127.0.0.1",
        PORT=str(cluster.port),
        OPTIONS={},
    )

    def truncate_as_owner(_operations: object, _statements: Iterable[str]) -> None:
        with psycopg.connect(owner_url, autocommit=True, options="-c lock_timeout=20s") as owner:
            (tables,) = owner.execute(EVERY_TABLE).fetchone() or ("",)
            owner.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(tables)))

    # After a test with real transactions Django empties all tables; the run-time role may not. On the class, since
    # beside a browser's event loop Django makes connections of their own.
    with mock.patch.object(type(connection.ops), "execute_sql_flush", truncate_as_owner):
        yield
    with django_db_blocker.unblock():
        connection.close()


def _as_superuser(cluster: Server, statement: sql.Composed | sql.SQL) -> list[Any]:
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as server:
        cursor = server.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _exists(cluster: Server, name: str) -> bool:
    find = sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(sql.Literal(name))
    return bool(_as_superuser(cluster, find))


def _create(cluster: Server, name: str, template: str) -> None:
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    _as_superuser(cluster, make.format(*(sql.Identifier(part) for part in (name, OWNER_ROLE, template))))
