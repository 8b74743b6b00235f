"""WGA self-insurance: a premium over the sv wage, beside the public contribution that falls away."""

from schakel.engine.exact import EurosPerYear, FineEurosPerYear, FinestEurosPerYear, Part, Share, lowest
from schakel.engine.rule import rule

SOURCE = "Wfsv art. 40; Wet WIA art. 82; polisvoorwaarden; docs/calculations/wga_self_insurance.md"


@rule(
    nl="Verzekerd loon per jaar",
    formula_nl="laagste van jaarloon en maximumpremieloon",
    formula_en="lowest of yearly wage and maximum premium wage",
    source=SOURCE,
)
def insured_wage_per_year(wage_per_year: EurosPerYear, sv_wage_cap: EurosPerYear) -> EurosPerYear:
    """Insured wage a year."""
    return lowest(wage_per_year, sv_wage_cap)


@rule(
    nl="Verzekerd loon per jaar, ongerond",
    formula_nl="verzekerd loon per jaar",
    formula_en="insured wage a year",
    source=SOURCE,
)
def insured_wage_fine(insured_wage_per_year: EurosPerYear) -> FineEurosPerYear:
    """Insured wage a year, to be spread over wage periods."""
    return insured_wage_per_year


@rule(
    nl="Werknemersdeel van de premie per jaar",
    formula_nl="verzekerd loon × premiepercentage × verhaald deel",
    formula_en="insured wage × premium rate × recovered share",
    source="Wfsv art. 34 lid 2; docs/calculations/wga_self_insurance.md",
)
def employee_share_per_year(
    insured_wage_per_year: EurosPerYear, premium_rate: Share, recovered_share: Part
) -> FinestEurosPerYear:
    """Part of the premium a year that is recovered from net pay, unrounded."""
    return insured_wage_per_year * premium_rate * recovered_share
