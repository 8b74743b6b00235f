"""`schakel`: one command for everything. Each part is loaded only when it is called."""

import importlib

import click

from schakel.cli.ending import end_with_input

# What `--help` shows, in the order one meets it; the command itself says more.
PARTS: dict[str, dict[str, tuple[str, str]]] = {
    "Look at it": {
        "demo": ("demo.command:demo", "Everything on this machine: stand-ins, database, worker and portal."),
        "simulate": ("simulate:simulate", "A stand-in for the outside world: nmbrs or carriers."),
        "calculate": ("calculate:calculate", "Amounts of one employee from a file, with the why of each."),
        "vocabulary": ("vocabulary:vocabulary", "What case files and schemes may say: facts, terms, units."),
        "bulk": ("bulk:bulk", "Amounts of a whole file of employees: NumPy, Numba, Daft, Ray or Spark."),
        "bench": ("bench.command:bench", "Measure: a first sync, one retroactive change."),
    },
    "Use it": {
        "connect": ("connect:connect", "Connect a payroll system; every right is checked first."),
        "recalculate": (
            "recalculate:recalculate",
            "Everybody at once: a year change, other terms, other figures.",
        ),
        "what-if": ("what_if:what_if", "What other terms would come to for everybody; nothing is written."),
        "sync": ("sync:sync", "Read payroll now and follow every change to the carriers."),
    },
    "Run it": {
        "migrate": ("migrate:migrate", "Bring the database up to date."),
        "serve": ("serve:serve", "The portal, for people."),
        "worker": ("worker:worker", "The jobs: reading on time, sending, reading back. Several may run."),
    },
}


class Parts(click.Group):
    """A group that imports a command when it is asked for, so that help does not wait for Django."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return [name for part in PARTS.values() for name in part]

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        for part in PARTS.values():
            if name in part:
                module, _, attribute = part[name][0].partition(":")
                found = getattr(importlib.import_module(f"schakel.cli.{module}"), attribute)
                assert isinstance(found, click.Command)
                return found
        return None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        for title, part in PARTS.items():
            with formatter.section(title):
                formatter.write_dl([(name, told) for name, (_, told) in part.items()])


@click.group(cls=Parts, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="schakel")
def main() -> None:
    """Schakel links payroll, carriers and people.

    One change entered once: every amount is recalculated, every carrier is told and then read back.

    \b
    First time here?
      schakel demo              see it work, with nothing to set up
      schakel COMMAND --help    options and examples of one command

    \b
    Where things are kept
      SCHAKEL_VAR               folder of this installation's data and keys (default: ./var)
      DATABASE_URL              a PostgreSQL server of yours; without it an embedded one is started
      SCHAKEL_OWNER_DATABASE_URL  the log-in that owns the tables, for `schakel migrate` only
      SCHAKEL_SECRET_KEY, SCHAKEL_SEALING_KEYS   your own keys; without them they are made in SCHAKEL_VAR
      SCHAKEL_HOSTS             names the portal answers to, with commas (default: this machine only)
    """
    end_with_input()


if __name__ == "__main__":
    main()
