"""Travel allowance: kilometres to work and back and for business, tax-free up to the amount of the law.

With fixed days the year's allowance (214 days at five days a week) is spread over wage periods. That it is tax-free
from 128 days of travel on, both in proportion to the travel days a week, stands in advisers' notes on the handbook
(secondary); that it is tested in proportion within the year too is unverified, and only done where a scheme says so.
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Days,
    Euros,
    EurosPerKilometre,
    FineEurosPerYear,
    Kilometres,
    YesNo,
    choose,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 31a lid 2 onderdeel a; docs/calculations/travel_allowance.md"
WORKING_WEEK = 5  #: days a week of which 214 and 128 days a year are said


@rule(
    nl="Kilometers enkele reis die tellen",
    formula_nl="laagste van kilometers enkele reis en het maximum",
    formula_en="lowest of kilometres one way and the maximum",
    source=SOURCE,
)
def counted_kilometres(commuting_kilometres: Kilometres, highest_kilometres: Count) -> Kilometres:
    """Kilometres one way that count."""
    return lowest(commuting_kilometres, highest_kilometres)


@rule(
    nl="Vaste reisdagen per jaar",
    formula_nl="vaste dagen per jaar; of × reisdagen per week ÷ 5",
    formula_en="fixed days a year; or × travel days a week ÷ 5",
    source=SOURCE,
    rounds=HALF_UP,
)
def fixed_days(days_per_year: Days, counts_days_per_week: YesNo, commuting_days_per_week: Days) -> Days:
    """Fixed travel days a year, in hundredths."""
    by_week = days_per_year * commuting_days_per_week / WORKING_WEEK
    return choose(counts_days_per_week, by_week, days_per_year)


@rule(
    nl="Vaste vergoeding per jaar",
    formula_nl="vaste reisdagen per jaar × 2 × kilometers enkele reis × bedrag per kilometer",
    formula_en="fixed travel days a year × 2 × kilometres one way × amount a kilometre",
    source=SOURCE,
)
def fixed_amount_per_year(
    fixed_days: Days, counted_kilometres: Kilometres, amount_per_km: EurosPerKilometre
) -> FineEurosPerYear:
    """Fixed allowance a year, unrounded."""
    return fixed_days * counted_kilometres * 2 * amount_per_km


@rule(
    nl="Vaste vergoeding",
    formula_nl="vaste vergoeding per jaar ÷ loontijdvakken per jaar, naar de dagen in dienst",
    formula_en="fixed allowance a year ÷ wage periods a year, by the days in service",
    source=SOURCE,
    rounds=HALF_UP,
)
def fixed_amount(
    fixed_amount_per_year: FineEurosPerYear,
    wage_periods_per_year: Count,
    days_in_service: Count,
    days_in_period: Count,
    part_of_period: Choice,
) -> Euros:
    """Fixed allowance of the wage period."""
    is_by_days = says(part_of_period, "by_days")
    days, of_days = choose(is_by_days, days_in_service, 1), choose(is_by_days, days_in_period, 1)
    return fixed_amount_per_year * days / (wage_periods_per_year * of_days)


@rule(
    nl="Vergoeding naar gereisde dagen",
    formula_nl="reisdagen × 2 × kilometers enkele reis × bedrag per kilometer",
    formula_en="travel days × 2 × kilometres one way × amount a kilometre",
    source=SOURCE,
    rounds=HALF_UP,
)
def declared_amount(
    commuting_days: Days, counted_kilometres: Kilometres, amount_per_km: EurosPerKilometre
) -> Euros:
    """Allowance for the days travelled."""
    return commuting_days * counted_kilometres * 2 * amount_per_km


@rule(
    nl="Zakelijke kilometers vergoed",
    formula_nl="zakelijke kilometers × bedrag per kilometer",
    formula_en="business kilometres × amount a kilometre",
    source=SOURCE,
    rounds=HALF_UP,
)
def business_amount(business_kilometres: Kilometres, amount_per_km: EurosPerKilometre) -> Euros:
    """Allowance for business kilometres."""
    return business_kilometres * amount_per_km


@rule(
    nl="Reiskostenvergoeding",
    formula_nl="naar gereisde dagen of vast, + zakelijke kilometers",
    formula_en="by days travelled or fixed, + business kilometres",
    source=SOURCE,
)
def travel_amount(
    days_form: Choice, declared_amount: Euros, fixed_amount: Euros, business_amount: Euros
) -> Euros:
    """Allowance of the wage period."""
    return choose(says(days_form, "declared"), declared_amount, fixed_amount) + business_amount


@rule(
    nl="Genoeg gereisd voor een vaste vergoeding",
    formula_nl="gereisde dagen in het jaar ≥ 128 × reisdagen per week ÷ 5, naar de loontijdvakken tot nu toe",
    formula_en="days travelled in the year ≥ 128 × travel days a week ÷ 5, by the wage periods so far",
    source=SOURCE,
)
def travels_enough(
    commuting_days_to_date: Days,
    fewest_days: Days,
    commuting_days_per_week: Days,
    wage_periods_to_date: Count,
    wage_periods_per_year: Count,
) -> YesNo:
    """Travels enough for a fixed allowance to be tax-free."""
    needed = fewest_days * commuting_days_per_week / WORKING_WEEK
    return commuting_days_to_date * wage_periods_per_year >= needed * wage_periods_to_date


@rule(
    nl="Onbelast naar gereisde dagen",
    formula_nl="reisdagen × 2 × kilometers enkele reis (ook boven het maximum) × onbelast bedrag",
    formula_en="travel days × 2 × kilometres one way (above the maximum too) × tax-free amount",
    source=SOURCE,
    rounds=HALF_UP,
)
def free_by_days(
    commuting_days: Days, commuting_kilometres: Kilometres, tax_free_amount_per_km: EurosPerKilometre
) -> Euros:
    """Tax-free for the days travelled."""
    return commuting_days * commuting_kilometres * 2 * tax_free_amount_per_km


@rule(
    nl="Belast deel per kilometer",
    formula_nl="bedrag − onbelast bedrag, ten minste nul",
    formula_en="amount − tax-free amount, at least zero",
    source=SOURCE,
)
def taxed_per_km(
    amount_per_km: EurosPerKilometre, tax_free_amount_per_km: EurosPerKilometre
) -> EurosPerKilometre:
    """Taxed part of each kilometre."""
    return not_below_zero(amount_per_km - tax_free_amount_per_km)


@rule(
    nl="Vaste vergoeding, belast deel per jaar",
    formula_nl="vaste reisdagen per jaar × 2 × kilometers enkele reis × belast deel per kilometer",
    formula_en="fixed travel days a year × 2 × kilometres one way × taxed part of each kilometre",
    source=SOURCE,
)
def fixed_taxed_per_year(
    fixed_days: Days, counted_kilometres: Kilometres, taxed_per_km: EurosPerKilometre
) -> FineEurosPerYear:
    """Taxed part of the fixed allowance a year, unrounded."""
    return fixed_days * counted_kilometres * 2 * taxed_per_km


@rule(
    nl="Vaste vergoeding, belast deel",
    formula_nl="belast deel per jaar ÷ loontijdvakken per jaar, naar de dagen in dienst; wie te weinig reist: alles "
    "boven het onbelaste bedrag naar gereisde dagen",
    formula_en="taxed part a year ÷ wage periods a year, by the days in service; of who travels too little: all "
    "above what is tax-free for the days travelled",
    source=SOURCE,
)
def fixed_taxed(
    fixed_taxed_of_period: Euros,
    checks_days: YesNo,
    travels_enough: YesNo,
    fixed_amount: Euros,
    free_by_days: Euros,
) -> Euros:
    """Taxed part of the fixed allowance."""
    too_few = not_below_zero(fixed_amount - free_by_days)
    checked = choose(travels_enough, fixed_taxed_of_period, too_few)
    return choose(checks_days, checked, fixed_taxed_of_period)


@rule(
    nl="Belast deel van de kilometers boven het onbelaste bedrag",
    formula_nl="belast deel per jaar ÷ loontijdvakken per jaar, naar de dagen in dienst",
    formula_en="taxed part a year ÷ wage periods a year, by the days in service",
    source=SOURCE,
    rounds=HALF_UP,
)
def fixed_taxed_of_period(
    fixed_taxed_per_year: FineEurosPerYear,
    wage_periods_per_year: Count,
    days_in_service: Count,
    days_in_period: Count,
    part_of_period: Choice,
) -> Euros:
    """Taxed part of the fixed allowance by its amount a kilometre."""
    is_by_days = says(part_of_period, "by_days")
    days, of_days = choose(is_by_days, days_in_service, 1), choose(is_by_days, days_in_period, 1)
    return fixed_taxed_per_year * days / (wage_periods_per_year * of_days)


@rule(
    nl="Belast deel naar gereisde dagen",
    formula_nl="reisdagen × 2 × kilometers enkele reis × belast deel per kilometer",
    formula_en="travel days × 2 × kilometres one way × taxed part of each kilometre",
    source=SOURCE,
    rounds=HALF_UP,
)
def declared_taxed(
    commuting_days: Days, counted_kilometres: Kilometres, taxed_per_km: EurosPerKilometre
) -> Euros:
    """Taxed part of the allowance for the days travelled."""
    return commuting_days * counted_kilometres * 2 * taxed_per_km


@rule(
    nl="Belast deel",
    formula_nl="belast deel naar gereisde dagen of vast, + zakelijke kilometers × belast deel per kilometer",
    formula_en="taxed part by days travelled or fixed, + business kilometres × taxed part of each kilometre",
    source=SOURCE,
    rounds=HALF_UP,
)
def travel_taxed(
    days_form: Choice,
    declared_taxed: Euros,
    fixed_taxed: Euros,
    business_kilometres: Kilometres,
    taxed_per_km: EurosPerKilometre,
) -> Euros:
    """Part of it that is taxed wage."""
    of_days = choose(says(days_form, "declared"), declared_taxed, fixed_taxed)
    return of_days + business_kilometres * taxed_per_km
