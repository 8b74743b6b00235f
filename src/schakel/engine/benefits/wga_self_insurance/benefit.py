"""WGA self-insurance: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.wga_self_insurance import rules
from schakel.engine.benefits.wga_self_insurance.terms import TERMS

WGA_SELF_INSURANCE = define(
    "wga_self_insurance",
    line="self_insurance",
    mechanic="wage_sum",
    nl="WGA-eigenrisicodrager",
    en="WGA self-insurance",
    quantities=(
        Quantity("insured_wage", "verzekerd loon", "insured wage", "insured_wage_fine"),
        Quantity(
            "employee_share",
            "verhaald op de werknemer",
            "recovered from the employee",
            "employee_share_per_year",
            deduction_class="net_whk_recovery",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
