"""`schakel bulk`: a file of employees in batches, whatever its size; what was there stays until the new is whole."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from schakel.cli import bulk
from schakel.cli.main import main

pa = pytest.importorskip("pyarrow", reason="PyArrow is optional; requirements/bulk.lock has it")
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("bulk") / "people.parquet"
    bulk._invent(file, file.with_suffix(".terms.json"), 60, 2026)  # as `--invent` does
    return file


def ran(file: Path, *more: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["bulk", str(file), *more])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("engine", ["numpy", "daft"])
def test_batches_are_the_whole(
    people: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: str
) -> None:
    if engine == "daft":
        pytest.importorskip("daft", reason="Daft is optional; requirements/bulk.lock has it")
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts.parquet"
    code, told, _ = ran(people, "--json", "--out", str(whole))
    assert code == 0
    monkeypatch.setattr(bulk, "BATCH", 7)
    code, again, _ = ran(people, "--engine", engine, "--json", "--out", str(parts))
    assert code == 0
    assert json.loads(told)["totals"] == json.loads(again)["totals"]
    assert json.loads(again)["employees"] == 60
    assert parquet.read_table(whole).to_pydict() == parquet.read_table(parts).to_pydict()


def test_totals_are_those_of_what_is_written(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "amounts.parquet"
    _, told, _ = ran(people, "--json", "--out", str(out))
    table, totals = parquet.read_table(out), json.loads(told)["totals"]
    assert totals
    for name, cents in totals.items():
        assert sum(amount for row in table[name].to_pylist() for amount in row) == cents


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    file.write_text("employee;salary\n1;3000\n")
    file.with_suffix(".terms.json").write_text("{}")
    code, _, told = ran(file)
    assert code == 1
    assert "is no Parquet file. docs/bulk.md says what goes in" in told


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(
    people: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "amounts.parquet"
    out.write_text("of yesterday")

    def breaks(_portfolio: object, _file: Path) -> object:
        raise KeyboardInterrupt
        yield

    monkeypatch.setitem(bulk.RUN, "numpy", breaks)
    assert ran(people, "--out", str(out))[0] != 0
    assert out.read_text() == "of yesterday"
    assert list(tmp_path.iterdir()) == [out]
