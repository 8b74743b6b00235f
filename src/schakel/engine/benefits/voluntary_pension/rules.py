"""Voluntary extra contribution: what the employee wishes, as far as the fiscal room of the year allows."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Share,
    YesNo,
    choose,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 18a; docs/calculations/voluntary_pension.md"


@rule(
    nl="Hoogste premiepercentage",
    formula_nl="fiscaal hoogste percentage, of uit de fiscale staffel bij de leeftijd",
    formula_en="highest rate the law allows, or from the fiscal scale at the age",
    source="Wet LB 1964 art. 18a en 38r; docs/calculations/voluntary_pension.md",
)
def highest_allowed_rate(
    room_form: Choice, highest_rate: Share, highest_scale: Share, age_years: Count
) -> Share:
    """Highest rate that is allowed at this age."""
    at_age = look_up(highest_scale, age_years) if highest_scale.size else highest_scale
    return choose(says(room_form, "flat"), highest_rate, at_age)


@rule(
    nl="Premiepercentage van de regeling",
    formula_nl="vlak percentage, of uit de staffel bij de leeftijd",
    formula_en="flat rate, or from the scale at the age",
    source="pensioenreglement; docs/calculations/voluntary_pension.md",
)
def rate_of_the_scheme(
    room_form: Choice, regular_rate: Share, regular_scale: Share, age_years: Count
) -> Share:
    """Rate the scheme contributes at this age."""
    at_age = look_up(regular_scale, age_years) if regular_scale.size else regular_scale
    return choose(says(room_form, "flat"), regular_rate, at_age)


@rule(
    nl="Fiscale ruimte in het jaar",
    formula_nl="pensioengrondslag × (hoogste percentage − percentage van de regeling, ten minste nul) "
    "+ onbenutte ruimte, als die meetelt",
    formula_en="pension base × (highest rate − rate of the scheme, at least zero) + unused room, if it counts",
    source=SOURCE,
    rounds=HALF_UP,
)
def fiscal_room(
    pension_base: EurosPerYear,
    highest_allowed_rate: Share,
    rate_of_the_scheme: Share,
    unused_pension_room: Euros,
    uses_unused_room: YesNo,
) -> EurosPerYear:
    """Fiscal room of the year."""
    of_this_year = pension_base * not_below_zero(highest_allowed_rate - rate_of_the_scheme)
    return of_this_year + choose(uses_unused_room, unused_pension_room, 0)


@rule(
    nl="Gewenste inleg per jaar",
    formula_nl="vrijwillige inleg; × loontijdvakken per jaar als die per loontijdvak is",
    formula_en="voluntary contribution; × wage periods in a year if it is for a wage period",
    source="docs/calculations/voluntary_pension.md",
)
def wish_per_year(
    wish_is: Choice, voluntary_contribution: Euros, wage_periods_per_year: Count
) -> EurosPerYear:
    """What the employee wishes to add a year."""
    return choose(
        says(wish_is, "a_year"), voluntary_contribution, voluntary_contribution * wage_periods_per_year
    )


@rule(
    nl="Vrijwillige inleg per jaar",
    formula_nl="laagste van de gewenste inleg per jaar en de fiscale ruimte",
    formula_en="lowest of the wish a year and the fiscal room",
    source=SOURCE,
)
def extra_contribution_per_year(wish_per_year: EurosPerYear, fiscal_room: EurosPerYear) -> FineEurosPerYear:
    """Voluntary contribution a year that is allowed."""
    return lowest(wish_per_year, fiscal_room)


@rule(
    nl="Wat niet kan",
    formula_nl="gewenste inleg per jaar − fiscale ruimte, ten minste nul",
    formula_en="wish a year − fiscal room, at least zero",
    source=SOURCE,
)
def refused_contribution(wish_per_year: EurosPerYear, fiscal_room: EurosPerYear) -> EurosPerYear:
    """What does not fit in the room."""
    return not_below_zero(wish_per_year - fiscal_room)
