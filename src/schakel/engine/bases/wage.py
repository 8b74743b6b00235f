"""From the salary payroll states to the yearly wage a scheme counts with.

Full-time first: caps and franchise apply to the full-time salary, and the part-time factor comes last;
otherwise a part-timer above the cap would be insured for too much. A scheme that does it otherwise says so.
"""

from schakel.engine.exact import (
    Choice,
    Count,
    Euros,
    EurosPerYear,
    Hours,
    Share,
    YesNo,
    choose,
    lowest,
    says,
)
from schakel.engine.rounding import HALF_UP, rounded_to
from schakel.engine.rule import rule

YEAR = "docs/calculations/bases.md"
TERMS = "regelingsvoorwaarden; docs/calculations/bases.md"


@rule(
    nl="Loontijdvakken per jaar",
    formula_nl="maand 12, vier weken 13, week 52",
    formula_en="month 12, four weeks 13, week 52",
    source=YEAR,
)
def wage_periods_per_year(wage_period_kind: Choice) -> Count:
    """Wage periods in a year."""
    return choose(says(wage_period_kind, "month"), 12, choose(says(wage_period_kind, "four_weeks"), 13, 52))


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
    salary_kind: Choice,
    salary_amount: Euros,
    wage_periods_per_year: Count,
    part_time_salary_as_full_time: EurosPerYear,
    full_time_hours_per_week: Hours,
) -> EurosPerYear:
    """Full-time salary a year."""
    return choose(
        says(salary_kind, "full_time"),
        salary_amount * wage_periods_per_year,
        choose(
            says(salary_kind, "part_time"),
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
    nl="Ploegentoeslag omgerekend naar voltijd, per jaar",
    formula_nl="ploegentoeslag × loontijdvakken per jaar ÷ deeltijdfactor",
    formula_en="shift allowance × wage periods per year ÷ part-time factor",
    source=YEAR,
    rounds=HALF_UP,
)
def shift_allowance_as_full_time(
    shift_allowance: Euros, wage_periods_per_year: Count, part_time_factor: Share
) -> EurosPerYear:
    """Shift allowance as for full time, a year."""
    return shift_allowance * wage_periods_per_year / part_time_factor


@rule(
    nl="Variabel loon omgerekend naar voltijd",
    formula_nl="variabel loon per jaar ÷ deeltijdfactor",
    formula_en="variable pay a year ÷ part-time factor",
    source=YEAR,
    rounds=HALF_UP,
)
def variable_pay_as_full_time(variable_pay_per_year: Euros, part_time_factor: Share) -> EurosPerYear:
    """Variable pay as for full time, a year."""
    return variable_pay_per_year / part_time_factor


@rule(
    nl="Opgegeven jaarloon omgerekend naar voltijd",
    formula_nl="opgegeven jaarloon ÷ deeltijdfactor",
    formula_en="stated wage a year ÷ part-time factor",
    source=YEAR,
    rounds=HALF_UP,
)
def stated_wage_as_full_time(stated_wage_per_year: Euros, part_time_factor: Share) -> EurosPerYear:
    """Wage that payroll states for the year, as for full time."""
    return stated_wage_per_year / part_time_factor


@rule(
    nl="Voltijdsalaris met vaste toeslagen",
    formula_nl="voltijdsalaris + de toeslagen die meetellen",
    formula_en="full-time salary + the allowances that count",
    source=TERMS,
)
def counted_salary_per_year(
    full_time_salary_per_year: EurosPerYear,
    fixed_allowance_as_full_time: EurosPerYear,
    includes_fixed_allowance: YesNo,
    shift_allowance_as_full_time: EurosPerYear,
    includes_shift_allowance: YesNo,
) -> EurosPerYear:
    """Full-time salary a year with the allowances that count."""
    return (
        full_time_salary_per_year
        + choose(includes_fixed_allowance, fixed_allowance_as_full_time, 0)
        + choose(includes_shift_allowance, shift_allowance_as_full_time, 0)
    )


@rule(
    nl="Voltijdjaarsalaris met vakantietoeslag",
    formula_nl="laagste van salaris met toeslagen en hoogste jaarloon × (1 + vakantietoeslag + dertiende maand "
    "+ eindejaarsuitkering) + variabel loon als dat meetelt; of het opgegeven jaarloon",
    formula_en="lowest of salary with allowances and highest wage × (1 + holiday allowance + thirteenth month "
    "+ year-end allowance) + variable pay if it counts; or the stated wage",
    source=TERMS,
    rounds=HALF_UP,
)
def full_time_wage_per_year(  # noqa: PLR0917 - a rule reads what it reads
    counted_salary_per_year: EurosPerYear,
    wage_concept: Choice,
    stated_wage_as_full_time: EurosPerYear,
    holiday_allowance_rate: Share,
    thirteenth_month_rate: Share,
    year_end_rate: Share,
    highest_wage: EurosPerYear,
    variable_pay_as_full_time: EurosPerYear,
    includes_variable_pay: YesNo,
    wage_rounding: Choice,
) -> EurosPerYear:
    """Full-time wage a year with holiday allowance."""
    extras = 1 + holiday_allowance_rate + thirteenth_month_rate + year_end_rate
    # Rounded by itself, so that variable pay beside it changes no cent of the salary.
    salary = rounded_to(lowest(counted_salary_per_year, highest_wage) * extras, "cent_half_up")
    variable = choose(includes_variable_pay, lowest(variable_pay_as_full_time, highest_wage), 0)
    stated = lowest(stated_wage_as_full_time, highest_wage)
    return rounded_to(choose(says(wage_concept, "salary"), salary + variable, stated), wage_rounding)


@rule(
    nl="Jaarloon voor de gewerkte uren",
    formula_nl="voltijdjaarsalaris met vakantietoeslag × deeltijdfactor",
    formula_en="full-time wage × part-time factor",
    source=TERMS,
    rounds=HALF_UP,
)
def wage_per_year(full_time_wage_per_year: EurosPerYear, part_time_factor: Share) -> EurosPerYear:
    """Wage a year for the hours worked."""
    return full_time_wage_per_year * part_time_factor
