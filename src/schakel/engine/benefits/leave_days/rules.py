"""Leave hours bought from and sold for gross wage, at the hourly wage; the statutory hours are never sold."""

from schakel.engine.exact import Choice, Euros, EurosPerHour, EurosPerYear, Hours, lowest
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

SOURCE = "BW 7:640 (wettelijke vakantiedagen); personeelsregeling; docs/calculations/leave_days.md"


@rule(
    nl="Uurloon",
    formula_nl="voltijdjaarsalaris met toeslagen ÷ (52 × voltijduren per week), afgerond zoals de regeling het zegt",
    formula_en="full-time wage with allowances ÷ (52 × full-time hours a week), rounded as the scheme says",
    source=SOURCE,
    rounds=HALF_UP,
)
def hourly_wage(
    full_time_wage_per_year: EurosPerYear, full_time_hours: Hours, hourly_wage_rounding: Choice
) -> EurosPerHour:
    """Wage by the hour."""
    return rounded_to(full_time_wage_per_year / (full_time_hours * 52), hourly_wage_rounding)


@rule(
    nl="Prijs van gekocht verlof",
    formula_nl="laagste van gekochte uren en het maximum × uurloon",
    formula_en="lowest of hours bought and the maximum × hourly wage",
    source=SOURCE,
    rounds=HALF_UP,
)
def price_bought(leave_hours_bought: Hours, most_bought: Hours, hourly_wage: EurosPerHour) -> Euros:
    """What bought leave costs in the wage period, from gross wage."""
    return lowest(leave_hours_bought, most_bought) * hourly_wage


@rule(
    nl="Opbrengst van verkocht verlof",
    formula_nl="laagste van verkochte uren en het maximum × uurloon",
    formula_en="lowest of hours sold and the maximum × hourly wage",
    source=SOURCE,
    rounds=HALF_UP,
)
def price_sold(leave_hours_sold: Hours, most_sold: Hours, hourly_wage: EurosPerHour) -> Euros:
    """What sold leave brings in the wage period, taxed."""
    return lowest(leave_hours_sold, most_sold) * hourly_wage
