"""A table of employees in, a table of amounts out: the same cents here, on Daft and on Spark."""

import sys
from pathlib import Path

import numpy as np
import pytest

from schakel.cli.bench import engine_people
from schakel.engine.runners.invented import people
from schakel.engine.runners.portfolio import calculate_all
from schakel.engine.wage_periods import year_of

pa = pytest.importorskip("pyarrow", reason="PyArrow is optional; requirements/bulk.lock has it")
from pyarrow import parquet  # noqa: E402 - only where PyArrow is

from schakel.engine.runners import arrow  # noqa: E402

BENEFITS = ("retirement_pension", "accident")
EVERYBODY = people(300, 2, seed=9)
PORTFOLIO = arrow.Portfolio({name: [engine_people.TERMS[name]] * 2 for name in BENEFITS}, 2026)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "people.parquet"
    parquet.write_table(arrow.table_of_people(EVERYBODY), path)
    return path


def test_people_come_back_as_they_went() -> None:
    again = arrow.people_of_table(arrow.table_of_people(EVERYBODY).slice(100, 150))
    part = EVERYBODY.part(100, 250)
    assert again.keys == part.keys
    for name, history in part.facts.items():
        for mine, theirs in (
            (again.facts[name].offsets, history.offsets),
            (again.facts[name].starts, history.starts),
            (again.facts[name].values, history.values),
        ):
            assert (mine == theirs).all(), name


def test_a_table_of_amounts(file: Path) -> None:
    """What columns calculate, and why there is none, a list of wage periods in every cell."""
    table = PORTFOLIO(parquet.read_table(file))
    schemes = {name: [*engine_people.one_scheme()[name]] * 2 for name in BENEFITS}
    for block in calculate_all(EVERYBODY, schemes, year_of("month", 2026)):
        status = np.array(table[f"{block.benefit}.status"].to_pylist())
        assert ((status == arrow.WITH_AMOUNTS) == (block.amounts.why == 0)).all()
        assert (status == arrow.NOT_TAKING_PART).any()
        for name, column in block.amounts.amounts.items():
            assert table[f"{block.benefit}.{name}"].to_pylist() == column.tolist()


def test_nobody_gives_an_empty_table(file: Path) -> None:
    table = PORTFOLIO(parquet.read_table(file).slice(0, 0))
    assert table.num_rows == 0
    assert table.schema == PORTFOLIO.schema


def test_daft_gives_the_same(file: Path) -> None:
    daft = pytest.importorskip("daft", reason="Daft is optional; requirements/bulk.lock has it")
    from schakel.engine.runners.daft import amounts  # noqa: PLC0415 - only where Daft is

    found = amounts(PORTFOLIO, daft.read_parquet(str(file))).to_arrow()
    assert found.to_pydict() == PORTFOLIO(parquet.read_table(file)).to_pydict()


def test_spark_gives_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is installed where it is used; see docs/bulk.md")
    from schakel.engine.runners.spark import amounts  # noqa: PLC0415 - only where PySpark is

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    session = sql.SparkSession.builder.master("local[1]").getOrCreate()
    try:
        rows = amounts(PORTFOLIO, session.read.parquet(str(file))).collect()
    finally:
        session.stop()
    wanted = {row["employee"]: row for row in PORTFOLIO(parquet.read_table(file)).to_pylist()}
    assert {row["employee"]: row.asDict() for row in rows} == wanted
