"""Orphan pension: what comes out."""

from schakel.engine.bases import contribution, pension, reachable_pension, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.orphan_pension import rules
from schakel.engine.benefits.orphan_pension.terms import TERMS, check

ORPHAN_PENSION = define(
    "orphan_pension",
    line="pension",
    nl="Wezenpensioen",
    en="Orphan pension",
    quantities=(
        Quantity(
            "orphan_sum_insured",
            "verzekerd wezenpensioen per kind per jaar",
            "insured orphan pension for each child a year",
            "orphan_sum_insured",
            "held",
        ),
        Quantity(
            "full_orphan_sum_insured",
            "verzekerd wezenpensioen van een volle wees per jaar",
            "insured orphan pension of a full orphan a year",
            "full_orphan_sum_insured",
            "held",
            when="insures_full_orphans",
        ),
        Quantity("orphan_premium", "risicopremie", "risk premium", "orphan_premium_per_year"),
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
            of="orphan_premium",
            minus=("employee_contribution",),
            deduction_class="employer_only",
            when="employee_pays",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, pension, contribution, reachable_pension, rules),
    conditions=(*TAKING_PART, "has_child_if_asked"),
    check=check,
)
