"""Individual choice budget: built up over the wage of each period and spent; what is left at the end is paid out."""

from schakel.engine.exact import Count, Euros, EurosPerYear, Share, choose, lowest
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "cao of personeelsregeling; docs/calculations/choice_budget.md"


@rule(
    nl="Opgebouwd in het jaar tot nu toe",
    formula_nl="loon tot nu toe × percentage + vast budget × loontijdvakken tot nu toe ÷ loontijdvakken per jaar",
    formula_en="wage so far × rate + fixed budget × wage periods so far ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def built_up_to_date(wage_in_period_to_date: Euros, budget_rate: Share, fixed_budget_to_date: Euros) -> Euros:
    """Budget built up in the year so far."""
    return wage_in_period_to_date * budget_rate + fixed_budget_to_date


@rule(
    nl="Vast budget tot nu toe",
    formula_nl="vast budget × loontijdvakken tot nu toe ÷ loontijdvakken per jaar, ten hoogste het vaste budget",
    formula_en="fixed budget × wage periods so far ÷ wage periods a year, at most the fixed budget",
    source=SOURCE,
    rounds=HALF_UP,
)
def fixed_budget_to_date(
    fixed_budget: EurosPerYear, wage_periods_to_date: Count, wage_periods_per_year: Count
) -> Euros:
    """Fixed budget of the year so far."""
    return fixed_budget * lowest(wage_periods_to_date, wage_periods_per_year) / wage_periods_per_year


@rule(
    nl="Besteed in het jaar tot nu toe",
    formula_nl="laagste van besteed en opgebouwd tot nu toe",
    formula_en="lowest of spent and built up so far",
    source=SOURCE,
)
def spent_to_date(choice_budget_spent_to_date: Euros, built_up_to_date: Euros) -> Euros:
    """Spent in the year so far, never more than was built up."""
    return lowest(choice_budget_spent_to_date, built_up_to_date)


@rule(
    nl="Opgebouwd en niet besteed",
    formula_nl="opgebouwd − besteed",
    formula_en="built up − spent",
    source=SOURCE,
)
def unspent_to_date(built_up_to_date: Euros, spent_to_date: Euros) -> Euros:
    """Built up in the year so far and not spent."""
    return built_up_to_date - spent_to_date


@rule(
    nl="Uitbetaald aan het eind van het jaar",
    formula_nl="opgebouwd en niet besteed, in het laatste loontijdvak van het jaar",
    formula_en="built up and not spent, in the last wage period of the year",
    source=SOURCE,
)
def paid_out(unspent_to_date: Euros, wage_period_number: Count, wage_periods_in_year: Count) -> Euros:
    """Paid out in the last wage period of the year, of 53 weeks the last week."""
    return choose(wage_period_number >= wage_periods_in_year, unspent_to_date, 0)


@rule(
    nl="Budget dat over is",
    formula_nl="opgebouwd − besteed − uitbetaald",
    formula_en="built up − spent − paid out",
    source=SOURCE,
)
def choice_budget_left(unspent_to_date: Euros, paid_out: Euros) -> Euros:
    """Budget that is left."""
    return unspent_to_date - paid_out
