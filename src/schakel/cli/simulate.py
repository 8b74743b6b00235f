"""`schakel simulate`: start a stand-in for the outside world. The product knows none of them by import."""

from importlib.metadata import EntryPoint, entry_points

import click


def simulators() -> dict[str, EntryPoint]:
    """The stand-ins that are installed beside the product, by name."""
    return {found.name: found for found in entry_points(group="schakel.simulators")}


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,  # what follows the name is the simulator's own
    },
)
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def simulate(context: click.Context, name: str, arguments: tuple[str, ...]) -> None:
    """Start the stand-in NAME and serve until Ctrl-C.

    \b
    Examples
      schakel simulate nmbrs --employees 120
      schakel simulate nmbrs --help        what this one can do
      schakel simulate carriers --json     one line of JSON first, for programs
    """
    known = simulators()
    if name not in known:
        raise click.UsageError(f"There is no simulator {name!r}. Known are: {', '.join(sorted(known))}.")
    context.exit(known[name].load()(arguments))
