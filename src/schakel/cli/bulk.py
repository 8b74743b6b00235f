"""`schakel bulk`: amounts of a file of employees, by the engine that suits."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from schakel.cli.progress import Watched, bars

if TYPE_CHECKING:
    import pyarrow

    from schakel.engine.runners.arrow import Portfolio

ENGINES = ("numpy", "numba", "daft", "daft-ray", "spark")
BATCH = 32_768  #: employees at a time
NEEDS = {
    "numpy": "pyarrow",
    "numba": "pyarrow numba",
    "daft": "daft pyarrow numba",
    "daft-ray": "ray daft pyarrow numba",
    "spark": "pyspark pandas pyarrow numba",
}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--engine", type=click.Choice(ENGINES), default="numpy", show_default=True)
@click.option("--year", type=click.IntRange(2019, 2100), default=2026, show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A Parquet file for the amounts."
)
@click.option("--invent", type=click.IntRange(1), help="First write FILE with this many invented employees.")
@click.option("--json", "as_json", is_flag=True)
def bulk(*, file: Path, engine: str, year: int, out: Path | None, invent: int | None, as_json: bool) -> None:
    """Calculate a whole portfolio from a Parquet file, with the same cents whichever engine.

    FILE has a row for each employee, histories as lists; beside it stands FILE.terms.json with the terms of each
    employer. `--invent 10000` makes both to try it with. What is installed when, and which engine suits: docs/bulk.md.
    """
    try:
        told = _calculated(file, engine, year, invent, out)
    except ImportError as error:
        click.echo(
            f"{engine} needs {NEEDS[engine].replace(' ', ', ')}: {error.name or error} is not installed.",
            err=True,
        )
        click.echo("  pip install -r requirements/bulk.lock    (Ray and Spark: docs/bulk.md)", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(
        f"{told['employees']} employees in {told['seconds']:.3f} s by {engine}. Totals of {year}, in euros:"
    )
    for name, cents in told["totals"].items():
        click.echo(f"  {name:<52}{cents / 100:>20,.2f}")


def _calculated(file: Path, engine: str, year: int, invent: int | None, out: Path | None) -> dict[str, Any]:
    """What it came to. Employees go by in batches, so that the size of the file does not matter."""
    from schakel.engine.runners.arrow import Portfolio  # noqa: PLC0415 - help must not wait for it

    beside = file.with_suffix(".terms.json")
    if invent is not None:
        _invent(file, beside, invent, year)
    if not file.exists() or not beside.exists():
        raise click.ClickException(
            f"{file} and {beside} are both needed; --invent 10000 makes them to try it with."
        )
    kernels = "" if engine == "numpy" else str(file.parent / "kernels")
    portfolio = Portfolio(json.loads(beside.read_text()), year, kernels=kernels)
    total = _rows(file)
    started, employees = time.perf_counter(), 0
    totals: Counter[str] = Counter({name: 0 for name in portfolio.schema.names if _is_amount(name)})
    with bars(Console(stderr=True)) as progress, _written(out, portfolio) as write:
        watched = Watched(progress)
        watched("employees", 0, total)
        for table in RUN[engine](portfolio, file):
            write(table)
            employees += table.num_rows
            totals.update(_totals(table))
            watched("employees", employees, total)
    seconds = round(time.perf_counter() - started, 3)
    return {"engine": engine, "employees": employees, "seconds": seconds, "totals": dict(totals)}


def _rows(file: Path) -> int:
    from pyarrow import ArrowInvalid, parquet  # noqa: PLC0415 - only where it is asked for

    try:
        return int(parquet.read_metadata(file).num_rows)
    except ArrowInvalid as error:
        raise click.ClickException(
            f"{file} is no Parquet file. docs/bulk.md says what goes in; --invent 10000 makes one to try it with."
        ) from error


@contextmanager
def _written(out: Path | None, portfolio: "Portfolio") -> "Iterator[Callable[[pyarrow.Table], None]]":
    """Where batches go: a file that is there only when it is whole, or nowhere."""
    if out is None:
        yield lambda _: None
        return
    from pyarrow import parquet  # noqa: PLC0415 - only where it is asked for

    partly = out.with_name(f"{out.name}.part")
    try:
        with parquet.ParquetWriter(partly, portfolio.schema) as writer:
            yield writer.write_table
        partly.replace(out)
    finally:
        partly.unlink(missing_ok=True)


def _invent(file: Path, beside: Path, count: int, year: int) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - only where it is asked for

    from schakel.cli.bench import engine_people  # noqa: PLC0415 - only where it is asked for
    from schakel.engine.runners.arrow import table_of_people  # noqa: PLC0415 - only where it is asked for
    from schakel.engine.runners.invented import people  # noqa: PLC0415 - only where it is asked for

    employers = min(20, count)
    parquet.write_table(table_of_people(people(count, employers, 1, year)), file)
    terms = {name: [dict(one)] * employers for name, one in engine_people.TERMS.items()}
    beside.write_text(json.dumps(terms))


def _here(portfolio: "Portfolio", file: Path) -> "Iterator[pyarrow.Table]":
    import pyarrow as pa  # noqa: PLC0415 - only where it is asked for
    from pyarrow import parquet  # noqa: PLC0415 - only where it is asked for

    for batch in parquet.ParquetFile(file).iter_batches(batch_size=BATCH):
        yield portfolio(pa.Table.from_batches([batch]))


def _daft(portfolio: "Portfolio", file: Path) -> "Iterator[pyarrow.Table]":
    import daft  # noqa: PLC0415 - an optional package
    import pyarrow as pa  # noqa: PLC0415 - only where it is asked for

    from schakel.engine.runners.daft import amounts  # noqa: PLC0415 - only where it is asked for

    for batch in amounts(portfolio, daft.read_parquet(str(file))).to_arrow_iter():
        # Daft counts wider than the file does.
        yield pa.Table.from_batches([batch]).cast(portfolio.schema)


def _daft_on_ray(portfolio: "Portfolio", file: Path) -> "Iterator[pyarrow.Table]":
    import daft  # noqa: PLC0415 - an optional package
    import ray  # noqa: F401, PLC0415 - says itself what is missing

    daft.set_runner_ray()
    yield from _daft(portfolio, file)


def _spark(portfolio: "Portfolio", file: Path) -> "Iterator[pyarrow.Table]":
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional package

    from schakel.engine.runners.spark import amounts  # noqa: PLC0415 - only where it is asked for

    # Its workers are to have what we have; by themselves they take the Python of the machine.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.appName("schakel bulk").getOrCreate()
    try:
        yield amounts(portfolio, session.read.parquet(str(file))).toArrow().cast(portfolio.schema)
    finally:
        session.stop()


RUN: dict[str, Any] = {
    "numpy": _here,
    "numba": _here,
    "daft": _daft,
    "daft-ray": _daft_on_ray,
    "spark": _spark,
}


def _totals(table: "pyarrow.Table") -> dict[str, int]:
    """What every amount comes to, in cents."""
    from pyarrow import compute  # noqa: PLC0415 - only where it is asked for

    names = [name for name in table.column_names if _is_amount(name)]
    return {name: compute.sum(compute.list_flatten(table[name])).as_py() or 0 for name in names}


def _is_amount(name: str) -> bool:
    return "." in name and not name.endswith(".status")
