"""ZW self-insurance: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.zw_self_insurance import rules
from schakel.engine.benefits.zw_self_insurance.terms import TERMS

ZW_SELF_INSURANCE = define(
    "zw_self_insurance",
    line="self_insurance",
    mechanic="wage_sum",
    nl="ZW-eigenrisicodrager",
    en="ZW self-insurance",
    quantities=(
        Quantity("insured_wage", "verzekerd loon", "insured wage", "insured_wage_fine"),
        Quantity(
            "employee_share",
            "verhaald op de werknemer",
            "recovered from the employee",
            "employee_share_per_year",
            deduction_class="employer_only",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
