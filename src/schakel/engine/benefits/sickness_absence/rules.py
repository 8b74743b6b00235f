"""Conventional sickness absence: a premium over the insured wage sum; after the own-risk days the wage is paid back.

Days are working days, 261 in a year. An absence that begins within four weeks of the last goes on with its count:
payroll or the absence system states the days before (`absence_days_before`). Never a cause.
"""

from schakel.engine.exact import (
    Count,
    Days,
    Euros,
    EurosPerYear,
    FineEurosPerYear,
    Part,
    Share,
    YesNo,
    choose,
    highest,
    is_given,
    lowest,
    not_below_zero,
)
from schakel.engine.rounding import HALF_UP
from schakel.engine.rule import rule

SOURCE = "polisvoorwaarden verzuim; docs/calculations/sickness_absence.md"
STATUTORY = "BW 7:629; docs/calculations/sickness_absence.md"


@rule(
    nl="Loon dat meetelt",
    formula_nl="jaarloon, ten hoogste het maximum per persoon",
    formula_en="yearly wage, at most the maximum of a person",
    source=SOURCE,
)
def counted_wage(wage_per_year: EurosPerYear, highest_wage_per_person: EurosPerYear) -> EurosPerYear:
    """Wage that counts for the policy."""
    return choose(
        is_given(highest_wage_per_person), lowest(wage_per_year, highest_wage_per_person), wage_per_year
    )


@rule(
    nl="Verzekerd loon met werkgeverslasten",
    formula_nl="loon dat meetelt × dekking eerste jaar × (1 + werkgeverslasten)",
    formula_en="wage that counts × cover of the first year × (1 + employer's charges)",
    source=SOURCE,
    rounds=HALF_UP,
)
def insured_wage_per_year(
    counted_wage: EurosPerYear, cover_first_year: Part, employer_charges: Part
) -> EurosPerYear:
    """Insured wage a year."""
    return counted_wage * cover_first_year * (1 + employer_charges)


@rule(
    nl="Verzekerd loon per jaar, ongerond",
    formula_nl="verzekerd loon met werkgeverslasten",
    formula_en="insured wage with charges",
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
    nl="Vergoede dagen in het eerste ziektejaar",
    formula_nl="verzuimdagen tot nu toe in het eerste jaar (261) na de eigen-risicodagen, min die van eerder",
    formula_en="days of absence so far in the first year (261) after the own-risk days, less those of before",
    source=SOURCE,
)
def paid_days_first_year(absence_days: Days, absence_days_before: Days, own_risk_days: Days) -> Days:
    """Days that are paid in the first year of illness."""
    until = lowest(absence_days_before + absence_days, 261)
    since = highest(absence_days_before, own_risk_days)
    return not_below_zero(until - since)


@rule(
    nl="Vergoede dagen in het tweede ziektejaar",
    formula_nl="verzuimdagen tot nu toe tussen 261 en 522, na de eigen-risicodagen, min die van eerder",
    formula_en="days of absence so far between 261 and 522, after the own-risk days, less those of before",
    source=STATUTORY,
)
def paid_days_second_year(absence_days: Days, absence_days_before: Days, own_risk_days: Days) -> Days:
    """Days that are paid in the second year of illness; after 104 weeks wages are no longer owed."""
    until = lowest(absence_days_before + absence_days, 522)
    since = highest(highest(absence_days_before, own_risk_days), 261)
    return not_below_zero(until - since)


@rule(
    nl="Dagloon",
    formula_nl="loon dat meetelt ÷ 261",
    formula_en="wage that counts ÷ 261",
    source=SOURCE,
    rounds=HALF_UP,
)
def daily_wage(counted_wage: EurosPerYear) -> Euros:
    """Wage of a working day."""
    return counted_wage / 261


@rule(
    nl="Loon over de vergoede dagen",
    formula_nl="dagloon × (dagen eerste jaar × dekking + dagen tweede jaar × dekking)",
    formula_en="daily wage × (days of the first year × cover + days of the second year × cover)",
    source=SOURCE,
    rounds=HALF_UP,
)
def wage_of_paid_days(
    daily_wage: Euros,
    paid_days_first_year: Days,
    paid_days_second_year: Days,
    cover_first_year: Part,
    cover_second_year: Part,
) -> Euros:
    """Wage over the days that are paid, at full absence."""
    return daily_wage * (paid_days_first_year * cover_first_year + paid_days_second_year * cover_second_year)


@rule(
    nl="Uitkering in het loontijdvak",
    formula_nl="loon over de vergoede dagen × verzuimpercentage × (1 + werkgeverslasten) − vangnetuitkering",
    formula_en="wage of the paid days × percentage absent × (1 + employer's charges) − safety-net benefit",
    source=SOURCE,
    rounds=HALF_UP,
)
def benefit_in_period(
    wage_of_paid_days: Euros,
    absence_percent: Count,
    employer_charges: Part,
    state_benefit_amount: Euros,
    deducts_state_benefit: YesNo,
) -> Euros:
    """Benefit of the wage period; partial recovery lowers the percentage absent."""
    whole = wage_of_paid_days * absence_percent * (1 + employer_charges) / 100
    return not_below_zero(whole - choose(deducts_state_benefit, state_benefit_amount, 0))
