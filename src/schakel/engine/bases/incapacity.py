"""From the wage to what is insured for incapacity: at most the maximum daily wage of a year."""

from schakel.engine.exact import Count, Euros, EurosPerYear, YesNo, choose, is_given, lowest
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden; docs/calculations/bases.md"


@rule(
    nl="WIA-loongrens per jaar",
    formula_nl="maximumdagloon × 261, of de grens van de polis",
    formula_en="maximum daily wage × 261, or the limit of the policy",
    source="Wfsv art. 17; docs/calculations/bases.md",
    rounds=HALF_UP,
)
def wia_wage_limit(daily_wage_cap: Euros, wage_limit: EurosPerYear) -> EurosPerYear:
    """Wage that the WIA covers at most, a year."""
    return choose(is_given(wage_limit), wage_limit, daily_wage_cap * 261)


@rule(
    nl="Loon tot de WIA-loongrens",
    formula_nl="laagste van jaarloon en WIA-loongrens",
    formula_en="lowest of yearly wage and WIA wage limit",
    source=SOURCE,
)
def wage_below_limit(wage_per_year: EurosPerYear, wia_wage_limit: EurosPerYear) -> EurosPerYear:
    """Wage up to the WIA wage limit."""
    return lowest(wage_per_year, wia_wage_limit)


@rule(
    nl="Verzekerd voor de WIA",
    formula_nl="volgens de verzekeringsstand in de salarisadministratie",
    formula_en="by the insurance status in payroll",
    source=SOURCE,
)
def is_insured_for_wia(is_wia_insured: YesNo) -> YesNo:
    """Insured for the WIA."""
    return is_wia_insured


@rule(
    nl="Arbeidsongeschikt",
    formula_nl="percentage arbeidsongeschikt ≥ ondergrens",
    formula_en="percentage incapacity ≥ lower limit",
    source=SOURCE,
)
def is_incapacitated(incapacity_percent: Count, lowest_incapacity: Count) -> YesNo:
    """Incapacitated enough for a benefit."""
    return incapacity_percent >= lowest_incapacity
