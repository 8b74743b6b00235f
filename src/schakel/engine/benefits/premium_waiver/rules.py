"""Premium waiver: the provider pays the share of the contribution that goes with the class of incapacity.

The base is that of the wage before the illness; whether it is indexed is the scheme's choice.
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    FinestEurosPerYear,
    Months,
    Part,
    Share,
    YesNo,
    choose,
    highest,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import DOWN, HALF_UP, rounded_to
from schakel.engine.rule import rule

OLDEST = 130  #: where tables by age end
SOURCE = "pensioenreglement, premievrijstelling; docs/calculations/premium_waiver.md"


@rule(
    nl="Wachttijd voorbij",
    formula_nl="maanden arbeidsongeschikt ≥ wachttijd",
    formula_en="months of incapacity ≥ waiting time",
    source=SOURCE,
)
def has_waited_out_illness(months_of_incapacity: Count, waits_months: Months) -> YesNo:
    """The waiting time of the illness is over."""
    return months_of_incapacity >= waits_months


@rule(
    nl="Vrijgesteld deel",
    formula_nl="percentage van de klasse van arbeidsongeschiktheid",
    formula_en="share of the class of incapacity",
    source=SOURCE,
)
def waived_share(waiver_table: Part, incapacity_percent: Count) -> Part:
    """Share that is waived."""
    return look_up(waiver_table, incapacity_percent)


@rule(
    nl="Grondslag van voor de ziekte",
    formula_nl="(laagste van loon voor de arbeidsongeschiktheid × (1 + indexatie) en maximum) − franchise, "
    "ten minste nul, × deeltijdfactor",
    formula_en="(lowest of wage before incapacity × (1 + indexation) and cap) − franchise, at least zero, "
    "× part-time factor",
    source=SOURCE,
    rounds=HALF_UP,
)
def base_before_incapacity(
    wage_before_incapacity: Euros,
    indexation_rate: Share,
    pensionable_salary_cap: EurosPerYear,
    franchise: EurosPerYear,
    part_time_factor: Share,
) -> EurosPerYear:
    """Base of before the illness; the wage is the full-time wage a year."""
    indexed = rounded_to(wage_before_incapacity * (1 + indexation_rate), "cent_half_up")
    return not_below_zero(lowest(indexed, pensionable_salary_cap) - franchise) * part_time_factor


@rule(
    nl="Leeftijd op de eerste ziektedag",
    formula_nl="leeftijd op de eerste ziektedag, ten minste de toetredingsleeftijd, in maanden ÷ 12, "
    "naar beneden afgerond",
    formula_en="age on the first day of incapacity, at least the entry age, in months ÷ 12, rounded down",
    source=SOURCE,
    rounds=DOWN,
)
def age_on_first_day(age_at_incapacity_months: Count, entry_age: Months) -> Count:
    """Age in whole years on the first day of incapacity; a scale says nothing below the entry age."""
    return highest(age_at_incapacity_months, entry_age) / 12


@rule(
    nl="Premiepercentage dat geldt",
    formula_nl="vlak, of uit de staffel bij de leeftijd van nu of van de eerste ziektedag",
    formula_en="flat, or from the scale at the age of now or of the first day of incapacity",
    source=SOURCE,
)
def waiver_rate(  # noqa: PLR0917 - a rule reads what it reads
    contribution_form: Choice,
    contribution_rate: Share,
    contribution_scale: Share,
    progression: Choice,
    age_years: Count,
    age_on_first_day: Count,
) -> Share:
    """Contribution rate that holds."""
    at_age = look_up(contribution_scale, age_years) if contribution_scale.size else contribution_scale
    first_age = lowest(age_on_first_day, OLDEST)
    at_start = look_up(contribution_scale, first_age) if contribution_scale.size else contribution_scale
    by_age = choose(says(progression, "follows_age"), at_age, at_start)
    return choose(says(contribution_form, "flat"), contribution_rate, by_age)


@rule(
    nl="Premie zonder vrijstelling, per jaar",
    formula_nl="grondslag × premiepercentage",
    formula_en="base × contribution rate",
    source=SOURCE,
)
def contribution_per_year(base_before_incapacity: EurosPerYear, waiver_rate: Share) -> FineEurosPerYear:
    """Contribution a year as if nothing was waived, unrounded."""
    return base_before_incapacity * waiver_rate


@rule(
    nl="Vrijgestelde premie per jaar",
    formula_nl="premie × vrijgesteld deel",
    formula_en="contribution × waived share",
    source=SOURCE,
)
def waived_per_year(contribution_per_year: FineEurosPerYear, waived_share: Part) -> FinestEurosPerYear:
    """Contribution a year that the provider pays, unrounded."""
    return contribution_per_year * waived_share


@rule(
    nl="Grondslag van de premie",
    formula_nl="grondslag van voor de ziekte",
    formula_en="base of before the illness",
    source=SOURCE,
)
def contribution_base(base_before_incapacity: EurosPerYear) -> EurosPerYear:
    """What the contribution is a share of."""
    return base_before_incapacity


@rule(
    nl="Werknemersdeel zonder vrijstelling, per jaar",
    formula_nl="werknemersdeel per jaar, afgerond op acht decimalen",
    formula_en="employee's part a year, rounded to eight decimals",
    # Far below a cent; without it a class of incapacity could not be taken of a part that is exact to the last digit.
    source="docs/calculations/premium_waiver.md",
    rounds=HALF_UP,
)
def employee_whole_per_year(employee_contribution_per_year: FinestEurosPerYear) -> FineEurosPerYear:
    """Employee's part a year as if nothing was waived."""
    return employee_contribution_per_year


@rule(
    nl="Werknemersdeel dat is vrijgesteld, per jaar",
    formula_nl="werknemersdeel zonder vrijstelling × vrijgesteld deel",
    formula_en="employee's part without waiver × waived share",
    source=SOURCE,
)
def employee_waived_per_year(
    employee_whole_per_year: FineEurosPerYear, waived_share: Part
) -> FinestEurosPerYear:
    """Employee's part a year that is waived, unrounded."""
    return employee_whole_per_year * waived_share


@rule(
    nl="Werknemersdeel dat blijft, per jaar",
    formula_nl="werknemersdeel zonder vrijstelling × (1 − vrijgesteld deel)",
    formula_en="employee's part without waiver × (1 − waived share)",
    source=SOURCE,
)
def employee_left_per_year(
    employee_whole_per_year: FineEurosPerYear, waived_share: Part
) -> FinestEurosPerYear:
    """Employee's part a year that is left to pay, unrounded."""
    return employee_whole_per_year * not_below_zero(1 - waived_share)


@rule(
    nl="Premievrije opbouw per jaar",
    formula_nl="grondslag × opbouwpercentage × vrijgesteld deel",
    formula_en="base × accrual rate × waived share",
    source=SOURCE,
)
def waived_accrual_per_year(
    base_before_incapacity: EurosPerYear, accrual_rate: Share, waived_share: Part
) -> FinestEurosPerYear:
    """Pension a year that is built up without contribution, unrounded."""
    return base_before_incapacity * accrual_rate * waived_share
