"""Partner pension: what comes out."""

from schakel.engine.bases import pension, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.partner_pension import rules
from schakel.engine.benefits.partner_pension.terms import TERMS

PARTNER_PENSION = define(
    "partner_pension",
    line="pension",
    nl="Partnerpensioen",
    en="Partner pension",
    quantities=(
        Quantity(
            "partner_sum_insured",
            "verzekerd partnerpensioen per jaar",
            "insured partner pension a year",
            "partner_sum_insured",
            "held",
        ),
        Quantity(
            "partner_premium",
            "risicopremie",
            "risk premium",
            "partner_premium_per_year",
            deduction_class="employer_only",
        ),
    ),
    terms=TERMS,
    rules=(
        pension,
        taking_part,
        wage,
        rules,
    ),
    conditions=(*TAKING_PART, "has_partner_if_asked"),
)
