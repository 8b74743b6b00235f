"""Lease car: a share of the list price is wage in kind, less what the employee pays, not below zero.

Rate and limit of a zero-emission car are those of the year of first registration, for sixty months from the month
after it; then those of the year itself. Of a car above the age limit payroll states the market value as its price.
"""

from datetime import date

from schakel.engine.exact import (
    Choice,
    Count,
    Date,
    Euros,
    FineEurosPerYear,
    Months,
    Share,
    YesNo,
    choose,
    is_given,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 13bis; docs/calculations/lease_car.md"
NEW_RATES = date(2017, 1, 1).toordinal()  #: cars registered before it keep the rate of then
OLD_BEFORE_2026 = 180  #: fifteen years: unverified
OLD_FROM_2026 = 192  #: sixteen years


@rule(
    nl="Ook voor privégebruik",
    formula_nl="volgens de salarisadministratie",
    formula_en="by payroll",
    source=SOURCE,
)
def is_also_private(car_is_private: YesNo) -> YesNo:
    """Also for private use."""
    return car_is_private


@rule(
    nl="Percentage is bekend",
    formula_nl="toegelaten vanaf 2017, of zonder uitstoot, of de vaste maanden zijn voorbij: voordien hing het "
    "percentage af van de uitstoot",
    formula_en="registered from 2017 on, or zero emission, or the fixed months are over: before that the rate "
    "depended on the emission",
    source=SOURCE,
)
def rate_is_known(is_of_before_2017: YesNo, car_is_zero_emission: YesNo, rate_is_fixed: YesNo) -> YesNo:
    """A rate is known."""
    return ~is_of_before_2017 | car_is_zero_emission | ~rate_is_fixed


@rule(
    nl="Toegelaten voor 2017",
    formula_nl="datum eerste toelating < 1 januari 2017",
    formula_en="first registration < 1 January 2017",
    source=SOURCE,
)
def is_of_before_2017(car_registered_on: Date) -> YesNo:
    """First registered before 2017."""
    return car_registered_on < NEW_RATES


@rule(
    nl="Percentage staat nog vast",
    formula_nl="kalendermaanden na de maand van eerste toelating ≤ vaste maanden",
    formula_en="calendar months after the month of first registration ≤ fixed months",
    source=SOURCE,
)
def rate_is_fixed(car_calendar_months: Count, fixed_months: Months) -> YesNo:
    """The rate of the first registration still holds."""
    return car_calendar_months <= fixed_months


@rule(
    nl="Oud vanaf",
    formula_nl="zoals gesteld; anders 15 jaar tot en met 2025 en 16 jaar vanaf 2026, in maanden",
    formula_en="as stated; otherwise 15 years up to and with 2025 and 16 years from 2026 on, in months",
    source=SOURCE,
)
def old_car_limit(old_car_months: Months, calendar_year: Count) -> Count:
    """Age in months from which a car is old."""
    of_the_law = choose(calendar_year < 2026, OLD_BEFORE_2026, OLD_FROM_2026)
    return choose(is_given(old_car_months), old_car_months, of_the_law)


@rule(
    nl="Gewoon percentage",
    formula_nl="van een auto van voor 2017 dat van toen, anders het gewone",
    formula_en="of a car of before 2017 that of then, otherwise the standard one",
    source=SOURCE,
)
def usual_rate(is_of_before_2017: YesNo, rate_before_2017: Share, standard_rate: Share) -> Share:
    """Rate without a discount."""
    return choose(is_of_before_2017, rate_before_2017, standard_rate)


@rule(
    nl="Percentage van de eerste toelating",
    formula_nl="zoals gesteld; anders dat van het jaar van eerste toelating",
    formula_en="as stated; otherwise that of the year of first registration",
    source=SOURCE,
)
def rate_of_registration(
    zero_emission_rate: Share, registration_rates: Share, car_registered_year: Count
) -> Share:
    """Rate of the first registration, for a zero-emission car."""
    of_the_year = look_up(registration_rates, car_registered_year)
    return choose(is_given(zero_emission_rate), zero_emission_rate, of_the_year)


@rule(
    nl="Grens van de eerste toelating",
    formula_nl="zoals gesteld; anders die van het jaar van eerste toelating",
    formula_en="as stated; otherwise that of the year of first registration",
    source=SOURCE,
)
def limit_of_registration(
    zero_emission_limit: Euros, registration_limits: Euros, car_registered_year: Count
) -> Euros:
    """Limit of the first registration, for a zero-emission car."""
    of_the_year = look_up(registration_limits, car_registered_year)
    return choose(is_given(zero_emission_limit), zero_emission_limit, of_the_year)


@rule(
    nl="Percentage tot de grens",
    formula_nl="zolang het vaststaat dat van de eerste toelating; daarna het gewone percentage van de auto "
    "− de korting van nu (gewoon percentage − percentage zonder uitstoot)",
    formula_en="as long as it is fixed that of the first registration; after that the usual rate of the car "
    "− the discount of now (standard rate − zero-emission rate)",
    source=SOURCE,
)
def rate_up_to_limit(
    rate_is_fixed: YesNo,
    rate_of_registration: Share,
    usual_rate: Share,
    standard_rate: Share,
    rate_after: Share,
) -> Share:
    """Rate up to the limit for a zero-emission car."""
    later = not_below_zero(usual_rate - not_below_zero(standard_rate - rate_after))
    return choose(rate_is_fixed, rate_of_registration, later)


@rule(
    nl="Grens",
    formula_nl="zolang het percentage vaststaat die van de eerste toelating; daarna die van nu",
    formula_en="as long as the rate is fixed that of the first registration; after that the one of now",
    source=SOURCE,
)
def limit_that_holds(rate_is_fixed: YesNo, limit_of_registration: Euros, limit_after: Euros) -> Euros:
    """Limit of the low rate for a zero-emission car."""
    return choose(rate_is_fixed, limit_of_registration, limit_after)


@rule(
    nl="Bijtelling per jaar voor de eigen bijdrage",
    formula_nl="zonder uitstoot: deel tot de grens × laag percentage + de rest × gewoon percentage; "
    "oude auto × hoog percentage; anders catalogusprijs × gewoon percentage",
    formula_en="zero emission: part up to the limit × low rate + the rest × usual rate; old car × high rate; "
    "otherwise list price × usual rate",
    source=SOURCE,
)
def addition_before_payment(  # noqa: PLR0917 - a rule reads what it reads
    car_list_price: Euros,
    car_is_zero_emission: YesNo,
    car_age_months: Count,
    limit_that_holds: Euros,
    rate_up_to_limit: Share,
    usual_rate: Share,
    old_car_rate: Share,
    old_car_limit: Count,
) -> FineEurosPerYear:
    """Addition a year before the own contribution, unrounded."""
    up_to = lowest(car_list_price, limit_that_holds)
    clean = up_to * rate_up_to_limit + not_below_zero(car_list_price - limit_that_holds) * usual_rate
    usual = choose(car_is_zero_emission, clean, car_list_price * usual_rate)
    return choose(car_age_months >= old_car_limit, car_list_price * old_car_rate, usual)


@rule(
    nl="Bijtelling in het loontijdvak voor de eigen bijdrage",
    formula_nl="bijtelling per jaar ÷ loontijdvakken per jaar, naar de dagen in dienst",
    formula_en="addition a year ÷ wage periods a year, by the days in service",
    source=SOURCE,
    rounds=HALF_UP,
)
def addition_of_period(
    addition_before_payment: FineEurosPerYear,
    wage_periods_per_year: Count,
    days_in_service: Count,
    days_in_period: Count,
    part_of_period: Choice,
) -> Euros:
    """Addition of the wage period before the own contribution."""
    is_by_days = says(part_of_period, "by_days")
    days, of_days = choose(is_by_days, days_in_service, 1), choose(is_by_days, days_in_period, 1)
    return addition_before_payment * days / (wage_periods_per_year * of_days)


@rule(
    nl="Bijtelling in het loontijdvak",
    formula_nl="bijtelling − eigen bijdrage, ten minste nul",
    formula_en="addition − own contribution, at least zero",
    source=SOURCE,
)
def car_addition(addition_of_period: Euros, own_payment: Euros, own_payment_counts: Choice) -> Euros:
    """Wage in kind of the wage period."""
    return not_below_zero(addition_of_period - choose(says(own_payment_counts, "deducted"), own_payment, 0))
