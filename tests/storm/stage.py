"""What the storm passes over: stand-ins that are never killed, a database that keeps what it promised, a firm."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.storm.plan import PEOPLE

from schakel.cli import embedded_postgres
from schakel.cli.database import ready_database
from schakel.cli.demo.stand_ins import StandIns, stand_ins
from schakel.cli.embedded_postgres import Server

if TYPE_CHECKING:
    from schakel.cli.demo.firm import Firm


def clock() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that is set up before the first kill."""

    folder: Path
    server: Server
    outside: StandIns
    firm: "Firm"

    @property
    def var(self) -> Path:
        return self.server.var


@contextmanager
def stage(seed: int, folder: Path) -> Iterator[Stage]:
    """Start all of it in a folder of its own, with everybody enrolled and every message verified.

    fsync stays on: what this database has committed must outlive its processes.
    """
    for name in ("DATABASE_URL", "SCHAKEL_EMBEDDED", "SCHAKEL_SECRET_KEY", "SCHAKEL_SEALING_KEYS"):
        os.environ.pop(name, None)  # never a storm over a database that somebody uses
    os.environ["SCHAKEL_VAR"] = str(folder / "var")
    with (
        embedded_postgres.use(folder / "var", discard=True) as server,
        stand_ins(PEOPLE, seed, folder) as outside,
    ):
        ready_database()
        from schakel.cli.demo.firm import set_up  # noqa: PLC0415 - only after Django is set up

        firm = set_up(outside, clock(), calls_per_second=0)
        enrol_everybody(firm)
        yield Stage(folder, server, outside, firm)


def enrol_everybody(firm: "Firm") -> None:
    """The first reading, in calm weather."""
    from django.db import connection  # noqa: PLC0415 - only after Django is set up

    from schakel.chain import runs  # noqa: PLC0415

    read = runs.sync_link(firm.tenant_id, firm.link, clock)
    assert not read.errors, [error.code for error in read.errors]
    assert not read.held, read.held
    while runs.work_outbox(firm.tenant_id, clock).did_something:
        pass
    connection.close()  # the storm would break it
