"""WGA gap: what comes out."""

from schakel.engine.bases import incapacity, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.wga_gap import rules
from schakel.engine.benefits.wga_gap.terms import TERMS, check

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
        Quantity(
            "personal_premium",
            "premie per persoon",
            "premium for each person",
            "personal_premium_fine",
            when="has_personal_premium",
        ),
        Quantity(
            "benefit_payment",
            "uitkering",
            "benefit",
            "benefit_per_year",
            is_told_to_carrier=False,
            when="calculates_benefit",
        ),
    ),
    terms=TERMS,
    rules=(
        taking_part,
        wage,
        incapacity,
        rules,
    ),
    conditions=(*TAKING_PART, "is_insured_for_wia"),
    check=check,
)
