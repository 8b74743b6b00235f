"""Pension over what was paid and worked in the wage period: wage less hours times a franchise by the hour.

For linear pay it comes to the same as the yearly form; sector funds use it for four-weekly pay and calls to work.
"""

from schakel.engine.exact import (
    Choice,
    Count,
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

SOURCE = "pensioenreglement van het fonds; docs/calculations/hourly_pension.md"


@rule(
    nl="Franchise per uur",
    formula_nl="uit het reglement, of franchise ÷ (52 × voltijduren); nul zonder franchise",
    formula_en="from the regulation, or franchise ÷ (52 × full-time hours); zero without one",
    source=SOURCE,
    rounds=HALF_UP,
)
def franchise_by_hour(
    franchise_form: Choice,
    hourly_franchise: EurosPerHour,
    franchise_from_year: EurosPerHour,
) -> EurosPerHour:
    """Franchise by the hour."""
    with_franchise = choose(says(franchise_form, "by_hour"), hourly_franchise, franchise_from_year)
    return choose(says(franchise_form, "without"), 0, with_franchise)


@rule(
    nl="Franchise per uur uit de jaarfranchise",
    formula_nl="franchise ÷ (52 × voltijduren per week), afgerond zoals het fonds het zegt",
    formula_en="franchise ÷ (52 × full-time hours a week), rounded as the fund says",
    source=SOURCE,
    rounds=HALF_UP,
)
def franchise_from_year(
    franchise: EurosPerYear, full_time_hours: Hours, hourly_franchise_rounding: Choice
) -> EurosPerHour:
    """Franchise by the hour from that of the year."""
    return rounded_to(franchise / (full_time_hours * 52), hourly_franchise_rounding)


@rule(
    nl="Pensioengevend loon in het loontijdvak",
    formula_nl="loon × (1 + vakantietoeslag); ten hoogste uren × maximumloon per uur, als dat er is",
    formula_en="wage × (1 + holiday allowance); at most hours × highest wage by the hour, if there is one",
    source=SOURCE,
    rounds=HALF_UP,
)
def pensionable_wage_in_period(
    wage_in_period: Euros,
    hours_in_period: Hours,
    holiday_allowance_rate: Share,
    hourly_wage_cap: EurosPerHour,
) -> Euros:
    """Pensionable wage of the wage period."""
    counted = wage_in_period * (1 + holiday_allowance_rate)
    return choose(is_given(hourly_wage_cap), lowest(counted, hours_in_period * hourly_wage_cap), counted)


@rule(
    nl="Pensioengrondslag in het loontijdvak",
    formula_nl="pensioengevend loon (ten hoogste het maximum van het loontijdvak) − uren × franchise per uur",
    formula_en="pensionable wage (at most the cap of the wage period) − hours × franchise by the hour",
    source=SOURCE,
    rounds=HALF_UP,
)
def base_in_period(  # noqa: PLR0917 - a rule reads what it reads
    pensionable_wage_in_period: Euros,
    hours_in_period: Hours,
    franchise_by_hour: EurosPerHour,
    yearly_cap: EurosPerYear,
    cap_in_period: Euros,
    base_rounding: Choice,
) -> Euros:
    """Base of the wage period (pensioengrondslag), not below zero."""
    wage = choose(
        is_given(yearly_cap), lowest(pensionable_wage_in_period, cap_in_period), pensionable_wage_in_period
    )
    return rounded_to(not_below_zero(wage - hours_in_period * franchise_by_hour), base_rounding)


@rule(
    nl="Maximum van het loontijdvak",
    formula_nl="maximum per jaar ÷ loontijdvakken per jaar",
    formula_en="cap a year ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def cap_in_period(yearly_cap: EurosPerYear, wage_periods_per_year: Count) -> Euros:
    """Cap of the wage period."""
    return yearly_cap / wage_periods_per_year


@rule(
    nl="Premie in het loontijdvak",
    formula_nl="grondslag × premiepercentage",
    formula_en="base × contribution rate",
    source=SOURCE,
    rounds=HALF_UP,
)
def contribution_in_period(base_in_period: Euros, contribution_rate: Share) -> Euros:
    """Contribution of the wage period."""
    return base_in_period * contribution_rate


@rule(
    nl="Werknemersdeel in het loontijdvak",
    formula_nl="grondslag × werknemerspercentage, ten hoogste de premie",
    formula_en="base × employee rate, at most the contribution",
    source=SOURCE,
    rounds=HALF_UP,
)
def employee_contribution_in_period(
    base_in_period: Euros, employee_rate: Share, contribution_in_period: Euros
) -> Euros:
    """Employee's part of the wage period."""
    return lowest(base_in_period * employee_rate, contribution_in_period)
