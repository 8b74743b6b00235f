"""Pension over wage and hours: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.hourly_pension import rules
from schakel.engine.benefits.hourly_pension.terms import TERMS, check

HOURLY_PENSION = define(
    "hourly_pension",
    line="pension",
    nl="Pensioen over gewerkte uren",
    en="Pension over hours worked",
    quantities=(
        Quantity(
            "period_base",
            "grondslag in het loontijdvak",
            "base of the wage period",
            "base_in_period",
            "period",
        ),
        Quantity("contribution", "premie", "contribution", "contribution_in_period", "period"),
        Quantity(
            "employee_contribution",
            "werknemersdeel",
            "employee's part",
            "employee_contribution_in_period",
            "period",
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
    check=check,
)
