"""A fixed share of the insured wage on top of an IVA benefit, or of any WIA benefit."""

from schakel.engine.exact import (
    Choice,
    EurosPerYear,
    FineEurosPerYear,
    FinestEurosPerYear,
    Part,
    Share,
    YesNo,
    choose,
    says,
)
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden IVA-aanvulling; docs/calculations/iva_supplement.md"


@rule(
    nl="Verzekerd loon per jaar, ongerond",
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
    nl="Aanvulling per jaar",
    formula_nl="verzekerd loon × aanvulling, bij een IVA-uitkering of bij elke WIA-uitkering",
    formula_en="insured wage × supplement, with an IVA benefit or with any WIA benefit",
    source=SOURCE,
)
def benefit_per_year(
    wage_below_limit: EurosPerYear,
    supplement_rate: Part,
    wia_kind: Choice,
    paid_with: Choice,
    is_incapacitated: YesNo,
) -> FinestEurosPerYear:
    """Supplement a year, unrounded."""
    is_paid = choose(says(paid_with, "iva"), says(wia_kind, "iva"), ~says(wia_kind, "none"))
    return choose(is_paid & is_incapacitated, wage_below_limit * supplement_rate, 0)
