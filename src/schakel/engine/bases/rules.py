"""From the salary payroll states to the salary a scheme counts with.

Full-time first: caps and franchise apply to the full-time salary, and the part-time factor comes last;
otherwise a part-timer above the cap would be insured for too much.
"""

from schakel.engine.exact import (
    HALF_UP,
    Count,
    Euros,
    EurosPerYear,
    Hours,
    Share,
    YesNo,
    choose,
    equals,
    lowest,
    not_below_zero,
)
from schakel.engine.rule import rule

YEAR = "docs/calculations/bases.md"
CAP_FIRST = "pensioenreglement; docs/calculations/bases.md"


@rule(
    nl="Loontijdvakken per jaar",
    formula_nl="maand 12, vier weken 13, week 52",
    formula_en="month 12, four weeks 13, week 52",
    source=YEAR,
)
def wage_periods_per_year(wage_period_kind: Count) -> Count:
    """Wage periods in a year."""
    return choose(equals(wage_period_kind, 0), 12, choose(equals(wage_period_kind, 1), 13, 52))


@rule(
    nl="Deeltijdsalaris omgerekend naar voltijd, per jaar",
    formula_nl="salaris × loontijdvakken per jaar ÷ deeltijdfactor",
    formula_en="salary × wage periods per year ÷ part-time factor",
    source=YEAR,
    rounds=HALF_UP,
)
def part_time_salary_as_full_time(
    salary_amount: Euros, wage_periods_per_year: Count, part_time_factor: Share
) -> EurosPerYear:
    """Part-time salary as a full-time salary a year."""
    return salary_amount * wage_periods_per_year / part_time_factor


@rule(
    nl="Voltijdsalaris per jaar",
    formula_nl="naar soort: voltijdsalaris × loontijdvakken, deeltijdsalaris omgerekend, uurloon × voltijduren × 52",
    formula_en="by kind: full-time salary × wage periods, part-time one converted, hourly wage × full-time hours × 52",
    source=YEAR,
    rounds=HALF_UP,
)
def full_time_salary_per_year(
    salary_kind: Count,
    salary_amount: Euros,
    wage_periods_per_year: Count,
    part_time_salary_as_full_time: EurosPerYear,
    full_time_hours_per_week: Hours,
) -> EurosPerYear:
    """Full-time salary a year."""
    return choose(
        equals(salary_kind, 0),
        salary_amount * wage_periods_per_year,
        choose(
            equals(salary_kind, 1),
            part_time_salary_as_full_time,
            salary_amount * full_time_hours_per_week * 52,
        ),
    )


@rule(
    nl="Vaste toeslag omgerekend naar voltijd, per jaar",
    formula_nl="vaste toeslag × loontijdvakken per jaar ÷ deeltijdfactor",
    formula_en="fixed allowance × wage periods per year ÷ part-time factor",
    source=YEAR,
    rounds=HALF_UP,
)
def fixed_allowance_as_full_time(
    fixed_allowance: Euros, wage_periods_per_year: Count, part_time_factor: Share
) -> EurosPerYear:
    """Fixed allowance as for full time, a year."""
    return fixed_allowance * wage_periods_per_year / part_time_factor


@rule(
    nl="Voltijdjaarsalaris met vakantietoeslag",
    formula_nl="(voltijdsalaris + vaste toeslag als die meetelt) × (1 + vakantietoeslag)",
    formula_en="(full-time salary + fixed allowance if it counts) × (1 + holiday allowance)",
    source="regelingsvoorwaarden; docs/calculations/bases.md",
    rounds=HALF_UP,
)
def full_time_wage_per_year(
    full_time_salary_per_year: EurosPerYear,
    fixed_allowance_as_full_time: EurosPerYear,
    includes_fixed_allowance: YesNo,
    holiday_allowance_rate: Share,
    highest_wage: EurosPerYear,
) -> EurosPerYear:
    """Full-time wage a year with holiday allowance."""
    counted = full_time_salary_per_year + choose(includes_fixed_allowance, fixed_allowance_as_full_time, 0)
    return lowest(counted, highest_wage) * (1 + holiday_allowance_rate)


@rule(
    nl="Jaarloon voor de gewerkte uren",
    formula_nl="voltijdjaarsalaris met vakantietoeslag × deeltijdfactor",
    formula_en="full-time wage × part-time factor",
    source="regelingsvoorwaarden; docs/calculations/bases.md",
    rounds=HALF_UP,
)
def wage_per_year(full_time_wage_per_year: EurosPerYear, part_time_factor: Share) -> EurosPerYear:
    """Wage a year for the hours worked."""
    return full_time_wage_per_year * part_time_factor


@rule(
    nl="Pensioengevend salaris",
    formula_nl="laagste van voltijdjaarsalaris en maximum",
    formula_en="lowest of full-time wage and maximum",
    source=CAP_FIRST,
)
def pensionable_salary(
    full_time_wage_per_year: EurosPerYear, pensionable_salary_cap: EurosPerYear
) -> EurosPerYear:
    """Pensionable salary (pensioengevend salaris), full time, at most the maximum."""
    return lowest(full_time_wage_per_year, pensionable_salary_cap)


@rule(
    nl="Pensioengevend salaris voor de gewerkte uren",
    formula_nl="pensioengevend salaris × deeltijdfactor",
    formula_en="pensionable salary × part-time factor",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def actual_pensionable_salary(pensionable_salary: EurosPerYear, part_time_factor: Share) -> EurosPerYear:
    """Pensionable salary for the hours worked."""
    return pensionable_salary * part_time_factor


@rule(
    nl="Pensioengrondslag",
    formula_nl="(pensioengevend salaris − franchise, ten minste nul) × deeltijdfactor",
    formula_en="(pensionable salary − franchise, at least zero) × part-time factor",
    source=CAP_FIRST,
    rounds=HALF_UP,
)
def pension_base(
    pensionable_salary: EurosPerYear, franchise: EurosPerYear, part_time_factor: Share
) -> EurosPerYear:
    """Salary over which pension is built up (pensioengrondslag), for the hours worked.

    Never below zero: a salary under the franchise builds up nothing.
    """
    return not_below_zero(pensionable_salary - franchise) * part_time_factor


@rule(
    nl="In dienst",
    formula_nl="volgens de dienstverbanden in de salarisadministratie",
    formula_en="by the employments in payroll",
    source="regelingsvoorwaarden; docs/calculations/bases.md",
)
def is_in_service(is_employed: YesNo) -> YesNo:
    """In service."""
    return is_employed


@rule(
    nl="Toetredingsleeftijd bereikt",
    formula_nl="leeftijd op de eerste van de maand ≥ toetredingsleeftijd",
    formula_en="age on the first of the month ≥ entry age",
    source="regelingsvoorwaarden; docs/calculations/bases.md",
)
def has_reached_entry_age(age_months: Count, entry_age: Count) -> YesNo:
    """Has reached the entry age."""
    return age_months >= entry_age


@rule(
    nl="Eindleeftijd nog niet bereikt",
    formula_nl="leeftijd op de eerste van de maand < eindleeftijd",
    formula_en="age on the first of the month < end age",
    source="regelingsvoorwaarden; docs/calculations/bases.md",
)
def is_before_end_age(age_months: Count, end_age: Count) -> YesNo:
    """Has not reached the end age."""
    return age_months < end_age
