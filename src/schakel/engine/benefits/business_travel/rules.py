"""Business travel: a premium for each travel day, by class and area; settled on the days of the year so far."""

from schakel.engine.exact import (
    Count,
    Days,
    Euros,
    EurosPerYear,
    Part,
    choose,
    highest,
    is_given,
    look_up,
    lowest,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden zakenreis; docs/calculations/business_travel.md"


@rule(
    nl="Premie over de reisdagen van het jaar tot nu toe",
    formula_nl="(dagen Europa × tarief + dagen wereld × tarief) × (1 + opslag voor modules)",
    formula_en="(days in Europe × rate + days in the world × rate) × (1 + surcharge for modules)",
    source=SOURCE,
    rounds=HALF_UP,
)
def premium_of_days(  # noqa: PLR0917 - a rule reads what it reads
    travel_days_europe_to_date: Days,
    travel_days_world_to_date: Days,
    europe_rates: Euros,
    world_rates: Euros,
    employee_class: Count,
    module_rate: Part,
    longest_trip: Days,
    wage_periods_to_date: Count,
) -> Euros:
    """Premium over the travel days of the year so far; no more days than are insured."""
    most = longest_trip * wage_periods_to_date
    europe = lowest(travel_days_europe_to_date, most) * look_up(europe_rates, employee_class)
    world = lowest(travel_days_world_to_date, most) * look_up(world_rates, employee_class)
    return (europe + world) * (1 + module_rate)


@rule(
    nl="Premie van het jaar tot nu toe",
    formula_nl="premie over de reisdagen, ten minste de minimumpremie van het jaar",
    formula_en="premium over the travel days, at least the minimum premium of the year",
    source=SOURCE,
)
def travel_premium_to_date(premium_of_days: Euros, yearly_minimum: EurosPerYear) -> Euros:
    """Premium of the year so far."""
    return choose(is_given(yearly_minimum), highest(premium_of_days, yearly_minimum), premium_of_days)
