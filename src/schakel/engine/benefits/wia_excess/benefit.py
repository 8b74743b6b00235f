"""WIA excess: what comes out."""

from schakel.engine.bases import incapacity, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.wia_excess import rules
from schakel.engine.benefits.wia_excess.terms import TERMS

WIA_EXCESS = define(
    "wia_excess",
    line="wia",
    mechanic="wage_sum",
    nl="WIA-excedent",
    en="WIA excess",
    conditions=(*TAKING_PART, "is_insured_for_wia"),
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
            "sum_insured_below",
            "verzekerd onder de grens per jaar",
            "insured below the limit a year",
            "sum_insured_below",
            "held",
            when="covers_below",
        ),
        Quantity(
            "sum_insured_above",
            "verzekerd boven de grens per jaar",
            "insured above the limit a year",
            "sum_insured_above",
            "held",
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
    rules=(taking_part, wage, incapacity, rules),
)
