"""Final pay pension: what comes out."""

from schakel.engine.bases import contribution, pension, taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.final_pay_pension import rules
from schakel.engine.benefits.final_pay_pension.terms import TERMS, check

FINAL_PAY_PENSION = define(
    "final_pay_pension",
    line="pension",
    nl="Eindloonpensioen",
    en="Final pay pension",
    quantities=(
        Quantity("pension_base", "pensioengrondslag per jaar", "pension base a year", "pension_base", "held"),
        Quantity(
            "accrued_pension",
            "opgebouwd pensioen per jaar",
            "accrued pension a year",
            "accrued_pension",
            "held",
        ),
        Quantity(
            "reachable_pension",
            "bereikbaar pensioen per jaar",
            "reachable pension a year",
            "reachable_pension",
            "held",
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
