"""A database that is ready: the one of DATABASE_URL, or else the embedded one, migrated; and Django set up."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from schakel.cli import embedded_postgres
from schakel.cli.local_keys import local_keys

PATIENCE_SECONDS = 60

_held: list[embedded_postgres.Server] = []  # as long as this process lives


def var_folder() -> Path:
    """Where this installation keeps what it makes: SCHAKEL_VAR, or `var` in the folder one works in."""
    return Path(os.environ.get("SCHAKEL_VAR", "var")).resolve()


def ready_database() -> None:
    """Find or start the database, bring it up to date, and set Django up as the run-time role.

    An embedded database is migrated here and now. A database of DATABASE_URL is only looked at: who may change
    its tables decides when (`schakel migrate`).
    """
    owner = prepare_environment()
    set_up_django()
    if owner is not None:
        migrate_patiently(owner)
    elif waiting := unapplied():
        sys.exit(
            f"The database is behind by {len(waiting)} migrations (next: {waiting[0]}). Run: schakel migrate"
        )


def prepare_environment() -> str | None:
    """Fill in what the environment does not give; returns the owner's address of an embedded database."""
    var = var_folder()
    if not (os.environ.get("SCHAKEL_SECRET_KEY") and os.environ.get("SCHAKEL_SEALING_KEYS")):
        embedded_postgres.make_var(var)
        keys = local_keys(var)
        os.environ.setdefault("SCHAKEL_SECRET_KEY", keys.secret_key)
        os.environ.setdefault("SCHAKEL_SEALING_KEYS", keys.sealing_key)
    # A command that another command started inherits its address, and holds the embedded server itself.
    if os.environ.get("DATABASE_URL") and not os.environ.get("SCHAKEL_EMBEDDED"):
        return None
    try:
        server = embedded_postgres.use(var)
    except embedded_postgres.DatabaseUnavailable as error:
        sys.exit(str(error))
    _held.append(server)
    os.environ["SCHAKEL_EMBEDDED"] = "1"
    os.environ["SCHAKEL_VAR"] = str(var)
    os.environ["DATABASE_URL"] = server.url(embedded_postgres.APP_ROLE)
    return server.url(embedded_postgres.OWNER_ROLE)


def set_up_django() -> None:
    """Load the settings from the environment as it is now."""
    import django  # noqa: PLC0415 - only a command that needs it waits for Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schakel.settings")
    django.setup()


@contextmanager
def as_owner(url: str) -> Iterator[None]:
    """Django's connection logs in as the owner of the tables, and afterwards as before."""
    from django.db import connection  # noqa: PLC0415 - only after Django is set up

    from schakel.settings import login  # noqa: PLC0415

    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(login(url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def unapplied() -> list[str]:
    """Migrations that are still to be applied, next one first."""
    from django.db import OperationalError, connection  # noqa: PLC0415 - only after Django is set up
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        # The role is put on when connecting; before the first migration it does not exist.
        if f'role "{embedded_postgres.APP_ROLE}" does not exist' in str(error):
            sys.exit("The database has no tables yet. Run: schakel migrate")
        raise
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate_patiently(owner: str) -> None:
    """Migrate an embedded database, which may be on its way back from a crash: then it refuses for a while."""
    from django.db import OperationalError  # noqa: PLC0415 - only after Django is set up

    patience_ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            migrate_as(owner)
        except (OperationalError, psycopg.OperationalError):
            if time.monotonic() > patience_ends:
                raise
            time.sleep(0.1)
        else:
            return


def migrate_as(owner: str) -> int:
    """Apply what is not applied yet, one process at a time; returns how many that were."""
    from django.core.management import call_command  # noqa: PLC0415 - only after Django is set up

    with psycopg.connect(owner, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(hashtext('schakel migrate'))")
        _make_app_role(guard)
        with as_owner(owner):
            waiting = unapplied()
            if waiting:
                call_command("migrate", verbosity=0, interactive=False)
    return len(waiting)


def _make_app_role(server: psycopg.Connection) -> None:
    """The run-time role, which whoever migrates may put on."""
    role = sql.Identifier(embedded_postgres.APP_ROLE)
    known = server.execute(
        "SELECT pg_has_role(rolname, 'MEMBER') FROM pg_roles WHERE rolname = %s", [embedded_postgres.APP_ROLE]
    ).fetchone()
    is_own_login = os.environ.get("SCHAKEL_OWNER_DATABASE_URL") or os.environ.get("SCHAKEL_EMBEDDED")
    try:
        if known is None:
            server.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER NOBYPASSRLS").format(role))
        if not is_own_login and not (known and known[0]):
            server.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    except psycopg.errors.InsufficientPrivilege:
        sys.exit(
            f"This log-in may not make the role {embedded_postgres.APP_ROLE}, or not put it on. Let somebody who "
            f"may do it once:  CREATE ROLE {embedded_postgres.APP_ROLE};  "
            f"GRANT {embedded_postgres.APP_ROLE} TO the log-in of DATABASE_URL;"
        )
