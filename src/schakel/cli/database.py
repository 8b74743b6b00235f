"""A database that is ready: the one of DATABASE_URL, or else the embedded one, migrated; and Django set up."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schakel.cli import embedded_postgres
from schakel.cli.local_keys import local_keys

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
        migrate_as(owner)
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
    if os.environ.get("DATABASE_URL"):
        return None
    try:
        server = embedded_postgres.use(var)
    except embedded_postgres.DatabaseUnavailable as error:
        sys.exit(str(error))
    _held.append(server)
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
