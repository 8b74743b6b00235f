"""Who pays which part of a contribution: the employee's part in its forms, never more than the whole."""

from schakel.engine.exact import (
    Choice,
    EurosPerYear,
    FineEurosPerYear,
    FinestEurosPerYear,
    Part,
    Share,
    choose,
    is_given,
    lowest,
    not_below_zero,
    over_tranches,
    says,
)
from schakel.engine.rule import rule

SOURCE = "uitvoeringsovereenkomst; docs/calculations/bases.md"


@rule(
    nl="Werknemersdeel naar de regeling, per jaar",
    formula_nl="naar de vorm: deel van de grondslag, deel van de premie, percentage per deel van de grondslag, "
    "vast bedrag × deeltijdfactor, of de premie − het werkgeversdeel",
    formula_en="by its form: share of the base, share of the contribution, rate by part of the base, "
    "fixed amount × part-time factor, or the contribution − the employer's share",
    source=SOURCE,
)
def employee_part_per_year(  # noqa: PLR0917 - a rule reads what it reads
    employee_form: Choice,
    contribution_base: EurosPerYear,
    contribution_per_year: FineEurosPerYear,
    employee_rate: Share,
    employee_share: Part,
    employee_tranches: Share,
    employee_amount: EurosPerYear,
    employer_rate: Share,
    part_time_factor: Share,
) -> FinestEurosPerYear:
    """Employee's part by its form, unrounded."""
    of_base = contribution_base * employee_rate
    by_form = {
        "share_of_contribution": contribution_per_year * employee_share,
        "per_tranche": over_tranches(contribution_base, employee_tranches),
        "fixed": employee_amount * part_time_factor,
        "remainder": not_below_zero(contribution_per_year - contribution_base * employer_rate),
    }
    found = of_base
    for form, amount in by_form.items():
        found = choose(says(employee_form, form), amount, found)
    return found


@rule(
    nl="Werknemersdeel per jaar",
    formula_nl="werknemersdeel naar de regeling; ten hoogste de premie, en het maximum als dat er is",
    formula_en="employee's part by the scheme; at most the contribution, and the maximum if there is one",
    source=SOURCE,
)
def employee_contribution_per_year(
    employee_part_per_year: FinestEurosPerYear,
    contribution_per_year: FineEurosPerYear,
    employee_cap: EurosPerYear,
) -> FinestEurosPerYear:
    """Employee's part of the contribution a year, unrounded."""
    capped = choose(
        is_given(employee_cap), lowest(employee_part_per_year, employee_cap), employee_part_per_year
    )
    return lowest(capped, contribution_per_year)
