"""Anw gap: a yearly amount for the partner until the partner's state pension age, on risk basis, paid by the employee.

Most tariffs go by the ages on 1 January, while the cover ends in the month the partner reaches the end age; so the
tariff has its own moment, and `age_on` says from when the entry and end ages count.
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Months,
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

SOURCE = "polisvoorwaarden Anw-hiaat; docs/calculations/anw_gap.md"


@rule(
    nl="Heeft een partner onder de eindleeftijd",
    formula_nl="heeft een partner, en leeftijd partner < eindleeftijd partner",
    formula_en="has a partner, and partner's age < partner's end age",
    source=SOURCE,
)
def has_partner_before_end_age(
    has_partner: YesNo, partner_age_months: Count, partner_end_age: Months
) -> YesNo:
    """Has a partner who has not reached the end age."""
    return has_partner & (partner_age_months < partner_end_age)


@rule(
    nl="Gekozen bedrag per jaar",
    formula_nl="bedrag van het niveau, deel van de Anw, of het gekozen bedrag; ten hoogste het maximum",
    formula_en="amount of the level, share of the Anw, or the amount chosen; at most the maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def chosen_sum(  # noqa: PLR0917 - a rule reads what it reads
    level_form: Choice,
    levels: EurosPerYear,
    anw_shares: Part,
    anw_amount: EurosPerYear,
    chosen_level: Count,
    chosen_amount: Euros,
    highest_amount: EurosPerYear,
) -> EurosPerYear:
    """Sum insured a year that was chosen."""
    at_level = look_up(levels, chosen_level) if levels.size else levels
    share = look_up(anw_shares, chosen_level) if anw_shares.size else anw_shares
    by_form = choose(
        says(level_form, "levels"),
        at_level,
        choose(says(level_form, "share_of_anw"), anw_amount * share, chosen_amount),
    )
    return choose(is_given(highest_amount), lowest(by_form, highest_amount), by_form)


@rule(
    nl="Verzekerd bedrag",
    formula_nl="gekozen bedrag per jaar; bij een aflopend kapitaal × de maanden tot de eindleeftijd partner ÷ 12",
    formula_en="amount chosen a year; with a declining capital × the months to the partner's end age ÷ 12",
    source=SOURCE,
    rounds=HALF_UP,
)
def anw_sum_insured(
    chosen_sum: EurosPerYear, capital_form: Choice, partner_end_age: Months, partner_age_months: Count
) -> EurosPerYear:
    """Sum insured: a year's amount, or the capital that is left."""
    left = not_below_zero(partner_end_age - partner_age_months)
    return choose(says(capital_form, "level"), chosen_sum, chosen_sum * left / 12)


@rule(
    nl="Leeftijd voor het tarief",
    formula_nl="leeftijd van de werknemer of van de partner; op 1 januari als het tarief dat zegt",
    formula_en="the employee's age or the partner's; on 1 January where the tariff says so",
    source=SOURCE,
)
def tariff_age(  # noqa: PLR0917 - a rule reads what it reads
    tariff: Choice,
    tariff_on_1_january: YesNo,
    age_years: Count,
    partner_age_years: Count,
    age_years_on_1_january: Count,
    partner_age_years_on_1_january: Count,
) -> Count:
    """Age that the tariff goes by."""
    own = choose(tariff_on_1_january, age_years_on_1_january, age_years)
    partner = choose(tariff_on_1_january, partner_age_years_on_1_january, partner_age_years)
    return choose(says(tariff, "own_age"), own, partner)


@rule(
    nl="Premiepromille dat geldt",
    formula_nl="naar de leeftijd van de werknemer, van de partner, van beiden, of vlak",
    formula_en="by the employee's age, the partner's, both, or flat",
    source=SOURCE,
)
def anw_rate(  # noqa: PLR0917 - a rule reads what it reads
    tariff: Choice,
    tariff_on_1_january: YesNo,
    rates_by_age: Share,
    rates_by_ages: Share,
    flat_rate: Share,
    tariff_age: Count,
    ages: Count,
    ages_on_1_january: Count,
) -> Share:
    """Per mille that holds at these ages."""
    by_one = look_up(rates_by_age, tariff_age) if rates_by_age.size else rates_by_age
    of_both = choose(tariff_on_1_january, ages_on_1_january, ages)
    both = look_up(rates_by_ages, of_both) if rates_by_ages.size else rates_by_ages
    return choose(says(tariff, "flat"), flat_rate, choose(says(tariff, "both_ages"), both, by_one))


@rule(
    nl="Premie per jaar",
    formula_nl="verzekerd bedrag × promille",
    formula_en="sum insured × per mille",
    source=SOURCE,
)
def anw_premium_per_year(anw_sum_insured: EurosPerYear, anw_rate: Share) -> FineEurosPerYear:
    """Premium a year, unrounded."""
    return anw_sum_insured * anw_rate
