"""Collective accident: sums in multiples of the yearly wage or fixed, with maxima; premiums in three forms."""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Multiple,
    Part,
    Share,
    YesNo,
    choose,
    highest,
    is_given,
    look_up,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule
from schakel.engine.scheme import KEYS

SOURCE = "polisvoorwaarden; docs/calculations/accident.md"
MOST_EMPLOYEES = KEYS["employees"] - 1


@rule(
    nl="Bedrag bij overlijden voor de vergelijking met invaliditeit",
    formula_nl="laagste van jaarloon × factor (of het vaste bedrag) en maximum",
    formula_en="lowest of wage × multiple (or the fixed sum) and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def death_sum_by_itself(
    sum_form: Choice,
    wage_per_year: EurosPerYear,
    death_multiple: Multiple,
    death_sum: EurosPerYear,
    death_maximum: EurosPerYear,
) -> EurosPerYear:
    """Sum insured on death by itself."""
    return lowest(
        choose(says(sum_form, "multiples"), wage_per_year * death_multiple, death_sum), death_maximum
    )


@rule(
    nl="Verzekerd bedrag bij blijvende invaliditeit",
    formula_nl="laagste van jaarloon × factor (of het vaste bedrag) en maximum",
    formula_en="lowest of wage × multiple (or the fixed sum) and maximum",
    source=SOURCE,
    rounds=HALF_UP,
)
def sum_insured_disability(
    sum_form: Choice,
    wage_per_year: EurosPerYear,
    disability_multiple: Multiple,
    disability_sum: EurosPerYear,
    disability_maximum: EurosPerYear,
) -> EurosPerYear:
    """Sum insured on permanent disability (rubriek B)."""
    return lowest(
        choose(says(sum_form, "multiples"), wage_per_year * disability_multiple, disability_sum),
        disability_maximum,
    )


@rule(
    nl="Verzekerd bedrag bij overlijden",
    formula_nl="bedrag bij overlijden, zo nodig ten hoogste dat bij invaliditeit",
    formula_en="sum on death, where the policy says so at most that on disability",
    source=SOURCE,
)
def sum_insured_death(
    death_sum_by_itself: EurosPerYear, sum_insured_disability: EurosPerYear, death_at_most_disability: YesNo
) -> EurosPerYear:
    """Sum insured on death (rubriek A)."""
    return choose(
        death_at_most_disability, lowest(death_sum_by_itself, sum_insured_disability), death_sum_by_itself
    )


@rule(
    nl="Premie zonder korting per jaar",
    formula_nl="bedragen × promillages, of loon × percentage van de klasse, of een bedrag per persoon",
    formula_en="sums × per milles, or wage × rate of the class, or an amount a person",
    source=SOURCE,
)
def premium_before_discount(  # noqa: PLR0917 - a rule reads what it reads
    premium_form: Choice,
    sum_insured_death: EurosPerYear,
    sum_insured_disability: EurosPerYear,
    death_rate: Share,
    disability_rate: Share,
    wage_per_year: EurosPerYear,
    wage_rates: Share,
    employee_class: Count,
    premium_per_person: EurosPerYear,
) -> FineEurosPerYear:
    """Premium a year before discount, unrounded."""
    of_sums = sum_insured_death * death_rate + sum_insured_disability * disability_rate
    at_class = look_up(wage_rates, employee_class) if wage_rates.size else wage_rates
    of_wage = wage_per_year * at_class
    other = choose(says(premium_form, "share_of_wage"), of_wage, premium_per_person)
    return choose(says(premium_form, "per_mille"), of_sums, other)


@rule(
    nl="Collectiviteitskorting die geldt",
    formula_nl="het percentage, of dat van de tabel bij het aantal werknemers",
    formula_en="the rate, or that of the table at the number of employees",
    source=SOURCE,
)
def discount_share(group_discount: Part, group_discounts: Part, number_of_employees: Count) -> Part:
    """Group discount that holds; the last entry of the table goes for every larger number."""
    by_size = (
        look_up(group_discounts, lowest(number_of_employees, MOST_EMPLOYEES))
        if group_discounts.size
        else group_discounts
    )
    return choose(is_given(group_discounts), by_size, group_discount)


@rule(
    nl="Premie per jaar",
    formula_nl="premie zonder korting × (1 − collectiviteitskorting), op een honderdmiljoenste euro",
    formula_en="premium before discount × (1 − group discount), to a hundred-millionth of a euro",
    source=SOURCE,
    rounds=HALF_UP,
)
def accident_premium_per_year(
    premium_before_discount: FineEurosPerYear, discount_share: Part
) -> FineEurosPerYear:
    """Premium a year, unrounded."""
    return premium_before_discount * not_below_zero(1 - discount_share)


@rule(
    nl="Uitkeringspercentage bij deze invaliditeit",
    formula_nl="het percentage zelf, of dat van de progressieve tabel",
    formula_en="the percentage itself, or that of the progressive table",
    source=SOURCE,
)
def disability_share(accident_disability_percent: Count, progressive_table: Part) -> Part:
    """Share that is paid at this disability."""
    at_table = (
        look_up(progressive_table, accident_disability_percent)
        if progressive_table.size
        else progressive_table
    )
    return choose(is_given(progressive_table), at_table, accident_disability_percent / 100)


@rule(
    nl="Uitkering bij invaliditeit, voor het maximum per gebeurtenis",
    formula_nl="bedrag bij invaliditeit × uitkeringspercentage",
    formula_en="sum on disability × share paid",
    source=SOURCE,
    rounds=HALF_UP,
)
def benefit_by_itself(sum_insured_disability: EurosPerYear, disability_share: Part) -> Euros:
    """Benefit on disability, before the maximum of an event."""
    return sum_insured_disability * disability_share


@rule(
    nl="Uitkering bij invaliditeit",
    formula_nl="ten hoogste het maximum per gebeurtenis ÷ het aantal getroffenen",
    formula_en="at most the maximum of an event ÷ the persons in it",
    source=SOURCE,
    rounds=HALF_UP,
)
def accident_benefit(benefit_by_itself: Euros, share_of_event: Euros, event_maximum: EurosPerYear) -> Euros:
    """Benefit on disability; in one event the maximum is shared equally."""
    return choose(is_given(event_maximum), lowest(benefit_by_itself, share_of_event), benefit_by_itself)


@rule(
    nl="Deel van het maximum per gebeurtenis",
    formula_nl="maximum per gebeurtenis ÷ het aantal getroffenen",
    formula_en="maximum of an event ÷ the persons in it",
    source=SOURCE,
    rounds=HALF_UP,
)
def share_of_event(event_maximum: EurosPerYear, persons_in_event: Count) -> Euros:
    """Each person's share of the maximum of an event."""
    return event_maximum / highest(persons_in_event, 1)
