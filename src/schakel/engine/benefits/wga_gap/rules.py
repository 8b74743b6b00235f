"""WGA gap: a wage-sum policy; one percentage over everybody's insured wage."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerHour,
    EurosPerYear,
    FineEurosPerYear,
    Part,
    Share,
    YesNo,
    choose,
    is_given,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden; docs/calculations/wga_gap.md"
STATUTORY = "Wet WIA art. 62; docs/calculations/wga_gap.md"


@rule(
    nl="Verzekerd loon per jaar",
    formula_nl="laagste van jaarloon voor de gewerkte uren en maximumpremieloon",
    formula_en="lowest of wage for the hours worked and maximum premium wage",
    source=SOURCE,
)
def insured_wage_per_year(wage_per_year: EurosPerYear, sv_wage_cap: EurosPerYear) -> EurosPerYear:
    """Insured wage a year."""
    return lowest(wage_per_year, sv_wage_cap)


@rule(
    nl="Verzekerd loon per jaar, ongerond",
    formula_nl="verzekerd loon per jaar",
    formula_en="insured wage a year",
    source=SOURCE,
)
def insured_wage_fine(insured_wage_per_year: EurosPerYear) -> FineEurosPerYear:
    """Insured wage a year, to be spread over wage periods."""
    return insured_wage_per_year


@rule(
    nl="Premie per persoon per jaar",
    formula_nl="vast bedrag, of dat bij de leeftijd; nul als er geen premie per persoon is",
    formula_en="fixed amount, or that at the age; zero without a premium for each person",
    source=SOURCE,
)
def personal_premium_per_year(
    has_personal_premium: YesNo,
    premium_per_person: EurosPerYear,
    premium_by_age: EurosPerYear,
    age_years: Count,
) -> EurosPerYear:
    """Premium a year that goes with the person, beside the one over the wage sum."""
    at_age = look_up(premium_by_age, age_years) if premium_by_age.size else premium_by_age
    amount = choose(
        is_given(premium_per_person), premium_per_person, choose(is_given(premium_by_age), at_age, 0)
    )
    return choose(has_personal_premium, amount, 0)


@rule(
    nl="Premie per persoon per jaar, ongerond",
    formula_nl="premie per persoon per jaar",
    formula_en="premium for each person a year",
    source=SOURCE,
)
def personal_premium_fine(personal_premium_per_year: EurosPerYear) -> FineEurosPerYear:
    """Premium for each person a year, to be spread over wage periods."""
    return personal_premium_per_year


@rule(
    nl="Werknemersdeel van de premie per jaar",
    formula_nl="verzekerd loon × werknemerspercentage + premie per persoon × werknemersdeel daarvan",
    formula_en="insured wage × employee rate + premium for each person × employee's part of it",
    source=SOURCE,
)
def employee_share_per_year(
    insured_wage_per_year: EurosPerYear,
    employee_rate: Share,
    has_personal_premium: YesNo,
    personal_premium_per_year: EurosPerYear,
    employee_part: Part,
) -> FineEurosPerYear:
    """Employee's part of the premium a year, unrounded."""
    of_person = choose(has_personal_premium, personal_premium_per_year * employee_part, 0)
    return insured_wage_per_year * employee_rate + of_person


@rule(
    nl="Minimumloon per jaar met vakantiebijslag",
    formula_nl="minimumloon per maand × 12 × 1,08; zonder dat minimumloon per uur × 36 × 52 × 1,08 (benadert het "
    "referentiemaandloon op een paar dubbeltjes: unverified)",
    formula_en="minimum wage a month × 12 × 1.08; without it minimum wage by the hour × 36 × 52 × 1.08 (within some "
    "dimes of the reference monthly wage: unverified)",
    source=STATUTORY,
    rounds=HALF_UP,
)
def minimum_wage_per_year(minimum_wage_per_hour: EurosPerHour, minimum_wage_per_month: Euros) -> EurosPerYear:
    """Minimum wage a year with holiday allowance; of a week of 36 hours without a monthly amount (unverified)."""
    by_month = minimum_wage_per_month * 12 * 108 / 100
    by_hour = minimum_wage_per_hour * 36 * 52 * 108 / 100
    return choose(is_given(minimum_wage_per_month), by_month, by_hour)


@rule(
    nl="Hiaat van de vervolguitkering per jaar",
    formula_nl="percentage van de klasse × (verzekerd loon − minimumloon), of dekking × percentage arbeidsongeschikt × "
    "verzekerd loon − percentage van de klasse × minimumloon; ten minste nul",
    formula_en="share of the class × (insured wage − minimum wage), or cover × percentage incapacity × insured wage − "
    "share of the class × minimum wage; at least zero",
    source=STATUTORY,
    rounds=HALF_UP,
)
def gap_of_follow_up(  # noqa: PLR0917 - a rule reads what it reads
    insured_wage_per_year: EurosPerYear,
    minimum_wage_per_year: EurosPerYear,
    follow_up_table: Part,
    incapacity_percent: Count,
    basic_share: Choice,
    cover_rate: Part,
) -> EurosPerYear:
    """What the follow-up benefit lacks a year: its class share of the wage above the minimum wage.

    Some policies count the wage by the percentage itself, and only the follow-up benefit by its class.
    """
    share = look_up(follow_up_table, incapacity_percent)
    by_class = not_below_zero(insured_wage_per_year - minimum_wage_per_year) * share
    of_wage = insured_wage_per_year * cover_rate * incapacity_percent / 100
    by_percentage = not_below_zero(of_wage - minimum_wage_per_year * share)
    return choose(says(basic_share, "class"), by_class, by_percentage)


@rule(
    nl="Aanvulling tot de dekking per jaar",
    formula_nl="verzekerd loon × dekking − (WGA-uitkering + inkomen uit werk), ten minste nul",
    formula_en="insured wage × cover − (WGA benefit + earnings from work), at least zero",
    source=SOURCE,
    rounds=HALF_UP,
)
def supplement_to_cover(
    insured_wage_per_year: EurosPerYear,
    cover_rate: Part,
    wia_benefit_per_year: Euros,
    earnings_per_year: Euros,
) -> EurosPerYear:
    """What is missing a year up to the cover, whatever the residual capacity that is used."""
    return not_below_zero(insured_wage_per_year * cover_rate - wia_benefit_per_year - earnings_per_year)


@rule(
    nl="Uitkering per jaar",
    formula_nl="basis: hiaat van de vervolguitkering, alleen bij die uitkering; uitgebreid: aanvulling tot de dekking",
    formula_en="basic: gap of the follow-up benefit, only beside one; extended: supplement up to the cover",
    source=SOURCE,
)
def benefit_per_year(
    form: Choice,
    is_incapacitated: YesNo,
    wia_kind: Choice,
    gap_of_follow_up: EurosPerYear,
    supplement_to_cover: EurosPerYear,
) -> FineEurosPerYear:
    """Benefit a year."""
    basic = choose(says(wia_kind, "follow_up"), gap_of_follow_up, 0)
    has_wga = says(wia_kind, "wage_related", "wage_supplement", "follow_up")
    extended = choose(has_wga, supplement_to_cover, 0)
    return choose(is_incapacitated, choose(says(form, "basic"), basic, extended), 0)
