"""The table of docs/bad-input.md and these tests name each other, one and all."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "bad-input.md"
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


def found_here() -> set[tuple[str, str]]:
    return {
        (path.name, node.name)
        for path in HERE.glob("test_*.py")
        if path.name != Path(__file__).name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_line_of_the_table_has_its_test_and_every_test_its_line() -> None:
    named = NAMED.findall(PAGE.read_text())
    assert set(named) == found_here()


def test_every_line_says_what_comes_in_what_stays_what_is_said_and_how_it_is_tested() -> None:
    lines = [line for line in PAGE.read_text().splitlines() if NAMED.search(line)]
    assert lines
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert len(cells) == 4, line
        assert all(cells), line
