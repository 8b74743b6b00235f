"""Nothing without a source: every rule names its unit, its source, and what it says to people."""

import pytest

from schakel.engine.catalogue import BENEFITS
from schakel.engine.rule import Rule
from schakel.engine.units import Unit


def rules() -> list[Rule]:
    return list({id(rule): rule for benefit in BENEFITS for rule in benefit.rules.values()}.values())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_is_and_where_it_is_from(rule: Rule) -> None:
    assert isinstance(rule.unit, Unit)
    assert rule.source.strip()
    assert rule.nl
    assert rule.en
    assert rule.formula_nl
    assert rule.formula_en
