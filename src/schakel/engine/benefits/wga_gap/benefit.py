"""WGA gap: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.wga_gap import rules
from schakel.engine.benefits.wga_gap.terms import TERMS

WGA_GAP = define(
    "wga_gap",
    line="wia",
    mechanic="wage_sum",
    nl="WGA-hiaat",
    en="WGA gap",
    quantities=(
        Quantity("insured_wage", "verzekerd loon", "insured wage", "insured_wage_fine"),
        Quantity(
            "employee_share",
            "werknemersdeel",
            "employee's part",
            "employee_share_per_year",
            deduction_class="gross_entitlement",
        ),
    ),
    terms=TERMS,
    rules=(
        taking_part,
        wage,
        rules,
    ),
    conditions=(*TAKING_PART, "is_insured_for_wia"),
)
