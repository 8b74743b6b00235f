"""Leave hours bought from pay and sold for gross wage, at the hourly wage; the statutory hours are never sold."""

from schakel.engine.exact import (
    Choice,
    Euros,
    EurosPerHour,
    EurosPerYear,
    Hours,
    Share,
    choose,
    is_given,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

SOURCE = "personeelsregeling; docs/calculations/leave_days.md"
STATUTORY = "BW 7:634 lid 1 en 7:640 (wettelijke vakantiedagen); docs/calculations/leave_days.md"
STATUTORY_WEEKS = 4  #: four times the hours of a week


@rule(
    nl="Uurloon",
    formula_nl="voltijdjaarsalaris met toeslagen × (1 + opslag) ÷ (52 × voltijduren per week), afgerond zoals de "
    "regeling het zegt",
    formula_en="full-time wage with allowances × (1 + surcharge) ÷ (52 × full-time hours a week), rounded as the "
    "scheme says",
    source=SOURCE,
    rounds=HALF_UP,
)
def hourly_wage(
    full_time_wage_per_year: EurosPerYear,
    full_time_hours: Hours,
    surcharge_rate: Share,
    hourly_wage_rounding: Choice,
) -> EurosPerHour:
    """Wage by the hour."""
    with_surcharge = full_time_wage_per_year * (1 + surcharge_rate)
    return rounded_to(with_surcharge / (full_time_hours * 52), hourly_wage_rounding)


@rule(
    nl="Gekochte uren",
    formula_nl="laagste van gekochte uren, het maximum per loontijdvak en wat er van het maximum per jaar over is",
    formula_en="lowest of hours bought, the maximum of a wage period and what is left of the maximum of the year",
    source=SOURCE,
)
def hours_bought(
    leave_hours_bought: Hours,
    most_bought: Hours,
    most_bought_in_year: Hours,
    leave_hours_bought_to_date: Hours,
) -> Hours:
    """Hours bought that count."""
    in_period = lowest(leave_hours_bought, most_bought)
    left = not_below_zero(
        most_bought_in_year - not_below_zero(leave_hours_bought_to_date - leave_hours_bought)
    )
    return choose(is_given(most_bought_in_year), lowest(in_period, left), in_period)


@rule(
    nl="Bovenwettelijke verlofuren per jaar",
    formula_nl="verlofuren per jaar × deeltijdfactor − 4 × uren per week, ten minste nul",
    formula_en="leave hours a year × part-time factor − 4 × hours a week, at least zero",
    source=STATUTORY,
    rounds=HALF_UP,
)
def hours_above_the_law(leave_hours_per_year: Hours, part_time_factor: Share, hours_per_week: Hours) -> Hours:
    """Leave hours a year above the law, which may be sold."""
    return not_below_zero(leave_hours_per_year * part_time_factor - hours_per_week * STATUTORY_WEEKS)


@rule(
    nl="Verkochte uren",
    formula_nl="laagste van verkochte uren, het maximum per loontijdvak en wat er van de bovenwettelijke uren over is",
    formula_en="lowest of hours sold, the maximum of a wage period and what is left of the hours above the law",
    source=STATUTORY,
)
def hours_sold(
    leave_hours_sold: Hours,
    most_sold: Hours,
    leave_hours_per_year: Hours,
    hours_above_the_law: Hours,
    leave_hours_sold_to_date: Hours,
) -> Hours:
    """Hours sold that count."""
    in_period = lowest(leave_hours_sold, most_sold)
    left = not_below_zero(hours_above_the_law - not_below_zero(leave_hours_sold_to_date - leave_hours_sold))
    return choose(is_given(leave_hours_per_year), lowest(in_period, left), in_period)


@rule(
    nl="Prijs van gekocht verlof",
    formula_nl="gekochte uren × uurloon",
    formula_en="hours bought × hourly wage",
    source=SOURCE,
    rounds=HALF_UP,
)
def price_of_bought(hours_bought: Hours, hourly_wage: EurosPerHour) -> Euros:
    """What bought leave costs in the wage period."""
    return hours_bought * hourly_wage


@rule(
    nl="Gekocht verlof uit het brutoloon",
    formula_nl="prijs van gekocht verlof, als dat uit het brutoloon wordt betaald",
    formula_en="price of bought leave, where that is paid from gross wage",
    source=SOURCE,
)
def price_bought(price_of_bought: Euros, bought_from: Choice) -> Euros:
    """Bought leave from gross wage."""
    return choose(says(bought_from, "gross"), price_of_bought, 0)


@rule(
    nl="Gekocht verlof uit het nettoloon",
    formula_nl="prijs van gekocht verlof, als dat uit het nettoloon wordt betaald",
    formula_en="price of bought leave, where that is paid from net wage",
    source=SOURCE,
)
def price_bought_net(price_of_bought: Euros, bought_from: Choice) -> Euros:
    """Bought leave from net wage."""
    return choose(says(bought_from, "net"), price_of_bought, 0)


@rule(
    nl="Opbrengst van verkocht verlof",
    formula_nl="verkochte uren × uurloon",
    formula_en="hours sold × hourly wage",
    source=SOURCE,
    rounds=HALF_UP,
)
def price_sold(hours_sold: Hours, hourly_wage: EurosPerHour) -> Euros:
    """What sold leave brings in the wage period, taxed."""
    return hours_sold * hourly_wage
