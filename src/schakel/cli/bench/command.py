"""`schakel bench`: how fast, with which memory, and how steady."""

import json
import os
from pathlib import Path
from typing import Any

import click


@click.group()
def bench() -> None:
    """Measure this installation on this machine.

    Each measurement starts what it needs (stand-ins, a database of its own), prints what it found, and with
    --json exactly one JSON object. --quick takes less than a minute and says less.
    """


@bench.command()
@click.option("--employees", "sizes", type=click.IntRange(10), multiple=True, help="Default: 1000 and 10000.")
@click.option("--quick", is_flag=True, help="100 and 200 employees, and a short look at the budget.")
@click.option("--json", "as_json", is_flag=True)
def sync(*, sizes: tuple[int, ...], quick: bool, as_json: bool) -> None:
    """A first sync: employees and calls per second, peak memory, and the share of the call budget used.

    The sizes are synced with the call budget lifted, each in a process of its own; then a small employer is
    synced with the budget of 20 calls a second. Everything runs on this machine, the stand-in for Nmbrs too:
    it takes its share of the processors.
    """
    from schakel.cli.bench import first_sync  # noqa: PLC0415 - help must not wait for Django

    chosen = sizes or ((100, 200) if quick else (1_000, 10_000))
    tell(first_sync.measure(chosen, budget_employees=10 if quick else 40), as_json=as_json)


@bench.command()
@click.option("--employees", type=click.IntRange(10, 2000), default=300, show_default=True)
@click.option("--quick", is_flag=True, help="60 employees.")
@click.option("--json", "as_json", is_flag=True)
def change(*, employees: int, quick: bool, as_json: bool) -> None:
    """One retroactive change: milliseconds from the fact to the composed messages, median and 99th percentile.

    Everybody's salary is raised two months back, and each is followed by itself: facts written, benefits
    found, wage periods recalculated, revision and messages stored, one transaction each.
    """
    from schakel.cli.bench import one_change  # noqa: PLC0415 - help must not wait for Django

    tell(one_change.measure(60 if quick else employees), as_json=as_json)


@bench.command()
@click.option("--quick", is_flag=True, help="1,000 employees and 30 employers, each page three times.")
@click.option("--json", "as_json", is_flag=True)
def pages(*, quick: bool, as_json: bool) -> None:
    """Every page at volume: median milliseconds and queries, asked of the desk as an adviser.

    A small firm is taken in by the chain itself, then multiplied in the database: one employer of 10,000
    employees, and 299 of 20, with amounts, revisions, messages and readings. Drawing the page is not in it.
    """
    from schakel.cli.bench import pages as measured  # noqa: PLC0415 - help must not wait for Django

    volume = measured.QUICK if quick else measured.FULL
    tell(measured.measure(volume, times=3 if quick else 7), as_json=as_json)


@bench.command()
@click.option("--employees", type=click.IntRange(100), default=200_000, show_default=True)
@click.option("--quick", is_flag=True, help="2,000 employees.")
@click.option("--json", "as_json", is_flag=True)
def portfolio(*, employees: int, quick: bool, as_json: bool) -> None:
    """From the database and back: everybody recalculated and stored, in seconds per stage.

    Twenty employers with three benefits and a year of months; beside it the bare COPY of the same rows into a
    table without keys, as the limit. The second run over the same writes nothing.
    """
    from schakel.cli.bench import portfolio as measured  # noqa: PLC0415 - help must not wait for Django

    tell(measured.measure(2_000 if quick else employees), as_json=as_json)


@bench.command()
@click.option("--employees", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@click.option("--employers", type=click.IntRange(1), default=500, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=None, help="Default: the processor cores.")
@click.option("--without", multiple=True, help="A way to leave out, such as openfisca; may be repeated.")
@click.option("--quick", is_flag=True, help="20,000 employees, without OpenFisca.")
@click.option("--json", "target", type=click.Path(dir_okay=False, writable=True), help="A file for the JSON.")
def engine(
    *,
    employees: int,
    employers: int,
    threads: int | None,
    without: tuple[str, ...],
    quick: bool,
    target: str | None,
) -> None:
    """A whole portfolio: every way of calculating it, on the same people and formulas.

    Ours (a compiled loop with fixed and with every employer's own terms, totals only, NumPy columns), the same
    formulas by hand in OpenFisca-Core and in Decimal, and how fast the same memory can be filled at all. Each way
    has a process of its own. OpenFisca is installed beside the product, in the user's cache.
    """
    from rich.console import Console  # noqa: PLC0415 - help must not wait for it

    from schakel.cli.bench import engine as measured  # noqa: PLC0415 - nor for the engine
    from schakel.cli.progress import bars  # noqa: PLC0415

    ways = tuple(
        way
        for way in (*measured.OWN_WAYS, "openfisca")
        if way not in without and not (quick and way == "openfisca")
    )
    with bars(Console(stderr=True)) as progress:
        task = progress.add_task("", total=len(ways) + 1)

        def say(what: str, done: int) -> None:
            progress.update(task, description=what, completed=done)

        found = measured.measure(
            20_000 if quick else employees, employers, threads or os.cpu_count() or 1, ways=ways, say=say
        )
    if target is not None:
        Path(target).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    tell(found, as_json=False)


@bench.command("one-employee")
@click.option("--employees", type=click.IntRange(10), default=2_000, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def one_employee(*, employees: int, as_json: bool) -> None:
    """One employee, 24 months back: microseconds of the arithmetic, median and 99th percentile.

    A salary is corrected two years back, the retirement pension recalculated and compared with what it was;
    and once more with the explanation of every month. No database: `schakel bench change` has that.
    """
    from schakel.cli.bench import one_employee as measured  # noqa: PLC0415 - help must not wait for the engine

    tell(measured.measure(employees), as_json=as_json)


def tell(found: dict[str, Any], *, as_json: bool) -> None:
    """For programs one line; for people the same, indented."""
    click.echo(json.dumps(found) if as_json else json.dumps(found, indent=2))
