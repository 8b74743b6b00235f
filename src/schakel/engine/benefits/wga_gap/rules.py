"""WGA gap: a wage-sum policy; one percentage over everybody's insured wage."""

from schakel.engine.exact import EurosPerYear, FineEurosPerYear, Share, YesNo, lowest
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden; docs/calculations/wga_gap.md"


@rule(
    nl="Verzekerd loon per jaar",
    formula_nl="laagste van jaarloon voor de gewerkte uren en maximumpremieloon",
    formula_en="lowest of wage for the hours worked and maximum premium wage",
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
    formula_nl="verzekerd loon × werknemerspercentage",
    formula_en="insured wage × employee rate",
    source=SOURCE,
)
def employee_share_per_year(insured_wage_per_year: EurosPerYear, employee_rate: Share) -> FineEurosPerYear:
    """Employee's part of the premium a year, unrounded."""
    return insured_wage_per_year * employee_rate


@rule(
    nl="Verzekerd voor de WIA",
    formula_nl="volgens de verzekeringsstand in de salarisadministratie",
    formula_en="by the insurance status in payroll",
    source="polisvoorwaarden; docs/calculations/wga_gap.md",
)
def is_insured_for_wia(is_wia_insured: YesNo) -> YesNo:
    """Insured for the WIA."""
    return is_wia_insured
