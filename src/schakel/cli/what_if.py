"""`schakel what-if`: what other terms would come to for everybody; nothing is written."""

import json
from datetime import datetime
from functools import partial
from typing import Any

import click
from rich.bar import Bar
from rich.console import Console
from rich.table import Table

from schakel.cli.progress import Watched, bars
from schakel.engine.errors import SchakelError
from schakel.engine.explanation import money


@click.command("what-if")
@click.option(
    "--employer", type=int, required=True, help="Number of the employer; its page shows it in the address."
)
@click.option(
    "--benefit",
    "name",
    required=True,
    help="For example retirement_pension; its number where several schemes have it.",
)
@click.option(
    "--change",
    "changes",
    multiple=True,
    required=True,
    help="A term and its other value: contribution_rate=27.5",
)
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day that does not count."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs; amounts in cents.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def what_if(  # noqa: PLR0917 - each option of the command
    employer: int,
    name: str,
    changes: tuple[str, ...],
    start: datetime,
    until: datetime,
    as_json: bool,
    language: str,
) -> None:
    """Totals of everybody with other terms beside those agreed, and how the difference is spread over people.

    \b
    Example
      schakel what-if --employer 12 --benefit retirement_pension --change contribution_rate=27.5 \\
        --from 2026-01-01 --until 2027-01-01
    """
    from schakel.cli.database import ready_database  # noqa: PLC0415 - help must not wait for Django
    from schakel.participation.what_if import agreed_benefit  # noqa: PLC0415 - only where it is asked for
    from schakel.participation.what_if import what_if as compare  # noqa: PLC0415 - only where it is asked for
    from schakel.tenancy.queries import employer as employer_of  # noqa: PLC0415 - only where it is asked for
    from schakel.tenancy.queries import tenant_ids  # noqa: PLC0415 - only where it is asked for
    from schakel.tenancy.scope import tenant_scope  # noqa: PLC0415 - only where it is asked for

    console, wanted = Console(stderr=True), dict(_change(one) for one in changes)
    ready_database()
    for tenant_id in tenant_ids():
        with tenant_scope(tenant_id, actor="cli"), bars(console) as progress:
            if employer_of(employer) is None:
                continue
            watched = partial(Watched(progress), name)
            try:
                one = agreed_benefit(employer, name)
                found = compare(employer, one, wanted, start.date(), until.date(), watched)
            except SchakelError as error:
                raise click.ClickException(error.message(language)) from None
        _tell(found, language, as_json=as_json)
        return
    raise click.ClickException(
        f"There is no employer {employer}; the address of its page in the portal has its number."
    )


def _change(text: str) -> tuple[str, Any]:
    name, is_one, value = text.partition("=")
    if not is_one or not name:
        raise click.BadParameter(
            f"{text!r} is no change; write a term and its value, for example contribution_rate=27.5"
        )
    return name.strip(), {"true": True, "false": False}.get(value.strip(), value.strip())


def _tell(found: Any, language: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_data(found), ensure_ascii=False))
        return
    words = {"nl": ("bedrag", "nu", "dan", "verschil"), "en": ("amount", "now", "then", "difference")}[
        language
    ]
    table = Table(*words, title=f"{found.benefit}, {found.employees}", title_justify="left")
    for one in found.compared.values():
        name = one.nl if language == "nl" else one.en
        table.add_row(name, *(money(cents, language) for cents in (one.now, one.then, one.difference)))
    console = Console()
    console.print(table)
    for one in found.compared.values():
        bands = one.bands()
        if bands:
            console.print(_spread(one.nl if language == "nl" else one.en, bands, language))
    if found.not_calculated:
        said = {
            "nl": "loontijdvakken konden niet worden berekend",
            "en": "wage periods could not be calculated",
        }
        click.echo(f"{found.not_calculated} {said[language]}", err=True)


def _spread(title: str, bands: list[tuple[int, int, int]], language: str) -> Table:
    """How many employees see which difference."""
    most = max(count for _, _, count in bands)
    table = Table(title=title, title_justify="left", show_header=False, box=None)
    for low, high, count in bands:
        table.add_row(
            f"{money(low, language)} … {money(high, language)}", str(count), Bar(most, 0, count, width=40)
        )
    return table


def _as_data(found: Any) -> dict[str, Any]:
    return {
        "benefit": found.benefit,
        "employees": found.employees,
        "not_calculated": found.not_calculated,
        "amounts": {
            one.quantity: {
                "now": one.now,
                "then": one.then,
                "difference": one.difference,
                "bands": one.bands(),
            }
            for one in found.compared.values()
        },
    }
