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
    nl="Werknemersdeel van de premie per jaar",
    formula_nl="verzekerd loon × werknemerspercentage",
    formula_en="insured wage × employee rate",
    source=SOURCE,
)
def employee_share_per_year(insured_wage_per_year: EurosPerYear, employee_rate: Share) -> FineEurosPerYear:
    """Employee's part of the premium a year, unrounded."""
    return insured_wage_per_year * employee_rate


@rule(
    nl="Minimumloon per jaar met vakantiebijslag",
    formula_nl="minimumloon per uur × 36 × 52 × 1,08 (verzekeraars rekenen met een week van 36 uur: unverified)",
    formula_en="minimum wage by the hour × 36 × 52 × 1.08 (insurers count a week of 36 hours: unverified)",
    source=STATUTORY,
    rounds=HALF_UP,
)
def minimum_wage_per_year(minimum_wage_per_hour: EurosPerHour) -> EurosPerYear:
    """Minimum wage a year with holiday allowance; a week of 36 hours is a guess (unverified)."""
    return minimum_wage_per_hour * 36 * 52 * 108 / 100


@rule(
    nl="Hiaat van de vervolguitkering per jaar",
    formula_nl="percentage van de klasse × (verzekerd loon − minimumloon, ten minste nul)",
    formula_en="share of the class × (insured wage − minimum wage, at least zero)",
    source=STATUTORY,
    rounds=HALF_UP,
)
def gap_of_follow_up(
    insured_wage_per_year: EurosPerYear,
    minimum_wage_per_year: EurosPerYear,
    follow_up_table: Part,
    incapacity_percent: Count,
) -> EurosPerYear:
    """What the follow-up benefit lacks a year: its class share of the wage above the minimum wage."""
    missing = not_below_zero(insured_wage_per_year - minimum_wage_per_year)
    return missing * look_up(follow_up_table, incapacity_percent)


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
    formula_nl="basis: hiaat van de vervolguitkering, alleen bij een vervolguitkering; uitgebreid: aanvulling tot de dekking",
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
