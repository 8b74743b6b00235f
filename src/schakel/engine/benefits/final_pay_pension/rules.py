"""Final pay: all years of service count with the last base; a raise lifts what was built up before (back-service)."""

from schakel.engine.exact import Count, EurosPerYear, FineEurosPerYear, Months, Share, not_below_zero
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = (
    "pensioenreglement; Wet LB 1964 art. 18a (tekst voor 1 juli 2023); docs/calculations/final_pay_pension.md"
)


@rule(
    nl="Grondslag van de premie",
    formula_nl="pensioengrondslag",
    formula_en="pension base",
    source=SOURCE,
)
def contribution_base(pension_base: EurosPerYear) -> EurosPerYear:
    """What the contribution is a share of."""
    return pension_base


@rule(
    nl="Pensioen per dienstjaar",
    formula_nl="pensioengrondslag × opbouwpercentage",
    formula_en="pension base × accrual rate",
    source=SOURCE,
)
def pension_per_year_of_service(pension_base: EurosPerYear, accrual_rate: Share) -> FineEurosPerYear:
    """Pension for each year of service, over the last base; unrounded, or forty years would multiply half a cent."""
    return pension_base * accrual_rate


@rule(
    nl="Opgebouwd pensioen",
    formula_nl="pensioen per dienstjaar × pensioenmaanden ÷ 12",
    formula_en="pension for each year of service × pension months ÷ 12",
    source=SOURCE,
    rounds=HALF_UP,
)
def accrued_pension(
    pension_per_year_of_service: FineEurosPerYear, pension_service_months: Count
) -> EurosPerYear:
    """Pension built up over all months of service, with the last base; includes the back-service of raises."""
    return pension_per_year_of_service * pension_service_months / 12


@rule(
    nl="Maanden tot de pensioenleeftijd",
    formula_nl="pensioenleeftijd − leeftijd, in maanden",
    formula_en="pension age − age, in months",
    source=SOURCE,
)
def months_to_pension(pension_age: Months, age_months: Count) -> Count:
    """Months to the pension age."""
    return not_below_zero(pension_age - age_months)


@rule(
    nl="Bereikbaar pensioen",
    formula_nl="pensioen per dienstjaar × (pensioenmaanden + maanden tot de pensioenleeftijd) ÷ 12",
    formula_en="pension for each year of service × (pension months + months to the pension age) ÷ 12",
    source=SOURCE,
    rounds=HALF_UP,
)
def reachable_pension(
    pension_per_year_of_service: FineEurosPerYear, pension_service_months: Count, months_to_pension: Count
) -> EurosPerYear:
    """Pension that is reached when service goes on to the pension age."""
    return pension_per_year_of_service * (pension_service_months + months_to_pension) / 12


@rule(
    nl="Premie per jaar",
    formula_nl="pensioengrondslag × premiepercentage",
    formula_en="pension base × contribution rate",
    source=SOURCE,
)
def contribution_per_year(contribution_base: EurosPerYear, contribution_rate: Share) -> FineEurosPerYear:
    """Contribution a year, unrounded."""
    return contribution_base * contribution_rate
