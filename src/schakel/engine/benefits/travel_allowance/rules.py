"""Travel allowance: kilometres to work and back and for business, tax-free up to the amount of the law.

With fixed days the year's amount (214 days at five days a week) is spread over wage periods; that 128 days of travel
suffice for it stands in the handbook as the sources quote it (secondary).
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Days,
    Euros,
    EurosPerKilometre,
    Kilometres,
    choose,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 31a lid 2 onderdeel a; docs/calculations/travel_allowance.md"


@rule(
    nl="Kilometers in het loontijdvak",
    formula_nl="reisdagen × 2 × kilometers enkele reis (ten hoogste het maximum) + zakelijke kilometers; "
    "of vaste dagen per jaar ÷ loontijdvakken per jaar",
    formula_en="travel days × 2 × kilometres one way (at most the maximum) + business kilometres; "
    "or fixed days a year ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def kilometres_in_period(  # noqa: PLR0917 - a rule reads what it reads
    commuting_days: Days,
    days_form: Choice,
    commuting_kilometres: Kilometres,
    highest_kilometres: Count,
    business_kilometres: Kilometres,
    fixed_days: Days,
) -> Kilometres:
    """Kilometres of the wage period."""
    days = choose(says(days_form, "declared"), commuting_days, fixed_days)
    return days * lowest(commuting_kilometres, highest_kilometres) * 2 + business_kilometres


@rule(
    nl="Vaste reisdagen in het loontijdvak",
    formula_nl="vaste dagen per jaar ÷ loontijdvakken per jaar",
    formula_en="fixed days a year ÷ wage periods a year",
    source=SOURCE,
    rounds=HALF_UP,
)
def fixed_days(days_per_year: Days, wage_periods_per_year: Count) -> Days:
    """Fixed travel days of the wage period, in hundredths."""
    return days_per_year / wage_periods_per_year


@rule(
    nl="Reiskostenvergoeding",
    formula_nl="kilometers × bedrag per kilometer",
    formula_en="kilometres × amount a kilometre",
    source=SOURCE,
    rounds=HALF_UP,
)
def travel_amount(kilometres_in_period: Kilometres, amount_per_km: EurosPerKilometre) -> Euros:
    """Allowance of the wage period."""
    return kilometres_in_period * amount_per_km


@rule(
    nl="Belast deel",
    formula_nl="kilometers × (bedrag − onbelast bedrag, ten minste nul)",
    formula_en="kilometres × (amount − tax-free amount, at least zero)",
    source=SOURCE,
    rounds=HALF_UP,
)
def travel_taxed(
    kilometres_in_period: Kilometres,
    amount_per_km: EurosPerKilometre,
    tax_free_amount_per_km: EurosPerKilometre,
) -> Euros:
    """Part of it that is taxed wage."""
    return kilometres_in_period * not_below_zero(amount_per_km - tax_free_amount_per_km)
