"""Excedent pension: the salary between the cap of the basic scheme and the fiscal cap; no franchise."""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    FineEurosPerYear,
    Share,
    choose,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

SOURCE = "pensioenreglement excedentregeling; Wet LB 1964 art. 18ga; docs/calculations/excedent_pension.md"


@rule(
    nl="Excedentgrondslag",
    formula_nl="(laagste van voltijdjaarsalaris en maximum − ondergrens, ten minste nul) × deeltijdfactor, "
    "afgerond zoals de regeling het zegt",
    formula_en="(lowest of full-time wage and cap − lower limit, at least zero) × part-time factor, "
    "rounded as the scheme says",
    source=SOURCE,
    rounds=HALF_UP,
)
def contribution_base(
    full_time_wage_per_year: EurosPerYear,
    pensionable_salary_cap: EurosPerYear,
    lower_cap: EurosPerYear,
    part_time_factor: Share,
    base_rounding: Choice,
) -> EurosPerYear:
    """Salary above the lower limit, for the hours worked."""
    full_time = not_below_zero(lowest(full_time_wage_per_year, pensionable_salary_cap) - lower_cap)
    return rounded_to(full_time * part_time_factor, base_rounding)


@rule(
    nl="Premiepercentage dat geldt",
    formula_nl="vlak, of uit de staffel bij de leeftijd",
    formula_en="flat, or from the scale at the age",
    source=SOURCE,
)
def excedent_rate(
    contribution_form: Choice, contribution_rate: Share, contribution_scale: Share, age_years: Count
) -> Share:
    """Contribution rate that holds at this age."""
    at_age = look_up(contribution_scale, age_years) if contribution_scale.size else contribution_scale
    return choose(says(contribution_form, "flat"), contribution_rate, at_age)


@rule(
    nl="Premie per jaar",
    formula_nl="excedentgrondslag × premiepercentage",
    formula_en="excedent base × contribution rate",
    source=SOURCE,
)
def contribution_per_year(contribution_base: EurosPerYear, excedent_rate: Share) -> FineEurosPerYear:
    """Contribution a year, unrounded."""
    return contribution_base * excedent_rate
