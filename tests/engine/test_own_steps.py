"""A scheme's own figures and steps: what they may be, what replaces what, and what is refused."""

from typing import Any

import pytest

from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.errors import WrongTerms
from schakel.engine.own_steps import MOST, own_rules, read_own

RULES = benefit("retirement_pension").rules
RATE = {"contribution_rate": "26.5"}
BY_AGE = {"kind": "percent_by_age", "value": {"18": "3"}}
PARTS = {"kind": "percent_tranches", "value": [{"percent": "3"}]}


def terms(*steps: dict[str, Any], **figures: dict[str, Any]) -> dict[str, Any]:
    return {**RATE, "figures": figures, "steps": list(steps)}


def test_a_step_takes_over_unit_and_names_of_the_rule_it_replaces() -> None:
    step = read_own(terms({"name": "pension_base", "is": "0"}), RULES).steps[0]
    rule = RULES["pension_base"]
    assert (step.unit, step.nl, step.en) == (rule.unit.name, rule.nl, rule.en)
    assert own_rules([step])["pension_base"].formula_nl == "0"


def test_a_figure_keeps_its_source_and_how_sure_it_is() -> None:
    entry = {"kind": "euros", "value": "500", "source": "art. 3", "certainty": "memory"}
    figure = read_own(terms(minimum=entry), RULES).figures[0]
    assert (figure.source, figure.certainty, figure.nl) == ("art. 3", "memory", "minimum")


def test_one_step_may_be_replaced_and_the_others_go_on() -> None:
    found = check_terms("retirement_pension", terms({"name": "pension_base", "is": "1000"}))
    assert [step.name for step in found.shape.steps] == ["pension_base"]


@pytest.mark.parametrize(
    ("chosen", "about", "told"),
    [
        (terms({"is": "0"}), "steps", "no name"),
        (terms({"name": "lowest", "is": "0"}), "steps", "no word of formulas"),
        (terms({"name": "if", "is": "0"}), "steps", "'if'"),
        (terms({"name": "pension_base"}), "pension_base", "'is' is missing"),
        (terms({"name": "pension_base", "is": "0", "rounded": "x"}), "pension_base", "'rounded' is not allowed"),
        (terms({"name": "pension_base", "is": "0", "rounds": "up"}), "pension_base", "cent_half_up"),
        (terms({"name": "own_amount", "is": "0"}), "own_amount", "says its unit: euros,"),
        (terms({"name": "pension_base", "is": ["0"]}), "pension_base", "‘is’ is one value"),
        (terms({"name": "pension_base", "is": "0", "nl": "x" * 3000}), "pension_base", "‘nl’ has at most 2000"),
        (terms({"name": "pension_base", "is": "0"}, {"name": "pension_base", "is": "1"}), "pension_base", "two steps"),
        (terms({"name": "pension_base", "is": "salary_amount + part_time_factor"}), "pension_base", "pension_base"),
        (terms({"name": "pension_base", "is": "contribution_per_year"}), "pension_base", "circle"),
        (terms({"name": "is_in_service", "is": "no_such_name"}), "is_in_service", "no_such_name"),
        (terms({"name": "pension_base", "is": "wage_per_yaer"}), "pension_base", "probably wage_per_year"),
        (terms({"name": "pension_base", "is": "statutory_franchise"}), "pension_base", "under figures"),
        (terms({"name": "pension_base", "is": "wage_per_year"}), "pension_base", "too large to count exactly"),
        (terms({"name": "x", "is": "0"}), "steps", "2 to 61"),
        (terms({"name": "pensoin_base", "is": "0"}), "pensoin_base", "do you mean pension_base?"),
        (terms({"name": "salary_amount", "is": "0", "unit": "euros"}), "salary_amount", "a fact or term of this name"),
        (terms({"name": "franchise", "is": "0", "unit": "euros_per_year"}), "franchise", "a fact or term of this name"),
        (terms(age_years={"kind": "count", "value": "1"}), "age_years", "a fact or term of this name"),
        (terms({"name": "has_waited", "is": "age_years + 2"}), "has_waited", "this is no statement"),
        (terms({"name": "pension_base", "is": "children_birth_on"}), "pension_base", "children_under_18"),
        (terms({"name": "regular_rate", "is": "contribution_form"}), "regular_rate", "a word is no number"),
        (terms({"name": "regular_rate", "is": "by_age"}, by_age=BY_AGE), "regular_rate", "a table is no number"),
        (terms({"name": "regular_rate", "is": "by_age * 2"}, by_age=BY_AGE), "regular_rate", "a table is no number"),
        (terms({"name": "regular_rate", "is": "-parts"}, parts=PARTS), "regular_rate", "a table is no number"),
        (terms({"name": "contribution_per_year", "is": "0", "unit": "share"}), "contribution_per_year", "another unit"),
        (terms({"name": "unread", "is": "0", "unit": "share"}), "unread", "nothing reads this step"),
        ({**RATE, "steps": "none"}, "steps", "a list"),
        ({**RATE, "figures": ["x"]}, "figures", "fields with values"),
        ({**RATE, "steps": [{"name": f"step_{n}", "is": "0"} for n in range(MOST + 1)]}, "steps", f"at most {MOST}"),
        (terms(minimum={"kind": "word", "value": "x"}), "minimum", "percent_tranches"),
        (terms(minimum={"kind": "percent_by_shoe", "value": "x"}), "minimum", "percent_by_shoe"),
        (terms(minimum={"value": "1"}), "minimum", "'kind' is missing"),
        (terms(minimum={"kind": "euros"}), "minimum", "has a value"),
        (terms(minimum={"kind": "euros", "value": "1", "statutory": "statutory_franchise"}), "minimum", "not both"),
        (terms(minimum={"kind": "euros", "value": "1", "lowest": "20"}), "minimum", "20 … 1000000 (euros,"),
        (terms(minimum={"kind": "euros", "value": "1", "lowest": "5", "highest": "2"}), "minimum", "lowest first"),
        (terms(minimum={"kind": "euros", "value": "1", "highest": "1e400"}), "minimum", "lowest first"),
        (terms(minimum={"kind": "euros", "value": "1", "highest": "1e999999999"}), "minimum", "lowest first"),
        (terms(minimum={"kind": "euros", "value": "1", "certainty": "sure"}), "minimum", "verified"),
        (terms(minimum={"kind": "euros", "statutory": "no_such_figure"}), "minimum", "no_such_figure"),
        (terms(both={"kind": "per_mille_by_ages", "value": {"40/38": "1"}}), "both", "starts at 40/38"),
        (terms(both={"kind": "per_mille_by_ages", "value": {"0/200": "1"}}), "both", "{'0/200': '1'} is not allowed"),
        (terms(pension_base={"kind": "euros", "value": "1"}), "pension_base", "name of its own"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_named(chosen: dict[str, Any], about: str, told: str) -> None:
    with pytest.raises(WrongTerms) as caught:
        check_terms("retirement_pension", chosen)
    assert caught.value.about == about
    assert told in caught.value.message("en")
    assert caught.value.message("nl") != caught.value.message("en")


def test_a_long_chain_of_steps_is_calculated() -> None:
    chain = [{"name": "pension_base", "is": f"step_{MOST - 2}"}]
    chain += [
        {"name": f"step_{n}", "is": f"step_{n - 1} + 1", "unit": "euros_per_year"} for n in range(1, MOST - 1)
    ]
    chain += [{"name": "step_0", "is": "1000", "unit": "euros_per_year"}]
    assert len(check_terms("retirement_pension", terms(*chain)).shape.steps) == MOST
