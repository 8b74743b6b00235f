"""Voluntary extra contribution: what the employee wishes, as far as the fiscal room of the year allows."""

from schakel.engine.exact import (
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Share,
    YesNo,
    choose,
    lowest,
    not_below_zero,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 18a; docs/calculations/voluntary_pension.md"


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
    highest_rate: Share,
    regular_rate: Share,
    unused_pension_room: Euros,
    uses_unused_room: YesNo,
) -> EurosPerYear:
    """Fiscal room of the year."""
    of_this_year = pension_base * not_below_zero(highest_rate - regular_rate)
    return of_this_year + choose(uses_unused_room, unused_pension_room, 0)


@rule(
    nl="Vrijwillige inleg per jaar",
    formula_nl="laagste van de gewenste inleg per jaar en de fiscale ruimte",
    formula_en="lowest of the wish a year and the fiscal room",
    source=SOURCE,
)
def extra_contribution_per_year(voluntary_contribution: Euros, fiscal_room: EurosPerYear) -> FineEurosPerYear:
    """Voluntary contribution a year that is allowed."""
    return lowest(voluntary_contribution, fiscal_room)


@rule(
    nl="Wat niet kan",
    formula_nl="gewenste inleg per jaar − fiscale ruimte, ten minste nul",
    formula_en="wish a year − fiscal room, at least zero",
    source=SOURCE,
)
def refused_contribution(voluntary_contribution: Euros, fiscal_room: EurosPerYear) -> EurosPerYear:
    """What does not fit in the room."""
    return not_below_zero(voluntary_contribution - fiscal_room)
