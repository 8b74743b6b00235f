"""The pension that can be reached: the years from entry to the pension age times the accrual; before the Wtp."""

from schakel.engine.exact import (
    Choice,
    Count,
    EurosPerYear,
    Months,
    Share,
    choose,
    lowest,
    not_below_zero,
    says,
)
from schakel.engine.rounding import DOWN, HALF_UP
from schakel.engine.rule import rule

REACHABLE = (
    "pensioenreglement; Wet LB 1964 art. 18b (tekst voor 1 juli 2023); docs/calculations/partner_pension.md"
)


@rule(
    nl="Hele dienstjaren",
    formula_nl="maanden diensttijd tot de pensioenleeftijd ÷ 12, naar beneden afgerond",
    formula_en="months of service to the pension age ÷ 12, rounded down",
    source=REACHABLE,
    rounds=DOWN,
)
def whole_years_of_service(months_to_pension_age: Count) -> Count:
    """Whole years of service that can be reached."""
    return months_to_pension_age / 12


@rule(
    nl="Maanden diensttijd tot de pensioenleeftijd",
    formula_nl="pensioenleeftijd − leeftijd bij indiensttreding; of opgegeven maanden + pensioenleeftijd − leeftijd",
    formula_en="pension age − age on entry; or stated pension months + pension age − age",
    source=REACHABLE,
)
def months_to_pension_age(
    service_from: Choice,
    pension_age: Months,
    age_at_entry_months: Count,
    pension_service_months: Count,
    age_months: Count,
) -> Count:
    """Months of service from entry to the pension age; the month of entry counts as a whole."""
    from_entry = not_below_zero(pension_age - age_at_entry_months)
    stated = pension_service_months + not_below_zero(pension_age - age_months)
    return choose(says(service_from, "employment"), from_entry, stated)


@rule(
    nl="Bereikbare diensttijd in maanden",
    formula_nl="maanden diensttijd, of hele jaren × 12; ten hoogste het maximum",
    formula_en="months of service, or whole years × 12; at most the maximum",
    source=REACHABLE,
)
def reachable_months(
    years_counted: Choice,
    months_to_pension_age: Count,
    whole_years_of_service: Count,
    highest_service: Months,
) -> Count:
    """Service that can be reached, in months."""
    months = choose(says(years_counted, "months"), months_to_pension_age, whole_years_of_service * 12)
    return lowest(months, highest_service)


@rule(
    nl="Bereikbaar ouderdomspensioen per jaar",
    formula_nl="pensioengrondslag × opbouwpercentage × bereikbare maanden ÷ 12",
    formula_en="pension base × accrual rate × reachable months ÷ 12",
    source=REACHABLE,
    rounds=HALF_UP,
)
def reachable_pension(
    pension_base: EurosPerYear, accrual_rate: Share, reachable_months: Count
) -> EurosPerYear:
    """Retirement pension that can be reached, a year."""
    return pension_base * accrual_rate * reachable_months / 12
