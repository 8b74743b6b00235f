"""Excedent pension: what comes out."""

from schakel.engine.bases import contribution, taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.excedent_pension import rules
from schakel.engine.benefits.excedent_pension.terms import TERMS, check

EXCEDENT_PENSION = define(
    "excedent_pension",
    line="pension",
    nl="Excedentpensioen",
    en="Excedent pension",
    quantities=(
        Quantity(
            "excedent_base", "excedentgrondslag per jaar", "excedent base a year", "contribution_base", "held"
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
    rules=(taking_part, wage, contribution, rules),
    check=check,
)
