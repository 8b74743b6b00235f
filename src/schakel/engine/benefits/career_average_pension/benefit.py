"""Career average pension: what comes out."""

from schakel.engine.bases import contribution, pension, taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.career_average_pension import rules
from schakel.engine.benefits.career_average_pension.terms import TERMS, check

CAREER_AVERAGE_PENSION = define(
    "career_average_pension",
    line="pension",
    nl="Middelloonpensioen",
    en="Career average pension",
    quantities=(
        Quantity("pension_base", "pensioengrondslag per jaar", "pension base a year", "pension_base", "held"),
        Quantity(
            "accrual", "opbouw in het loontijdvak", "pension built up in the wage period", "accrual_per_year"
        ),
        Quantity("contribution", "premie", "contribution", "contribution_per_year"),
        Quantity(
            "employee_contribution",
            "werknemersdeel",
            "employee's part",
            "employee_contribution_per_year",
            deduction_class="gross_pension",
        ),
        rest(
            "employer_contribution",
            "werkgeversdeel",
            "employer's part",
            of="contribution",
            minus=("employee_contribution",),
            deduction_class="employer_only",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, pension, contribution, rules),
    check=check,
)
