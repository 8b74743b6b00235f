"""`schakel calculate`: amounts, trees and mistakes as a person and as a program reads them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schakel.cli.calculate import calculate

CASE = Path(__file__).parents[1] / "engine" / "cases" / "retirement_pension" / "full_time.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(calculate, list(arguments))


def test_amounts_as_expected_end_with_0() -> None:
    result = run(str(CASE))
    assert result.exit_code == 0
    assert "€ 721,42" in result.output


def test_a_cent_too_much_ends_with_1_and_names_line_and_amounts(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE.read_text(encoding="utf-8").replace("721.42,", "721.43,"), encoding="utf-8")
    result = run(str(case), "--language", "en")
    assert result.exit_code == 1
    assert "2026-01 contribution: expected €721.43, calculated €721.42" in result.output


def test_a_mistake_ends_with_2_and_names_its_line(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("benefit: nothing\n", encoding="utf-8")
    result = run(str(case))
    assert result.exit_code == 2
    assert "Regel 1" in result.output


def test_what_is_no_text_ends_with_2(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_bytes(b"\xff\xfe\x00")
    assert run(str(case)).exit_code == 2


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "Pensioengrondslag"), ("en", "Salary over which pension")]
)
def test_the_tree_is_told_in_both_languages(language: str, word: str) -> None:
    result = run(str(CASE), "--explain", "--language", language)
    assert word in result.output
    assert "Wet op de loonbelasting 1964" in result.output


def test_json_for_programs() -> None:
    data = json.loads(run(str(CASE), "--json", "--explain").output)
    assert data["as_expected"]
    assert data["wage_periods"][0]["amounts"]["contribution"] == 72_142
    assert {tree["name"] for tree in data["explanations"]} >= {"contribution", "employer_contribution"}
