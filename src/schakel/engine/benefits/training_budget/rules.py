"""Training budget: claims up to the budget of the year; on leaving part is repaid, never of mandatory training."""

from schakel.engine.exact import (
    Count,
    Euros,
    EurosPerYear,
    Part,
    YesNo,
    choose,
    look_up,
    lowest,
    not_below_zero,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "personeelsregeling; BW 7:611a (verplichte scholing); docs/calculations/training_budget.md"


@rule(
    nl="Vergoed in het jaar tot nu toe",
    formula_nl="laagste van de studiekosten tot nu toe en het budget",
    formula_en="lowest of the training costs so far and the budget",
    source=SOURCE,
)
def claimed_to_date(training_costs_to_date: Euros, budget_per_year: EurosPerYear) -> Euros:
    """Paid from the budget in the year so far."""
    return lowest(training_costs_to_date, budget_per_year)


@rule(
    nl="Budget dat over is",
    formula_nl="budget − vergoed tot nu toe",
    formula_en="budget − paid so far",
    source=SOURCE,
)
def budget_left(budget_per_year: EurosPerYear, claimed_to_date: Euros) -> Euros:
    """Budget that is left in the year."""
    return not_below_zero(budget_per_year - claimed_to_date)


@rule(
    nl="Terug te betalen bij vertrek",
    formula_nl="studiekosten met terugbetaling × percentage naar maanden; nul bij verplichte scholing",
    formula_en="training costs to repay × share by months; zero for mandatory training",
    source=SOURCE,
    rounds=HALF_UP,
)
def to_repay(
    training_costs_to_repay: Euros,
    months_since_training: Count,
    repayment_table: Part,
    training_is_mandatory: YesNo,
) -> Euros:
    """What is repaid on leaving now."""
    share = look_up(repayment_table, lowest(months_since_training, 99))
    return choose(training_is_mandatory, 0, training_costs_to_repay * share)
