"""Career average: each year a share of that year's base is built up, paid by one average contribution."""

from schakel.engine.exact import Choice, EurosPerYear, FineEurosPerYear, Share, choose, says
from schakel.engine.rule import rule

SOURCE = "pensioenreglement; Wet LB 1964 art. 18a (tekst voor 1 juli 2023); docs/calculations/career_average_pension.md"


@rule(
    nl="Opbouw per jaar",
    formula_nl="pensioengrondslag × opbouwpercentage",
    formula_en="pension base × accrual rate",
    source=SOURCE,
)
def accrual_per_year(pension_base: EurosPerYear, accrual_rate: Share) -> FineEurosPerYear:
    """Pension built up in a year of service, unrounded."""
    return pension_base * accrual_rate


@rule(
    nl="Grondslag van de premie",
    formula_nl="pensioengrondslag, of het pensioengevend salaris zonder franchise",
    formula_en="pension base, or the pensionable salary without franchise",
    source=SOURCE,
)
def contribution_base(
    contribution_basis: Choice, pension_base: EurosPerYear, actual_pensionable_salary: EurosPerYear
) -> EurosPerYear:
    """What the contribution is a share of."""
    return choose(says(contribution_basis, "pension_base"), pension_base, actual_pensionable_salary)


@rule(
    nl="Premie per jaar",
    formula_nl="grondslag × premiepercentage",
    formula_en="base × contribution rate",
    source=SOURCE,
)
def contribution_per_year(contribution_base: EurosPerYear, contribution_rate: Share) -> FineEurosPerYear:
    """Contribution a year, unrounded."""
    return contribution_base * contribution_rate
