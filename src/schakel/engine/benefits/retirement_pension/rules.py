"""Retirement pension as a flat contribution over the pension base (Wtp)."""

from schakel.engine.exact import EurosPerYear, FineEurosPerYear, Share
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 18a; uitvoeringsovereenkomst; docs/calculations/retirement_pension.md"


@rule(
    nl="Premie per jaar",
    formula_nl="pensioengrondslag × premiepercentage",
    formula_en="pension base × contribution rate",
    source=SOURCE,
)
def contribution_per_year(pension_base: EurosPerYear, contribution_rate: Share) -> FineEurosPerYear:
    """Contribution a year, unrounded."""
    return pension_base * contribution_rate


@rule(
    nl="Werknemersdeel per jaar",
    formula_nl="pensioengrondslag × werknemerspercentage",
    formula_en="pension base × employee rate",
    source=SOURCE,
)
def employee_contribution_per_year(pension_base: EurosPerYear, employee_rate: Share) -> FineEurosPerYear:
    """Employee's part of the contribution a year, unrounded."""
    return pension_base * employee_rate
