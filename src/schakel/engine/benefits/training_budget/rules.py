"""Training budget: claims up to the budget of the year; on leaving part is repaid, never of mandatory training."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    Months,
    Part,
    Share,
    YesNo,
    choose,
    highest,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "personeelsregeling; docs/calculations/training_budget.md"
MANDATORY = "BW 7:611a lid 2 (verplichte scholing is kosteloos); docs/calculations/training_budget.md"
LAST_ENTRY = 120  #: of a table by months


@rule(
    nl="Budget van het jaar",
    formula_nl="budget, × deeltijdfactor als de regeling dat zegt",
    formula_en="budget, × part-time factor where the scheme says so",
    source=SOURCE,
    rounds=HALF_UP,
)
def budget_of_year(
    budget_per_year: EurosPerYear, scales_with_part_time: YesNo, part_time_factor: Share
) -> EurosPerYear:
    """Budget of the year for this employee."""
    return choose(scales_with_part_time, budget_per_year * part_time_factor, budget_per_year)


@rule(
    nl="Vergoed in het jaar tot nu toe",
    formula_nl="laagste van de studiekosten tot nu toe × vergoed deel en het budget",
    formula_en="lowest of the training costs so far × the part that is paid and the budget",
    source=SOURCE,
    rounds=HALF_UP,
)
def claimed_to_date(training_costs_to_date: Euros, share_paid: Share, budget_of_year: EurosPerYear) -> Euros:
    """Paid from the budget in the year so far."""
    return lowest(training_costs_to_date * share_paid, budget_of_year)


@rule(
    nl="Budget dat over is",
    formula_nl="budget − vergoed tot nu toe",
    formula_en="budget − paid so far",
    source=SOURCE,
)
def budget_left(budget_of_year: EurosPerYear, claimed_to_date: Euros) -> Euros:
    """Budget that is left in the year."""
    return budget_of_year - claimed_to_date


@rule(
    nl="Terugbetaling volgens de tabel",
    formula_nl="studiekosten met terugbetaling × percentage naar maanden",
    formula_en="training costs to repay × share by months",
    source=SOURCE,
    rounds=HALF_UP,
)
def by_table(training_costs_to_repay: Euros, months_since_training: Count, repayment_table: Part) -> Euros:
    """Repayment by the table of the scheme."""
    # A table that is left out is no table; its form is not chosen then and this is never read.
    found = repayment_table
    if repayment_table.size:
        found = look_up(repayment_table, lowest(months_since_training, LAST_ENTRY))
    return training_costs_to_repay * found


@rule(
    nl="Terugbetaling die per maand afloopt",
    formula_nl="studiekosten met terugbetaling × resterende maanden ÷ maanden",
    formula_en="training costs to repay × months that remain ÷ months",
    source=SOURCE,
    rounds=HALF_UP,
)
def by_month(training_costs_to_repay: Euros, months_since_training: Count, repayment_months: Months) -> Euros:
    """Repayment that runs off by the month."""
    remaining = not_below_zero(repayment_months - months_since_training)
    # Left out, it is nought; its form is not chosen then and this is never read.
    return training_costs_to_repay * remaining / highest(repayment_months, 1)


@rule(
    nl="Terug te betalen bij vertrek",
    formula_nl="volgens de tabel of per maand aflopend, zoals de regeling het zegt; nul bij verplichte scholing",
    formula_en="by the table or running off by the month, as the scheme says; zero for mandatory training",
    source=MANDATORY,
)
def to_repay(repayment_form: Choice, by_table: Euros, by_month: Euros, training_is_mandatory: YesNo) -> Euros:
    """What is repaid on leaving now."""
    by_form = choose(says(repayment_form, "table"), by_table, by_month)
    agreed = choose(training_is_mandatory, 0, by_form)
    return choose(says(repayment_form, "never"), 0, agreed)
