"""`schakel connect`: connect a payroll system, with every check before anything is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from schakel.connectors.payroll_source import Right

MARKS = {
    "granted": "[green]✔[/green]",
    "refused": "[red]✘[/red]",
    "not_needed": "[dim]–[/dim]",
    "unknown": "?",
}


@click.group()
def connect() -> None:
    """Connect Schakel to a payroll system."""


@connect.command()
@click.option("--tenant", type=int, help="Id of the tenant; may be left out when there is only one.")
@click.option("--group", "group_name", required=True, help="Employer group the companies belong to.")
@click.option("--username", prompt="User name (e-mail address)", help="The log-in the API token belongs to.")
@click.option(
    "--token",
    prompt="API token",
    hide_input=True,
    envvar="SCHAKEL_NMBRS_TOKEN",
    help="Exactly 32 characters. Better asked for than typed here: a command line is remembered.",
)
@click.option("--domain", default="", help="The part before .nmbrs.nl; left out, it is looked up.")
@click.option(
    "--entity", "entities", multiple=True, help="Company, literally as Nmbrs spells it, or its Company ID."
)
@click.option("--host", default="", help="Another host than the vendor's: its sandbox, or a simulator here.")
@click.option("--calls-per-second", type=click.IntRange(1, 150), default=20, show_default=True)
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def nmbrs(
    *,
    tenant: int | None,
    group_name: str,
    username: str,
    token: str,
    domain: str,
    entities: tuple[str, ...],
    host: str,
    calls_per_second: int,
    language: str,
) -> None:
    """Connect Visma Nmbrs.

    Asks what the vendor's guide asks: user name, API token, domain, and each company by its literal name or
    its Company ID. Then every call is tried once for each company, and shown green, red or not needed. Nothing
    is kept unless all of it is right.

    \b
    Example
      schakel connect nmbrs --group "Groep Jansen" --username api@jansen.example \\
          --domain jansen --entity "Jansen Kozijnen B.V." --entity 41002
    """
    from schakel.cli.database import ready_database  # noqa: PLC0415 - help must not wait for Django

    ready_database()
    from schakel.chain.connecting import Activation, Asked, activate_nmbrs  # noqa: PLC0415
    from schakel.tenancy.queries import employer_group, tenant_ids  # noqa: PLC0415
    from schakel.tenancy.scope import tenant_scope  # noqa: PLC0415

    console = Console()
    known = tenant_ids()
    if tenant is None and len(known) != 1:
        raise click.UsageError(f"There are {len(known)} tenants; say which one with --tenant.")
    tenant_id = known[0] if tenant is None else tenant
    with tenant_scope(tenant_id, actor="cli"):
        group_id = int(employer_group(group_name).id)
    asked = Asked(username, token, domain, entities, host, calls_per_second)
    result: Activation = activate_nmbrs(tenant_id, group_id, asked, datetime.now(UTC))
    for one in result.found:
        console.print(rights_table(one.entity.name, one.rights, language))
    for problem in result.problems:
        console.print(f"[red]✘[/red] {problem.nl if language == 'nl' else problem.en}")
    if result.link is None:
        raise SystemExit(1)
    console.print(
        f"[green]✔[/green] {len(result.found)} entities connected; link {result.link}. Next: schakel sync"
    )


def rights_table(name: str, rights: Sequence[Right], language: str) -> Table:
    """The preflight of one entity: a line for each call."""
    table = Table(title=name, title_justify="left")
    table.add_column("")
    table.add_column("operation" if language == "en" else "aanroep")
    table.add_column("what to do" if language == "en" else "wat te doen")
    for right in rights:
        reason = right.reason_nl if language == "nl" else right.reason_en
        table.add_row(MARKS[right.state], right.operation, reason)
    return table
