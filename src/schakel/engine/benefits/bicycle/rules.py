"""Bicycle: a share of the list price a year is wage in kind, less what the employee pays."""

from schakel.engine.exact import Count, Euros, Share, not_below_zero
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 13ter; docs/calculations/bicycle.md"


@rule(
    nl="Bijtelling fiets in het loontijdvak voor de eigen bijdrage",
    formula_nl="adviesprijs × percentage ÷ loontijdvakken per jaar",
    formula_en="list price × rate ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def bicycle_addition_of_period(
    bicycle_list_price: Euros, addition_rate: Share, wage_periods_per_year: Count
) -> Euros:
    """Addition of the wage period before the own contribution."""
    return bicycle_list_price * addition_rate / wage_periods_per_year


@rule(
    nl="Bijtelling fiets in het loontijdvak",
    formula_nl="bijtelling − eigen bijdrage, ten minste nul",
    formula_en="addition − own contribution, at least zero",
    source=SOURCE,
)
def bicycle_addition(bicycle_addition_of_period: Euros, own_payment: Euros) -> Euros:
    """Wage in kind of the wage period."""
    return not_below_zero(bicycle_addition_of_period - own_payment)
