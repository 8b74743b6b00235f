"""`schakel calculate`: amounts, trees, what-ifs and mistakes as a person and as a program reads them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schakel.cli.calculate import calculate

CASES = Path(__file__).parents[1] / "engine" / "cases" / "retirement_pension"
CASE = CASES / "full_time.yaml"
OWN_STEPS = CASES / "own_hourly_franchise.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(calculate, list(arguments))


def copied(tmp_path: Path, right: str, wrong: str, case: Path = CASE, name: str = "case.yaml") -> Path:
    """A case file with one thing written otherwise."""
    text = case.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / name
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    return path


def test_amounts_as_expected_end_with_0() -> None:
    result = run(str(CASE))
    assert result.exit_code == 0
    assert "€ 721,42" in result.output


def test_a_cent_too_much_ends_with_1_and_names_line_and_amounts(tmp_path: Path) -> None:
    result = run(str(copied(tmp_path, "721.42,", "721.43,")), "--language", "en")
    assert result.exit_code == 1
    assert "2026-01 contribution: expected €721.43, calculated €721.42" in result.output


def test_an_own_step_that_differs_ends_with_1(tmp_path: Path) -> None:
    result = run(str(copied(tmp_path, "9.7024,", "9.7025,", OWN_STEPS)), "--language", "en")
    assert result.exit_code == 1
    assert "hourly_franchise: expected €9.7025, calculated €9.7024" in result.output


def test_a_refusal_nobody_expected_is_told(tmp_path: Path) -> None:
    result = run(str(copied(tmp_path, "  birth_on: 1984-05-17\n", "")), "--language", "en")
    assert result.exit_code == 1
    assert "“date of birth” is not known" in result.output


def test_a_mistake_ends_with_2_and_names_its_line(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("benefit: nothing\n", encoding="utf-8")
    result = run(str(case))
    assert result.exit_code == 2
    assert "Regel 1" in result.output


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"title: x" * 300_000])
def test_what_is_no_case_ends_with_2(tmp_path: Path, content: bytes) -> None:
    case = tmp_path / "case.yaml"
    case.write_bytes(content)
    assert run(str(case)).exit_code == 2


@pytest.mark.parametrize("title", ["a [/bold] [red]", '"\\e[31m \\n"'])
def test_a_title_is_shown_as_text_alone(tmp_path: Path, title: str) -> None:
    first = CASE.read_text(encoding="utf-8").splitlines()[0]
    result = run(str(copied(tmp_path, first, f"title: {title}")))
    assert result.exit_code == 0
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "Pensioengrondslag"), ("en", "Salary over which pension")]
)
def test_the_tree_is_told_in_both_languages(language: str, word: str) -> None:
    result = run(str(CASE), "--explain", "--language", language)
    assert word in result.output
    assert "Wet op de loonbelasting 1964" in result.output
    assert {"nl": "zie boven", "en": "as above"}[language] in result.output


def test_json_for_programs() -> None:
    data = json.loads(run(str(CASE), "--json", "--explain").output)
    assert data["as_expected"]
    assert data["wage_periods"][0]["amounts"]["contribution"] == 72_142
    assert {tree["name"] for tree in data["explanations"]} >= {"contribution", "employer_contribution"}


def test_a_folder_is_a_line_a_file_and_a_total(tmp_path: Path) -> None:
    copied(tmp_path, "721.42,", "721.42,", name="a.yaml")
    assert run(str(tmp_path)).exit_code == 0
    copied(tmp_path, "721.42,", "721.43,", name="b.yaml")
    result = run(str(tmp_path), "--language", "en")
    assert result.exit_code == 1
    assert result.output.count("a.yaml") == result.output.count("b.yaml") == 1
    assert "1 as expected, 1 different, 0 unreadable" in result.output
    copied(tmp_path, "benefit:", "benefits:", name="c.yaml")
    data = json.loads(run(str(tmp_path), "--json").output)
    assert data["total"] == {"as_expected": 1, "different": 1, "unreadable": 1}
    assert run(str(tmp_path / "a.yaml"), str(tmp_path / "c.yaml")).exit_code == 2


def test_a_change_shows_old_new_and_difference() -> None:
    result = run(str(CASE), "--change", "salary_amount=4200", "--language", "en")
    # 200.00 × 12 × 1.08 × 26.5 % ÷ 12 = 57.24
    assert result.exit_code == 0
    assert "€721.42" in result.output
    assert "€778.66" in result.output
    assert "€57.24" in result.output


def test_a_change_explained_tells_only_what_differs() -> None:
    told = run(str(CASE), "--change", "contribution_rate=27", "--explain", "--language", "en").output
    assert "contribution rate: 26.5 % → 27 %" in told
    assert "kind of salary" not in told
    assert "pension base:" not in told


def test_a_change_from_a_day_on_for_programs() -> None:
    data = json.loads(
        run(str(CASE), "--change", "salary_amount=4200", "--from", "2026-01-11", "--json", "--explain").output
    )
    amounts = data["wage_periods"][0]["amounts"]
    # 57.24 × 21/31 = 38.7754…; 721.4183… + 38.7754… = 760.1938 → 760.19.
    assert amounts["contribution"] == {"old": 72_142, "new": 76_019, "difference": 3_877}
    assert data["wage_periods"][0]["differs"][0]["operands"]


def test_own_figures_and_tables_of_the_scheme_can_be_changed() -> None:
    case = str(CASES / "tutorial_brochure.yaml")
    tranches = "contribution_tranches=[{up_to: 30000, percent: 24}, {percent: 28}]"
    told = run(
        case, "--change", "franchise_an_hour=9.05", "--change", tranches, "--explain", "--language", "en"
    )
    # 30 × 52 × 9.05 = 14,118.00; 35,451.75 less that, down: 21,333.00; 24 % ÷ 12 = 426.66.
    assert "franchise an hour: €8.9500 → €9.0500" in told.output
    assert "contribution: €429.78 → €426.66" in told.output
    assert "rate of part 2: 27 % → 28 %" in told.output
    assert "2026-09 new: “hours a week” is not known" in told.output


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--change", "salary=1"], "salary_amount"),
        (["--change", "salary_amount=much"], "4000.00"),
        (["--change", "salary_kind=monthly"], "full_time, part_time, hourly"),
        (["--change", "contribution_rate=40"], "0 … 33"),
        (["--change", "wage_rounding=down"], "half_up, up, down"),
        (["--change", "contribution_scale={18: 5"], "a comma or }"),
        (["--change", "salary_amount"], "salary_amount=4200"),
        (["--change", "salary_amount=4200", "--from", "2030-01-01"], "expected"),
        (["--from", "2026-01-01"], "--change"),
    ],
)
def test_a_change_that_is_not_allowed_ends_with_2(arguments: list[str], allowed: str) -> None:
    result = run(str(CASE), *arguments, "--language", "en")
    assert result.exit_code == 2
    assert allowed in result.output


def test_several_files_take_no_change(tmp_path: Path) -> None:
    assert run(str(CASES), "--explain").exit_code == 2
    assert run(str(tmp_path)).exit_code == 2
