"""Retirement pension: what comes out."""

from schakel.engine.bases import contribution, pension, taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.retirement_pension import rules
from schakel.engine.benefits.retirement_pension.terms import TERMS, check

RETIREMENT_PENSION = define(
    "retirement_pension",
    line="pension",
    nl="Ouderdomspensioen",
    en="Retirement pension",
    quantities=(
        Quantity("pension_base", "pensioengrondslag per jaar", "pension base a year", "pension_base", "held"),
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
