"""`schakel migrate`: bring the tables up to date, as the role that owns them."""

import os

import click


@click.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run again, and by several at once.

    Makes the run-time role schakel_app when it is not there: it owns nothing, and row-level security holds for
    it. With one DATABASE_URL that log-in owns the tables, and the web and the workers put the role on. Safer
    is a log-in for each, so that the web cannot put it off:

    \b
      CREATE ROLE schakel_owner LOGIN PASSWORD '…';
      CREATE ROLE schakel_app LOGIN PASSWORD '…';
      CREATE DATABASE schakel OWNER schakel_owner;
      SCHAKEL_OWNER_DATABASE_URL=postgresql://schakel_owner:…@host/schakel schakel migrate
      DATABASE_URL=postgresql://schakel_app:…@host/schakel schakel serve
    """
    from schakel.cli import database  # noqa: PLC0415 - help must not wait for the driver

    given = os.environ.get("SCHAKEL_OWNER_DATABASE_URL") or os.environ.get("DATABASE_URL")
    embedded = database.prepare_environment()
    owner = embedded or given
    assert owner is not None
    database.set_up_django()
    applied = database.migrate_as(owner)
    click.echo(f"{applied} migrations applied." if applied else "The database is up to date.")
