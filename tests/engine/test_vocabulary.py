"""What can be said stands in the vocabulary, in both languages, with examples that are right."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from schakel.cli.vocabulary import vocabulary
from schakel.engine.catalogue import BENEFITS, Benefit
from schakel.engine.employee import FACTS
from schakel.engine.explanation import CHOICES, shown
from schakel.engine.formula import FUNCTIONS, WORDED, parsed
from schakel.engine.own_steps import STEP_UNITS
from schakel.engine.parameters import CERTAINTIES
from schakel.engine.rounding import ROUNDINGS
from schakel.engine.scheme import KEYS, KINDS, Term
from schakel.engine.term_words import said
from schakel.engine.vocabulary import FUNCTION_IS, KEY_IS, KIND_IS, UNIT_IS, reference

PAGES = Path(__file__).parents[2] / "docs" / "calculations"


def test_every_declaration_has_its_meaning() -> None:
    assert FUNCTION_IS.keys() == {*FUNCTIONS, *WORDED}
    assert UNIT_IS.keys() == set(STEP_UNITS)
    assert KIND_IS.keys() == KINDS.keys()
    assert KEY_IS.keys() == KEYS.keys()


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_every_word_of_a_term_is_said_in_both_languages(one: Benefit) -> None:
    for term in one.terms.values():
        for word in (*term.words, *(["statutory"] if term.statutory else [])):
            assert said(word, "nl"), f"{term.name}: {word}"
            assert said(word, "en"), f"{term.name}: {word}"


def test_every_word_of_a_fact_and_every_rounding_is_said_in_both_languages() -> None:
    for fact in FACTS.values():
        for word in fact.choices:
            assert shown(word, "choice", "nl") != shown(word, "choice", "en") or word in {"week"}, word
            assert set(CHOICES[word]) == {"nl", "en"}
    for rounding in ROUNDINGS:
        assert said(rounding, "nl") != said(rounding, "en")


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_can_be_read(kind: str) -> None:
    term = Term("x", kind, "x", "x", "1", highest="1000000")
    assert isinstance(term.read(KIND_IS[kind][0]), int)


@pytest.mark.parametrize("name", FUNCTION_IS)
def test_the_form_of_a_function_is_a_formula(name: str) -> None:
    assert parsed(FUNCTION_IS[name][0].replace(", …", ""))


@pytest.mark.parametrize("one", BENEFITS, ids=lambda one: one.name)
def test_the_example_of_a_term_is_allowed(one: Benefit) -> None:
    for term in one.terms.values():
        if not term.key and not term.kind.endswith("_tranches"):
            term.read(term.example == "true" if term.kind == "yes_no" else term.example)


def test_the_reference_names_everything() -> None:
    text = reference()
    names = {*FACTS, *UNIT_IS, *KINDS, *KEYS, *(one.name for one in BENEFITS)} - {"wage_period_kind"}
    names |= {q.name for one in BENEFITS for q in one.quantities} | {
        rule for one in BENEFITS for rule in one.rules
    }
    assert not [name for name in names if f"`{name}`" not in text]
    assert {"verified", "secondary", "derived", "memory"} == set(CERTAINTIES)


def test_the_command_prints_all_or_one_benefit() -> None:
    run = CliRunner()
    assert reference() in run.invoke(vocabulary, []).output
    told = run.invoke(vocabulary, ["retirement_pension"]).output
    assert "| `contribution_rate` |" in told
    assert "| `entry_age` |" in told
    refused = run.invoke(vocabulary, ["pension"])
    assert refused.exit_code == 2
    assert "retirement_pension" in refused.output


def test_the_command_writes_between_the_markers_and_nothing_else(tmp_path: Path) -> None:
    for path in PAGES.glob("*.md"):
        lines = [one for one in path.read_text(encoding="utf-8").splitlines() if not one.startswith("| ")]
        (tmp_path / path.name).write_text("\n".join([*lines, "Last line."]) + "\n", encoding="utf-8")
    run = CliRunner()
    assert run.invoke(vocabulary, ["--write", "--pages", str(tmp_path)]).exit_code == 0
    page = (tmp_path / "retirement_pension.md").read_text(encoding="utf-8")
    assert "| `contribution_rate` |" in page
    assert page.endswith("Last line.\n")
    assert run.invoke(vocabulary, ["--write", "--pages", str(tmp_path)]).output == ""
    (tmp_path / "retirement_pension.md").write_text("# No markers\n", encoding="utf-8")
    refused = run.invoke(vocabulary, ["--write", "--pages", str(tmp_path)])
    assert refused.exit_code == 1
    assert "retirement_pension.md" in refused.output
