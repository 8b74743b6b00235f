"""Work-related costs: a share of the wage sum is free; above it the employer pays a final levy."""

from schakel.engine.exact import Euros, EurosPerYear, Share, lowest, not_below_zero
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 31a lid 3 en art. 31 lid 1 onderdeel f; docs/calculations/wkr_budget.md"


@rule(
    nl="Vrije ruimte",
    formula_nl="loonsom tot de grens × laag percentage + loonsom daarboven × hoog percentage",
    formula_en="wage sum up to the limit × low rate + wage sum above it × high rate",
    source=SOURCE,
    rounds=HALF_UP,
)
def free_space(
    wage_sum_per_year: Euros, limit: EurosPerYear, low_rate: Share, high_rate: Share
) -> EurosPerYear:
    """Free space of the year."""
    return lowest(wage_sum_per_year, limit) * low_rate + not_below_zero(wage_sum_per_year - limit) * high_rate


@rule(
    nl="Gebruikte vrije ruimte",
    formula_nl="wat in de vrije ruimte is aangewezen, volgens de administratie",
    formula_en="what was put in the free space, by the books",
    source=SOURCE,
)
def used(wkr_used: Euros) -> Euros:
    """Put in the free space in the year."""
    return wkr_used


@rule(
    nl="Vrije ruimte die over is",
    formula_nl="vrije ruimte − gebruikt, ten minste nul",
    formula_en="free space − used, at least zero",
    source=SOURCE,
)
def space_left(free_space: EurosPerYear, wkr_used: Euros) -> EurosPerYear:
    """Free space that is left."""
    return not_below_zero(free_space - wkr_used)


@rule(
    nl="Boven de vrije ruimte",
    formula_nl="gebruikt − vrije ruimte, ten minste nul",
    formula_en="used − free space, at least zero",
    source=SOURCE,
)
def above_space(wkr_used: Euros, free_space: EurosPerYear) -> EurosPerYear:
    """Used above the free space."""
    return not_below_zero(wkr_used - free_space)


@rule(
    nl="Eindheffing",
    formula_nl="boven de vrije ruimte × eindheffing",
    formula_en="above the free space × final levy",
    source=SOURCE,
    rounds=HALF_UP,
)
def final_levy(above_space: EurosPerYear, levy_rate: Share) -> EurosPerYear:
    """Final levy over what was used above the free space."""
    return above_space * levy_rate
