"""Pension over the year so far: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.cumulative_pension import rules
from schakel.engine.benefits.cumulative_pension.terms import TERMS

CUMULATIVE_PENSION = define(
    "cumulative_pension",
    line="pension",
    nl="Pensioen over het jaar tot nu toe",
    en="Pension over the year so far",
    quantities=(
        Quantity(
            "period_base",
            "grondslag in het loontijdvak",
            "base of the wage period",
            "base_to_date",
            "to_date",
        ),
        Quantity("contribution", "premie", "contribution", "contribution_to_date", "to_date"),
        Quantity(
            "employee_contribution",
            "werknemersdeel",
            "employee's part",
            "employee_contribution_to_date",
            "to_date",
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
    rules=(taking_part, wage, rules),
)
