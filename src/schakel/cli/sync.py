"""`schakel sync`: read payroll links now, follow every change, and work the outbox."""

from datetime import UTC, datetime
from uuid import UUID

import click
from rich.console import Console

from schakel.cli.progress import Watched, bars


def clock() -> datetime:
    """The clock of a run that a person starts."""
    return datetime.now(UTC)


@click.command()
@click.option("--link", type=click.UUID, help="Reference of one payroll link; its page shows it.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def sync(link: UUID | None, language: str) -> None:
    """Read payroll links now, follow every change, and hand the messages over.

    Without --link every payroll link of every tenant is read, one after the other. A link that fails, or that
    the shrink guard holds, does not stop the others: what is wrong and what to do next is printed, and the
    command ends with 1. A held delivery is released or refused on its page in the portal.

    \b
    Examples
      schakel sync
      schakel sync --link 5d0c9f3e-2b7a-4f0e-9d55-0a3b1c2d4e5f
    """
    from schakel.cli.database import ready_database  # noqa: PLC0415 - help must not wait for Django

    console = Console(stderr=True)
    ready_database()
    with bars(console) as progress:
        well = [one_tenant(tenant_id, link, language, console, Watched(progress)) for tenant_id in tenants()]
    if not all(well):
        raise SystemExit(1)


def tenants() -> list[int]:
    """Every tenant of this installation."""
    from schakel.tenancy.queries import tenant_ids  # noqa: PLC0415 - only after Django is set up

    return tenant_ids()


def one_tenant(tenant_id: int, only: UUID | None, language: str, console: Console, watch: Watched) -> bool:
    """Sync the links of one tenant and work its outbox; False when anything needs a person."""
    from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up
    from schakel.links.preflight import payroll_links  # noqa: PLC0415
    from schakel.tenancy.scope import tenant_scope  # noqa: PLC0415

    with tenant_scope(tenant_id, actor="cli"):
        links = [found for found in payroll_links() if only in {None, found}]
    well = True
    for link in links:
        result = runs.sync_link(tenant_id, link, clock, watch)
        console.print(
            f"{link}: {result.calls} calls, {result.employees} employees, {result.facts_changed} facts changed, "
            f"{result.amounts_changed} amounts changed, {result.messages} messages, {result.seconds:.1f} s"
        )
        for error in result.errors:
            console.print(f"  [red]{error.code}[/red] {error.message(language)}")
        for reason in result.held:
            console.print(f"  [yellow]held[/yellow] {reason}: open the delivery in the portal and decide.")
        well = well and not result.errors and not result.held
    while links and runs.work_outbox(tenant_id, clock, watch).did_something:
        pass
    return well
