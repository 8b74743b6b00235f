"""Collective accident: sums in multiples of the yearly wage, with a maximum for each person."""

from schakel.engine.exact import EurosPerYear, FineEurosPerYear, Multiple, Share, lowest
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden; docs/calculations/accident.md"


@rule(
    nl="Verzekerd bedrag bij overlijden",
    formula_nl="laagste van jaarloon × factor en maximum",
    formula_en="lowest of wage × multiple and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def sum_insured_death(
    wage_per_year: EurosPerYear, death_multiple: Multiple, death_maximum: EurosPerYear
) -> EurosPerYear:
    """Sum insured on death (rubriek A)."""
    return lowest(wage_per_year * death_multiple, death_maximum)


@rule(
    nl="Verzekerd bedrag bij blijvende invaliditeit",
    formula_nl="laagste van jaarloon × factor en maximum",
    formula_en="lowest of wage × multiple and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def sum_insured_disability(
    wage_per_year: EurosPerYear, disability_multiple: Multiple, disability_maximum: EurosPerYear
) -> EurosPerYear:
    """Sum insured on permanent disability (rubriek B)."""
    return lowest(wage_per_year * disability_multiple, disability_maximum)


@rule(
    nl="Premie per jaar",
    formula_nl="bedrag bij overlijden × promille A + bedrag bij invaliditeit × promille B",
    formula_en="sum on death × per mille A + sum on disability × per mille B",
    source=SOURCE,
)
def accident_premium_per_year(
    sum_insured_death: EurosPerYear,
    sum_insured_disability: EurosPerYear,
    death_rate: Share,
    disability_rate: Share,
) -> FineEurosPerYear:
    """Premium a year, unrounded."""
    return sum_insured_death * death_rate + sum_insured_disability * disability_rate
