"""Every benefit has its page, and the page lists the terms as they are."""

import itertools
from pathlib import Path

import pytest

from schakel.engine.catalogue import BENEFITS, Benefit
from schakel.engine.parameters import statutory

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


def test_every_figure_is_dated_and_cited_and_does_not_overlap() -> None:
    for parameter in statutory():
        assert parameter.law
        for value in parameter.values:
            assert value.source
        dated = sorted((v for v in parameter.values if v.birth_from is None), key=lambda v: v.start)
        for one, other in itertools.pairwise(dated):
            assert one.until == other.start, parameter.name
