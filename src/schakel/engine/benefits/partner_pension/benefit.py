"""Partner pension: what comes out."""

from schakel.engine.bases import contribution, pension, reachable_pension, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.partner_pension import rules
from schakel.engine.benefits.partner_pension.terms import TERMS, check

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
        Quantity("partner_premium", "risicopremie", "risk premium", "partner_premium_per_year"),
        Quantity(
            "employee_contribution",
            "werknemersdeel",
            "employee's part",
            "employee_contribution_per_year",
            deduction_class="gross_pension",
            when="employee_pays",
        ),
        # Without an employee's part the whole premium is the employer's, and nothing is split.
        Quantity(
            "employer_contribution",
            "werkgeversdeel",
            "employer's part",
            kind="rest",
            of="partner_premium",
            minus=("employee_contribution",),
            deduction_class="employer_only",
            when="employee_pays",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, pension, contribution, reachable_pension, rules),
    conditions=(*TAKING_PART, "has_partner_if_asked", "partner_is_before_end_age"),
    check=check,
)
