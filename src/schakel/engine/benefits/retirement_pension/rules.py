"""Retirement pension as a contribution over the pension base: flat (Wtp), rising with age, or by regime."""

from schakel.engine.exact import (
    Choice,
    Count,
    Date,
    EurosPerYear,
    FineEurosPerYear,
    Share,
    choose,
    is_given,
    look_up,
    says,
)
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 18a; uitvoeringsovereenkomst; docs/calculations/retirement_pension.md"
RESPECTED = "Wet LB 1964 art. 38r; docs/calculations/retirement_pension.md"
COMPENSATION = "Wet LB 1964 art. 38q; docs/calculations/retirement_pension.md"
LAST_YEAR_OF_COMPENSATION = 2036


@rule(
    nl="Staffelpremie bij deze leeftijd",
    formula_nl="percentage uit de premiestaffel bij de leeftijd",
    formula_en="rate of the contribution scale at the age",
    source=RESPECTED,
)
def scale_rate(contribution_scale: Share, age_years: Count) -> Share:
    """Rate of the contribution scale at this age; the forms that read it require a scale."""
    return _at(contribution_scale, age_years)


@rule(
    nl="Premiepercentage dat geldt",
    formula_nl="vlak; uit de staffel; of de staffel voor wie voor de overgang in dienst kwam en vlak voor anderen",
    formula_en="flat; from the scale; or the scale for those in service before the transition and flat for others",
    source=RESPECTED,
)
def regular_rate(
    contribution_form: Choice,
    contribution_rate: Share,
    scale_rate: Share,
    employed_since: Date,
    respected_before: Date,
) -> Share:
    """Contribution rate that holds for this employee.

    The regime is lost on leaving: who comes back later counts from the new date of entry.
    """
    by_regime = choose(employed_since < respected_before, scale_rate, contribution_rate)
    flat_or_scale = choose(says(contribution_form, "by_age"), scale_rate, contribution_rate)
    return choose(says(contribution_form, "respected"), by_regime, flat_or_scale)


@rule(
    nl="Compensatiepercentage",
    formula_nl="percentage uit de compensatiestaffel bij de leeftijd, tot en met 2036",
    formula_en="rate of the compensation scale at the age, up to and with 2036",
    source=COMPENSATION,
)
def compensation_rate(compensation_scale: Share, age_years: Count, calendar_year: Count) -> Share:
    """Compensation for the transition, as a rate."""
    in_time = calendar_year <= LAST_YEAR_OF_COMPENSATION
    return choose(is_given(compensation_scale), choose(in_time, _at(compensation_scale, age_years), 0), 0)


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
    formula_nl="grondslag × (premiepercentage + compensatiepercentage)",
    formula_en="base × (contribution rate + compensation rate)",
    source=SOURCE,
)
def contribution_per_year(
    contribution_base: EurosPerYear, regular_rate: Share, compensation_rate: Share
) -> FineEurosPerYear:
    """Contribution a year, unrounded."""
    return contribution_base * (regular_rate + compensation_rate)


def _at(scale: Share, age_years: Count) -> Share:
    # A scale that is left out is no table; is_given keeps the look-up from ever being read then.
    return look_up(scale, age_years) if scale.size else scale
