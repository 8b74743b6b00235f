"""WIA floor: a share of the wage for incapacity under the limit of the WIA, for some years."""

from schakel.engine.exact import (
    Count,
    EurosPerYear,
    FineEurosPerYear,
    FinestEurosPerYear,
    Months,
    Part,
    Share,
    YesNo,
    choose,
    is_given,
    look_up,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden WIA-bodem; docs/calculations/wia_floor.md"


@rule(
    nl="Verzekerd loon per jaar",
    formula_nl="loon tot de WIA-loongrens",
    formula_en="wage up to the WIA wage limit",
    source=SOURCE,
)
def insured_wage_fine(wage_below_limit: EurosPerYear) -> FineEurosPerYear:
    """Insured wage a year, to be spread over wage periods."""
    return wage_below_limit


@rule(
    nl="Werknemersdeel van de premie per jaar",
    formula_nl="verzekerd loon × werknemerspercentage",
    formula_en="insured wage × employee rate",
    source=SOURCE,
)
def employee_share_per_year(wage_below_limit: EurosPerYear, employee_rate: Share) -> FineEurosPerYear:
    """Employee's part of the premium a year, unrounded."""
    return wage_below_limit * employee_rate


@rule(
    nl="Recht op uitkering",
    formula_nl="ondergrens ≤ percentage arbeidsongeschikt < bovengrens, en korter dan de duur na 24 maanden wachten",
    formula_en="lower limit ≤ percentage incapacity < upper limit, and shorter than the duration after 24 months",
    source=SOURCE,
)
def is_paid(
    is_incapacitated: YesNo,
    incapacity_percent: Count,
    incapacity_until: Count,
    months_of_incapacity: Count,
    paid_years: Months,
) -> YesNo:
    """Whether the benefit is paid."""
    in_time = (months_of_incapacity >= 24) & (months_of_incapacity < 24 + paid_years)
    return is_incapacitated & (incapacity_percent < incapacity_until) & in_time


@rule(
    nl="Loonverlies per jaar",
    formula_nl="verzekerd loon × percentage arbeidsongeschikt, of × dat van de klasse",
    formula_en="insured wage × percentage incapacity, or × that of the class",
    source=SOURCE,
    rounds=HALF_UP,
)
def wage_lost_per_year(
    wage_below_limit: EurosPerYear, incapacity_percent: Count, loss_table: Part
) -> EurosPerYear:
    """Wage lost a year."""
    at_class = look_up(loss_table, incapacity_percent) if loss_table.size else loss_table
    return wage_below_limit * choose(is_given(loss_table), at_class, incapacity_percent / 100)


@rule(
    nl="Uitkering per jaar",
    formula_nl="loonverlies × dekking, als er recht is",
    formula_en="wage lost × cover, if it is paid",
    source=SOURCE,
)
def benefit_per_year(
    wage_lost_per_year: EurosPerYear, cover_rate: Part, is_paid: YesNo
) -> FinestEurosPerYear:
    """Benefit a year, unrounded."""
    return choose(is_paid, wage_lost_per_year * cover_rate, 0)
