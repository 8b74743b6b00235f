"""IVA supplement: what comes out."""

from schakel.engine.bases import incapacity, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.iva_supplement import rules
from schakel.engine.benefits.iva_supplement.terms import TERMS

IVA_SUPPLEMENT = define(
    "iva_supplement",
    line="wia",
    mechanic="wage_sum",
    nl="IVA-aanvulling",
    en="IVA supplement",
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
