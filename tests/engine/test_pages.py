"""Every benefit has its page, and the page lists the terms as they are."""

from pathlib import Path

import pytest

from schakel.engine.catalogue import BENEFITS, Benefit

PAGES = Path(__file__).parents[2] / "docs" / "calculations"


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_the_page_lists_every_term_and_condition(one: Benefit) -> None:
    page = (PAGES / f"{one.name}.md").read_text(encoding="utf-8")
    for term in one.terms.values():
        assert f"| `{term.name}` | {term.en} ({term.nl}) | {term.allowed()} |" in page, term.name
    for condition in one.conditions:
        assert f"`{condition}`" in page


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_every_page_a_rule_cites_exists(one: Benefit) -> None:
    for rule in one.rules.values():
        page = rule.source.rpartition("docs/calculations/")[2]
        assert (PAGES / page).is_file(), rule.name
