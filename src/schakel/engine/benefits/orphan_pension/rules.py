"""Orphan pension on risk basis: a share of salary for each child."""

from schakel.engine.exact import Count, EurosPerYear, FineEurosPerYear, Share, YesNo
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "pensioenreglement; docs/calculations/orphan_pension.md"


@rule(
    nl="Verzekerd wezenpensioen per kind per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × percentage",
    formula_en="pensionable salary for the hours worked × share",
    source=SOURCE,
    rounds=HALF_UP,
)
def orphan_sum_insured(actual_pensionable_salary: EurosPerYear, orphan_share: Share) -> EurosPerYear:
    """Insured orphan pension for each child a year."""
    return actual_pensionable_salary * orphan_share


@rule(
    nl="Risicopremie per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × premiepercentage",
    formula_en="pensionable salary for the hours worked × premium rate",
    source=SOURCE,
)
def orphan_premium_per_year(actual_pensionable_salary: EurosPerYear, premium_rate: Share) -> FineEurosPerYear:
    """Risk premium a year, unrounded."""
    return actual_pensionable_salary * premium_rate


@rule(
    nl="Heeft een kind onder de eindleeftijd",
    formula_nl="aantal kinderen onder 25 ≥ 1",
    formula_en="number of children under 25 ≥ 1",
    source="pensioenreglement; docs/calculations/orphan_pension.md",
)
def has_child_if_asked(children_under_25: Count, requires_child: YesNo) -> YesNo:
    """Has a child under 25, where the scheme asks for one."""
    return (children_under_25 >= 1) | (requires_child < 1)
