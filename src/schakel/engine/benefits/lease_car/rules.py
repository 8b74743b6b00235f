"""Lease car: a share of the list price is wage in kind, less what the employee pays, not below zero."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Months,
    Share,
    YesNo,
    choose,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 13bis; docs/calculations/lease_car.md"


@rule(
    nl="Bijtelling per jaar voor de eigen bijdrage",
    formula_nl="zonder uitstoot: deel tot de grens × laag percentage + de rest × gewoon percentage; "
    "oude auto × hoog percentage; anders catalogusprijs × gewoon percentage; alleen bij privégebruik",
    formula_en="zero emission: part up to the limit × low rate + the rest × standard rate; old car × high rate; "
    "otherwise list price × standard rate; only with private use",
    source=SOURCE,
)
def addition_before_payment(  # noqa: PLR0917 - a rule reads what it reads
    car_list_price: Euros,
    car_is_zero_emission: YesNo,
    car_is_private: YesNo,
    car_age_months: Count,
    zero_emission_limit: EurosPerYear,
    rate_up_to_limit: Share,
    standard_rate: Share,
    old_car_rate: Share,
    old_car_months: Months,
) -> FineEurosPerYear:
    """Addition a year before the own contribution, unrounded."""
    up_to = lowest(car_list_price, zero_emission_limit)
    clean = up_to * rate_up_to_limit + not_below_zero(car_list_price - zero_emission_limit) * standard_rate
    usual = choose(car_is_zero_emission, clean, car_list_price * standard_rate)
    found = choose(car_age_months >= old_car_months, car_list_price * old_car_rate, usual)
    return choose(car_is_private, found, 0)


@rule(
    nl="Percentage tot de grens",
    formula_nl="het percentage van de eerste toelating, zolang dat vaststaat; daarna dat van later",
    formula_en="the rate of the first registration as long as it is fixed; after that the later one",
    source=SOURCE,
)
def rate_up_to_limit(
    zero_emission_rate: Share, rate_after: Share, car_age_months: Count, fixed_months: Months
) -> Share:
    """Rate up to the limit for a zero-emission car."""
    return choose(car_age_months < fixed_months, zero_emission_rate, rate_after)


@rule(
    nl="Bijtelling in het loontijdvak voor de eigen bijdrage",
    formula_nl="bijtelling per jaar ÷ loontijdvakken per jaar",
    formula_en="addition a year ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def addition_of_period(addition_before_payment: FineEurosPerYear, wage_periods_per_year: Count) -> Euros:
    """Addition of the wage period before the own contribution."""
    return addition_before_payment / wage_periods_per_year


@rule(
    nl="Bijtelling in het loontijdvak",
    formula_nl="bijtelling − eigen bijdrage, ten minste nul",
    formula_en="addition − own contribution, at least zero",
    source=SOURCE,
)
def car_addition(addition_of_period: Euros, own_payment: Euros, own_payment_counts: Choice) -> Euros:
    """Wage in kind of the wage period."""
    return not_below_zero(addition_of_period - choose(says(own_payment_counts, "deducted"), own_payment, 0))
