"""Figures in the docs are those of the file that a command wrote."""

import json
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
WAYS = {
    "Numba, one scheme": "numba",
    "Numba, 500 employers with terms of their own": "numba_own_terms",
    "Numba, totals only": "numba_totals",
    "NumPy columns": "numpy",
    "Daft, native": "daft",
    "OpenFisca-Core, the same formulas": "openfisca",
    "Decimal, a plain program (from a sample)": "decimal",
}


@pytest.mark.parametrize("told", WAYS)
def test_the_speed_of_each_way_is_what_was_measured(told: str) -> None:
    measured, way = json.loads((DOCS / "measurements" / "bench-engine.json").read_text()), WAYS[told]
    row = re.search(rf"^\| {re.escape(told)} \|(.*)\|$", (DOCS / "bulk.md").read_text(), re.MULTILINE)
    assert row is not None
    seconds, speed, peak = (cell.strip() for cell in row[1].split("|"))
    assert float(seconds) == pytest.approx(measured["seconds"][way], rel=0.02)
    assert float(speed) == pytest.approx(measured["million_lines_per_second"][way], rel=0.05)
    assert not peak or float(peak) == pytest.approx(measured["peak_mb"][way], abs=1)


def test_the_ratios_are_what_was_measured() -> None:
    measured = json.loads((DOCS / "measurements" / "bench-engine.json").read_text())
    text = " ".join((DOCS / "bulk.md").read_text().split())
    assert f"{measured['memory_fill_seconds']:.2f} seconds" in text
    assert f"at {measured['ratio_memory']:.1f} times that limit" in text
    assert f"{measured['ratio_openfisca']:.0f} times as fast as OpenFisca-Core" in text
    assert f"takes {measured['growth_from_a_tenth']} times as long" in text
    assert measured["equal_to_the_cent"]
