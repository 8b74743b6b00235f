"""Partner pension on risk basis: a share of salary without years of service (Wtp), or of the reachable pension."""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    FineEurosPerYear,
    Months,
    Part,
    Share,
    YesNo,
    choose,
    look_up,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "pensioenreglement; docs/calculations/partner_pension.md"


@rule(
    nl="Verzekerd partnerpensioen per jaar",
    formula_nl="pensioengevend salaris voor de gewerkte uren × percentage, of bereikbaar pensioen × deel daarvan",
    formula_en="pensionable salary for the hours worked × share, or reachable pension × share of it",
    source=SOURCE,
    rounds=HALF_UP,
)
def partner_sum_insured(
    cover_form: Choice,
    actual_pensionable_salary: EurosPerYear,
    partner_share: Share,
    reachable_pension: EurosPerYear,
    reachable_share: Part,
) -> EurosPerYear:
    """Insured partner pension a year."""
    return choose(
        says(cover_form, "share_of_salary"),
        actual_pensionable_salary * partner_share,
        reachable_pension * reachable_share,
    )


@rule(
    nl="Grondslag van de premie",
    formula_nl="pensioengevend salaris voor de gewerkte uren, pensioengrondslag, of verzekerd partnerpensioen",
    formula_en="pensionable salary for the hours worked, pension base, or insured partner pension",
    source=SOURCE,
)
def contribution_base(
    premium_form: Choice,
    actual_pensionable_salary: EurosPerYear,
    pension_base: EurosPerYear,
    partner_sum_insured: EurosPerYear,
) -> EurosPerYear:
    """What the premium is a share of."""
    return choose(
        says(premium_form, "of_salary"),
        actual_pensionable_salary,
        choose(says(premium_form, "of_base"), pension_base, partner_sum_insured),
    )


@rule(
    nl="Premiepercentage dat geldt",
    formula_nl="vast, of uit het tarief naar de leeftijd van de werknemer of van beiden",
    formula_en="fixed, or from the tariff by the employee's age or by both ages",
    source="tarief van de uitvoerder; docs/calculations/partner_pension.md",
)
def partner_rate(  # noqa: PLR0917 - a rule reads what it reads
    premium_form: Choice,
    premium_rate: Share,
    rates_by_age: Share,
    rates_by_ages: Share,
    age_years: Count,
    ages: Count,
) -> Share:
    """Premium rate that holds."""
    by_own = look_up(rates_by_age, age_years) if rates_by_age.size else rates_by_age
    by_both = look_up(rates_by_ages, ages) if rates_by_ages.size else rates_by_ages
    fixed = choose(says(premium_form, "of_salary", "of_base", "of_sum"), premium_rate, by_own)
    return choose(says(premium_form, "both_ages"), by_both, fixed)


@rule(
    nl="Risicopremie per jaar",
    formula_nl="grondslag van de premie × premiepercentage",
    formula_en="basis of the premium × premium rate",
    source=SOURCE,
)
def partner_premium_per_year(contribution_base: EurosPerYear, partner_rate: Share) -> FineEurosPerYear:
    """Risk premium a year, unrounded."""
    return contribution_base * partner_rate


@rule(
    nl="Premie die werkgever en werknemer verdelen",
    formula_nl="risicopremie per jaar",
    formula_en="risk premium a year",
    source=SOURCE,
)
def contribution_per_year(partner_premium_per_year: FineEurosPerYear) -> FineEurosPerYear:
    """Premium a year that employer and employee share."""
    return partner_premium_per_year


@rule(
    nl="Partner bekend, als de regeling dat eist",
    formula_nl="heeft een partner, of de regeling eist het niet",
    formula_en="has a partner, or the scheme does not ask for one",
    source=SOURCE,
)
def has_partner_if_asked(has_partner: YesNo, requires_partner: YesNo) -> YesNo:
    """Has a partner, where the scheme asks for one."""
    return has_partner | ~requires_partner


@rule(
    nl="Partner nog onder de eindleeftijd, bij een tijdelijke uitkering",
    formula_nl="de uitkering is levenslang, of leeftijd partner < eindleeftijd partner",
    formula_en="it pays for life, or the partner's age < the partner's end age",
    source=SOURCE,
)
def partner_is_before_end_age(duration: Choice, partner_age_months: Count, partner_end_age: Months) -> YesNo:
    """The partner has not reached the end age, where it pays until then."""
    return says(duration, "life_long") | (partner_age_months < partner_end_age)
