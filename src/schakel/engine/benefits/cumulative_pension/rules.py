"""Pension over the year so far: a wage period above the cap is made up by one below it, as with the sv wage.

Each amount is that of the year up to and with this wage period, less that of the year before it.
"""

from schakel.engine.exact import Count, Euros, EurosPerYear, Share, lowest, not_below_zero
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = (
    "pensioenreglement; vgl. Wfsv art. 17 (voortschrijdend cumulatief rekenen); "
    "docs/calculations/cumulative_pension.md"
)


@rule(
    nl="Loon in het jaar tot nu toe",
    formula_nl="loon tot nu toe × (1 + vakantietoeslag)",
    formula_en="wage so far × (1 + holiday allowance)",
    source=SOURCE,
    rounds=HALF_UP,
)
def counted_wage_to_date(wage_in_period_to_date: Euros, holiday_allowance_rate: Share) -> Euros:
    """Wage of the year so far, with holiday allowance."""
    return wage_in_period_to_date * (1 + holiday_allowance_rate)


@rule(
    nl="Maximum tot nu toe",
    formula_nl="maximum per jaar × loontijdvakken tot nu toe ÷ loontijdvakken per jaar, ten hoogste het jaarmaximum",
    formula_en="cap a year × wage periods so far ÷ wage periods a year, at most the cap a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def cap_to_date(yearly_cap: EurosPerYear, wage_periods_to_date: Count, wage_periods_per_year: Count) -> Euros:
    """Cap of the year so far."""
    return yearly_cap * lowest(wage_periods_to_date, wage_periods_per_year) / wage_periods_per_year


@rule(
    nl="Franchise tot nu toe",
    formula_nl="franchise × loontijdvakken tot nu toe ÷ loontijdvakken per jaar, ten hoogste de jaarfranchise",
    formula_en="franchise × wage periods so far ÷ wage periods a year, at most the franchise a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def franchise_to_date(
    franchise: EurosPerYear, wage_periods_to_date: Count, wage_periods_per_year: Count
) -> Euros:
    """Franchise of the year so far."""
    return franchise * lowest(wage_periods_to_date, wage_periods_per_year) / wage_periods_per_year


@rule(
    nl="Pensioengrondslag in het jaar tot nu toe",
    formula_nl="laagste van loon en maximum tot nu toe − franchise tot nu toe, ten minste nul",
    formula_en="lowest of wage and cap so far − franchise so far, at least zero",
    source=SOURCE,
)
def base_to_date(counted_wage_to_date: Euros, cap_to_date: Euros, franchise_to_date: Euros) -> Euros:
    """Base of the year so far (pensioengrondslag)."""
    return not_below_zero(lowest(counted_wage_to_date, cap_to_date) - franchise_to_date)


@rule(
    nl="Premie in het jaar tot nu toe",
    formula_nl="grondslag tot nu toe × premiepercentage",
    formula_en="base so far × contribution rate",
    source=SOURCE,
    rounds=HALF_UP,
)
def contribution_to_date(base_to_date: Euros, contribution_rate: Share) -> Euros:
    """Contribution of the year so far."""
    return base_to_date * contribution_rate


@rule(
    nl="Werknemersdeel in het jaar tot nu toe",
    formula_nl="grondslag tot nu toe × werknemerspercentage, ten hoogste de premie",
    formula_en="base so far × employee rate, at most the contribution",
    source=SOURCE,
    rounds=HALF_UP,
)
def employee_contribution_to_date(
    base_to_date: Euros, employee_rate: Share, contribution_to_date: Euros
) -> Euros:
    """Employee's part of the year so far."""
    return lowest(base_to_date * employee_rate, contribution_to_date)
