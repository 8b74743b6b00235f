"""Stop-loss: what absence costs in a year above the employer's own retention, up to what is insured."""

from schakel.engine.exact import (
    Choice,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Multiple,
    Share,
    choose,
    is_given,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden stop-loss; docs/calculations/absence_stop_loss.md"


@rule(
    nl="Eigen behoud",
    formula_nl="loonsom × gemiddeld verzuim × factor, of het eigen risico in geld",
    formula_en="wage sum × average absence × factor, or the excess in money",
    source=SOURCE,
    rounds=HALF_UP,
)
def own_retention(
    form: Choice,
    expected_absence: EurosPerYear,
    retention_factor: Multiple,
    money_excess: EurosPerYear,
) -> EurosPerYear:
    """What the employer bears in a year."""
    return choose(says(form, "stop_loss"), expected_absence * retention_factor, money_excess)


@rule(
    nl="Verwachte verzuimkosten",
    formula_nl="loonsom × gemiddeld verzuim",
    formula_en="wage sum × average absence",
    source=SOURCE,
    rounds=HALF_UP,
)
def expected_absence(wage_sum_per_year: Euros, average_absence: Share) -> EurosPerYear:
    """What absence is expected to cost in a year."""
    return wage_sum_per_year * average_absence


@rule(
    nl="Uitkering over het jaar",
    formula_nl="verzuimkosten − eigen behoud, ten minste nul, ten hoogste het maximum",
    formula_en="costs of absence − own retention, at least zero, at most the maximum",
    source=SOURCE,
)
def payment_of_year(
    absence_costs_per_year: Euros, own_retention: EurosPerYear, highest_payment: EurosPerYear
) -> EurosPerYear:
    """What is paid over the year."""
    above = not_below_zero(absence_costs_per_year - own_retention)
    return choose(is_given(highest_payment), lowest(above, highest_payment), above)


@rule(
    nl="Premie per jaar",
    formula_nl="loonsom × premiepercentage",
    formula_en="wage sum × premium rate",
    source=SOURCE,
)
def premium_per_year(wage_sum_per_year: Euros, premium_rate: Share) -> FineEurosPerYear:
    """Premium a year, unrounded."""
    return wage_sum_per_year * premium_rate
