"""Every benefit has its page, and the pages list names as the engine has them."""

import re
from pathlib import Path

import pytest

from schakel.cli.vocabulary import blocks, filled_in
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
