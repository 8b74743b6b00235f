"""Every benefit has its page, and the pages list names as the engine has them."""

import re
from pathlib import Path

import pytest

from schakel.cli.vocabulary import blocks, filled_in
from schakel.engine.calculation import calculate
from schakel.engine.case_file import CaseMistake, read_case
from schakel.engine.catalogue import BENEFITS, Benefit

PAGES = Path(__file__).parents[2] / "docs" / "calculations"
BLOCKS = list(blocks(PAGES))


@pytest.mark.parametrize(("path", "marker", "block"), BLOCKS, ids=[f"{p.stem} {m}" for p, m, _ in BLOCKS])
def test_a_page_is_what_the_command_writes(path: Path, marker: str, block: str) -> None:
    page = path.read_text(encoding="utf-8")
    assert page == filled_in(page, marker, block), "run: schakel vocabulary --write"


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_the_page_of_a_benefit_names_who_takes_part(one: Benefit) -> None:
    page = (PAGES / f"{one.name}.md").read_text(encoding="utf-8")
    for condition in one.conditions:
        assert f"`{condition}`" in page


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_every_page_a_rule_cites_exists(one: Benefit) -> None:
    for rule in one.rules.values():
        for page in re.findall(r"docs/calculations/([\w.-]*\w)", rule.source):
            assert (PAGES / page).is_file(), rule.name


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for page, anchor in re.findall(r"\]\(([\w./-]*\.md)?(#[\w-]+)?\)", path.read_text(encoding="utf-8")):
        to = path.parent / page if page else path
        assert to.is_file(), page
        assert not anchor or anchor[1:] in headings(to), f"{page}{anchor}"


def headings(path: Path) -> set[str]:
    """The anchors of a page: its headings in small letters, spaces as dashes, no other marks."""
    found = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in found}


TUTORIAL = (PAGES / "tutorial.md").read_text(encoding="utf-8")
TUTORIAL_CASE = Path(__file__).parent / "cases" / "retirement_pension" / "tutorial_brochure.yaml"


def test_the_tutorial_shows_the_case_that_is_tested() -> None:
    assert f"```yaml\n{TUTORIAL_CASE.read_text(encoding='utf-8')}```" in TUTORIAL


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("rounds: whole_down\n", "rounds: down\n"),
        ("name: pension_base", "name: pensoin_base\n        unit: euros_per_year"),
        ("is: not_below_zero(actual_pensionable_salary - franchise_for_hours)",
         "is: actual_pensionable_salary - part_time_factor"),
        ("is: not_below_zero(actual_pensionable_salary - franchise_for_hours)",
         "is: (actual_pensionable_salary - franchise_for_hours) / 3"),
        ("employee_share: 35", "employee_share: 350"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_tutorial_is_answered_as_it_says(right: str, wrong: str) -> None:
    text = TUTORIAL_CASE.read_text(encoding="utf-8")
    assert right in text
    with pytest.raises(CaseMistake) as caught:
        read_case(text.replace(right, wrong))
    answer = caught.value.message("en").partition(": ")[2]
    rows = [line.split(" | ")[1].removesuffix(" |").rstrip("…").strip() for line in TUTORIAL.splitlines()
            if line.startswith(("| `rounds", "| `name", "| `is", "| `employee_share"))]  # fmt: skip
    assert any(answer.startswith(row.rstrip(".")) for row in rows), answer


@pytest.mark.parametrize("page", ["case-files", "tutorial"])
def test_a_file_that_a_page_shows_whole_comes_out(page: str) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    shown = [one for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if one.startswith("title:")]
    assert shown
    for one in shown:
        case = read_case(one)
        results = calculate(
            case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters
        )
        for wanted, found in zip(case.expected, results, strict=True):
            assert {name: found.amounts.get(name) for name in wanted.amounts} == wanted.amounts
            assert (found.why_not, found.refusal and found.refusal.code) == (
                wanted.not_participating,
                wanted.refused,
            )
