"""`schakel recalculate`: everybody at once, stored and told; for a year change, other terms, other figures."""

from datetime import UTC, datetime

import click
from rich.console import Console

from schakel.cli.progress import Watched, bars


def clock() -> datetime:
    """The clock of a run that a person starts."""
    return datetime.now(UTC)


@click.command()
@click.option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="First day that is calculated anew.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="First day that is not, for example 2027-01-01.",
)
@click.option("--employer", type=int, help="Number of one employer; without it every employer.")
@click.option(
    "--block", type=click.IntRange(1, 20_000), default=500, show_default=True, help="Employees at a time."
)
def recalculate(start: datetime, until: datetime, employer: int | None, block: int) -> None:
    """Recalculate every employee over these days, store what differs, and tell the carriers.

    Nothing is told twice: running it again writes nothing new, and a run that was broken off goes on after its
    last block. Wage periods that cannot be calculated keep their amounts and say why, on the employee's page.

    \b
    Examples
      schakel recalculate --from 2027-01-01 --until 2028-01-01
      schakel recalculate --from 2026-01-01 --until 2027-01-01 --employer 12
    """
    from schakel.chain.portfolio import Range, recalculate_everybody  # noqa: PLC0415 - help must not wait for Django
    from schakel.cli.database import ready_database  # noqa: PLC0415 - only where it is asked for
    from schakel.tenancy.queries import tenant_ids  # noqa: PLC0415 - only where it is asked for

    console = Console(stderr=True)
    if until <= start:
        raise click.BadParameter("--until is the first day that is not calculated, and comes after --from")
    over = Range(start.date(), until.date())
    ready_database()
    with bars(console) as progress:
        for tenant_id in tenant_ids():
            done = recalculate_everybody(tenant_id, over, clock, Watched(progress), employer, block)
            resumed = f", {done.resumed} done before" if done.resumed else ""
            console.print(
                f"{done.employers} employers, {done.employees} employees{resumed}, {done.changed} participations "
                f"changed, {done.refused} wage periods not calculable, {done.messages} messages, {done.seconds:.1f} s"
            )
