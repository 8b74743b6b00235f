"""Bicycle: a share of the list price a year is wage in kind, less what the employee pays."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    FineEurosPerYear,
    Share,
    choose,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 13ter; docs/calculations/bicycle.md"


@rule(
    nl="Bijtelling fiets per jaar",
    formula_nl="adviesprijs × percentage",
    formula_en="list price × rate",
    source=SOURCE,
)
def bicycle_addition_per_year(bicycle_list_price: Euros, addition_rate: Share) -> FineEurosPerYear:
    """Addition a year before the own contribution, unrounded."""
    return bicycle_list_price * addition_rate


@rule(
    nl="Bijtelling fiets in het loontijdvak voor de eigen bijdrage",
    formula_nl="bijtelling per jaar ÷ loontijdvakken per jaar, naar de dagen in dienst",
    formula_en="addition a year ÷ wage periods a year, by the days in service",
    source=SOURCE,
    rounds=HALF_UP,
)
def bicycle_addition_of_period(
    bicycle_addition_per_year: FineEurosPerYear,
    wage_periods_per_year: Count,
    days_in_service: Count,
    days_in_period: Count,
    part_of_period: Choice,
) -> Euros:
    """Addition of the wage period before the own contribution."""
    is_by_days = says(part_of_period, "by_days")
    days, of_days = choose(is_by_days, days_in_service, 1), choose(is_by_days, days_in_period, 1)
    return bicycle_addition_per_year * days / (wage_periods_per_year * of_days)


@rule(
    nl="Bijtelling fiets in het loontijdvak",
    formula_nl="bijtelling − eigen bijdrage, ten minste nul",
    formula_en="addition − own contribution, at least zero",
    source=SOURCE,
)
def bicycle_addition(
    bicycle_addition_of_period: Euros, own_payment: Euros, own_payment_counts: Choice
) -> Euros:
    """Wage in kind of the wage period."""
    paid = choose(says(own_payment_counts, "deducted"), own_payment, 0)
    return not_below_zero(bicycle_addition_of_period - paid)
