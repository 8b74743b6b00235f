"""Every case file comes out to the cent, every rule is in one, and every amount explains itself."""

from pathlib import Path

import pytest

from schakel.engine.bases import pension, taking_part, wage
from schakel.engine.calculation import calculate
from schakel.engine.case_file import Case, read_case
from schakel.engine.catalogue import BENEFITS, amounts_graph, benefit, condition_graph
from schakel.engine.explaining import explain
from schakel.engine.explanation import Explanation
from schakel.engine.rule import rules_in

BASES = rules_in(wage).keys() | rules_in(pension).keys() | rules_in(taking_part).keys()
FILES = sorted(Path(__file__).with_name("cases").rglob("*.yaml"))


def read(path: Path) -> Case:
    return read_case(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = read(path)
    assert case.benefit == path.parent.name
    results = calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
    for wanted, found in zip(case.expected, results, strict=True):
        where = f"line {wanted.line}"
        assert {name: found.amounts.get(name) for name in wanted.amounts} == wanted.amounts, where
        assert {name: found.steps.get(name) for name in wanted.steps} == wanted.steps, where
        assert found.why_not == wanted.not_participating, where
        assert (found.refusal and found.refusal.code) == wanted.refused, where


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_amount_of_a_case_explains_itself(path: Path) -> None:
    case = read(path)
    results = calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
    for result in (one for one in results if one.refusal is None):
        for quantity in benefit(case.benefit).quantities:
            tree = explain(
                case.benefit,
                case.facts,
                case.terms,
                result.wage_period,
                quantity.name,
                parameters=case.parameters,
            )
            assert tree.value == result.amounts.get(quantity.name, 0)
            assert_complete(tree)


def assert_complete(tree: Explanation) -> None:
    """Every rule and figure cites its source, every branch ends at a fact, a term or a figure."""
    for node in tree.walk():
        assert node.nl, node
        assert node.en, node
        if node.kind in {"rule", "parameter"}:
            assert node.source, node
        if node.kind == "parameter":
            assert node.certainty, node
        if node.kind == "term":
            # Either the employer chose it, or the statutory figure stands under it.
            assert bool(node.source) != bool(node.operands), node
        if node.kind == "fact":
            # Outside every employment there is no statement to point at.
            assert node.origin or node.value == "–", node
        # A step of the scheme's own may be a number as its regulation has it.
        is_number = node.kind == "rule" and node.formula_en.replace(".", "", 1).isdigit()
        assert node.operands or is_number or node.kind in {"fact", "term", "parameter", "derived"}, node


@pytest.mark.parametrize("name", [one.name for one in BENEFITS])
def test_every_rule_of_a_benefit_is_told_in_a_case_of_it(name: str) -> None:
    one = benefit(name)
    used = {rule.name for rule in amounts_graph(name).rules}
    used |= {rule.name for condition in one.conditions for rule in condition_graph(name, condition).rules}
    told = {node.name for path in FILES if path.parent.name == name for node in every_node(read(path))}
    assert used - BASES <= told


def test_every_rule_that_benefits_share_is_told_in_a_case() -> None:
    told = {node.name for path in FILES for node in every_node(read(path))}
    assert told >= BASES


def every_node(case: Case) -> list[Explanation]:
    results = calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
    return [
        node
        for result in results
        if result.refusal is None
        for quantity in benefit(case.benefit).quantities
        for node in explain(
            case.benefit,
            case.facts,
            case.terms,
            result.wage_period,
            quantity.name,
            parameters=case.parameters,
        ).walk()
    ]
