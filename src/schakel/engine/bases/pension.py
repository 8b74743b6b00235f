"""From the wage to the salary over which pension is built up: cap, franchise and part time, in the scheme's order."""

from schakel.engine.exact import (
    Choice,
    EurosPerYear,
    Share,
    choose,
    highest,
    is_given,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

CAP_FIRST = "pensioenreglement; docs/calculations/bases.md"


@rule(
    nl="Pensioengevend salaris",
    formula_nl="laagste van voltijdjaarsalaris en maximum",
    formula_en="lowest of full-time wage and maximum",
    source=CAP_FIRST,
)
def pensionable_salary(
    full_time_wage_per_year: EurosPerYear, pensionable_salary_cap: EurosPerYear
) -> EurosPerYear:
    """Pensionable salary (pensioengevend salaris), full time, at most the maximum."""
    return lowest(full_time_wage_per_year, pensionable_salary_cap)


@rule(
    nl="Pensioengevend salaris voor de gewerkte uren",
    formula_nl="pensioengevend salaris × deeltijdfactor",
    formula_en="pensionable salary × part-time factor",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def actual_pensionable_salary(pensionable_salary: EurosPerYear, part_time_factor: Share) -> EurosPerYear:
    """Pensionable salary for the hours worked."""
    return pensionable_salary * part_time_factor


@rule(
    nl="Franchise van de regeling",
    formula_nl="franchise, afgerond zoals de regeling het zegt",
    formula_en="franchise, rounded as the scheme says",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def scheme_franchise(franchise: EurosPerYear, franchise_rounding: Choice) -> EurosPerYear:
    """Franchise of the scheme."""
    return rounded_to(franchise, franchise_rounding)


@rule(
    nl="Salaris boven de franchise, voor de gewerkte uren",
    formula_nl="(pensioengevend salaris − franchise, ten minste nul) × deeltijdfactor; "
    "of in de volgorde van de regeling",
    formula_en="(pensionable salary − franchise, at least zero) × part-time factor; or in the order of the scheme",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def salary_above_franchise(  # noqa: PLR0917 - a rule reads what it reads
    pensionable_salary: EurosPerYear,
    wage_per_year: EurosPerYear,
    pensionable_salary_cap: EurosPerYear,
    scheme_franchise: EurosPerYear,
    part_time_factor: Share,
    base_order: Choice,
) -> EurosPerYear:
    """Salary above the franchise, for the hours worked."""
    capped_after_hours = lowest(wage_per_year, pensionable_salary_cap)
    return choose(
        says(base_order, "full_time_first"),
        not_below_zero(pensionable_salary - scheme_franchise) * part_time_factor,
        choose(
            says(base_order, "actual_with_scaled_franchise"),
            not_below_zero(capped_after_hours - scheme_franchise * part_time_factor),
            not_below_zero(capped_after_hours - scheme_franchise),
        ),
    )


@rule(
    nl="Pensioengrondslag",
    formula_nl="salaris boven de franchise; ten minste het minimum, als de regeling dat kent",
    formula_en="salary above the franchise; at least the minimum, if the scheme has one",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def pension_base(
    salary_above_franchise: EurosPerYear,
    actual_pensionable_salary: EurosPerYear,
    minimum_base: EurosPerYear,
    minimum_base_rate: Share,
    base_rounding: Choice,
) -> EurosPerYear:
    """Salary over which pension is built up (pensioengrondslag), for the hours worked.

    Never below zero: a salary under the franchise builds up nothing.
    """
    with_floor = choose(
        is_given(minimum_base), highest(salary_above_franchise, minimum_base), salary_above_franchise
    )
    share_of_salary = rounded_to(actual_pensionable_salary * minimum_base_rate, "cent_half_up")
    found = choose(is_given(minimum_base_rate), highest(with_floor, share_of_salary), with_floor)
    return rounded_to(found, base_rounding)
