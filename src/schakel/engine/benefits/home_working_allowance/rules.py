"""Home-working allowance: an untaxed amount for each day, which no insurer carries."""

from schakel.engine.exact import Count, Days, Euros, YesNo, choose, is_given, lowest, not_below_zero
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "Wet LB 1964 art. 31a lid 2; docs/calculations/home_working_allowance.md"
SCHEME = "personeelsregeling; docs/calculations/home_working_allowance.md"


@rule(
    nl="Werkdagen waarop niet naar het werk is gereisd",
    formula_nl="werkdagen in het loontijdvak − reisdagen, ten minste nul",
    formula_en="working days in the wage period − days travelled, at least zero",
    source=SOURCE,
)
def days_without_travel(working_days_in_period: Count, commuting_days: Days) -> Days:
    """Working days without travel to work."""
    return not_below_zero(working_days_in_period - commuting_days)


@rule(
    nl="Thuiswerkdagen die dit jaar nog kunnen tellen",
    formula_nl="hoogste aantal per jaar − thuiswerkdagen in eerdere loontijdvakken, ten minste nul",
    formula_en="most days in a year − days worked at home in earlier wage periods, at least zero",
    source=SCHEME,
)
def days_left_in_year(
    most_days_in_year: Days, home_working_days_to_date: Days, home_working_days: Days
) -> Days:
    """Days that can still count this year."""
    return not_below_zero(most_days_in_year - not_below_zero(home_working_days_to_date - home_working_days))


@rule(
    nl="Thuiswerkdagen die tellen",
    formula_nl="thuiswerkdagen, ten hoogste het aantal per loontijdvak, per jaar en zonder reisdagen, als de regeling "
    "dat zegt",
    formula_en="days worked at home, at most the number in a wage period, in a year and without travel days, where "
    "the scheme says so",
    source=SCHEME,
)
def counted_days(  # noqa: PLR0917 - a rule reads what it reads
    home_working_days: Days,
    most_days: Days,
    most_days_in_year: Days,
    days_left_in_year: Days,
    not_on_travel_days: YesNo,
    days_without_travel: Days,
) -> Days:
    """Days worked at home that count."""
    in_period = choose(is_given(most_days), lowest(home_working_days, most_days), home_working_days)
    in_year = choose(is_given(most_days_in_year), lowest(in_period, days_left_in_year), in_period)
    return choose(not_on_travel_days, lowest(in_year, days_without_travel), in_year)


@rule(
    nl="Thuiswerkvergoeding",
    formula_nl="thuiswerkdagen die tellen × bedrag per dag",
    formula_en="days worked at home that count × amount a day",
    source=SOURCE,
    rounds=HALF_UP,
)
def home_working_amount(counted_days: Days, amount_per_day: Euros) -> Euros:
    """Allowance for the wage period."""
    return counted_days * amount_per_day


@rule(
    nl="Belast deel van de thuiswerkvergoeding",
    formula_nl="thuiswerkdagen die tellen × (bedrag per dag − onbelast bedrag per dag, ten minste nul)",
    formula_en="days worked at home that count × (amount a day − tax-free amount a day, at least zero)",
    source=SOURCE,
    rounds=HALF_UP,
)
def home_working_taxed(counted_days: Days, amount_per_day: Euros, tax_free_amount_per_day: Euros) -> Euros:
    """Taxed part of the allowance."""
    return counted_days * not_below_zero(amount_per_day - tax_free_amount_per_day)
