"""What a measurement stands on: stand-ins, an empty database of its own, and the demonstration's firm."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.cli import embedded_postgres
from schakel.cli.database import ready_database
from schakel.cli.demo.stand_ins import StandIns, stand_ins

if TYPE_CHECKING:
    from schakel.cli.demo.firm import Firm


def clock() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def database_address() -> str:
    """The stage's database as its superuser, to fill it past the walls. Only while the stage stands."""
    folder = Path(os.environ["SCHAKEL_VAR"])
    with embedded_postgres.use(folder) as server:
        return server.url("postgres")


@contextmanager
def stage(employees: int, *, calls_per_second: int) -> Iterator[tuple["Firm", StandIns]]:
    """Start everything in a folder that goes afterwards. `calls_per_second` 0 lifts the budget."""
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as name:
        folder = Path(name) / "var"
        os.environ["SCHAKEL_VAR"] = str(folder)
        os.environ.pop("DATABASE_URL", None)  # never measure in a database that somebody uses
        with (
            embedded_postgres.use(folder, discard=True),
            stand_ins(employees, 1, Path(name), delays=bool(calls_per_second)) as outside,
        ):
            ready_database()
            from schakel.cli.demo.firm import set_up  # noqa: PLC0415 - only after Django is set up

            yield set_up(outside, clock(), calls_per_second=calls_per_second), outside
