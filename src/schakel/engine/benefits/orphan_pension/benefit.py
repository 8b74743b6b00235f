"""Orphan pension: what comes out."""

from schakel.engine.bases import pension, taking_part, wage
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.orphan_pension import rules
from schakel.engine.benefits.orphan_pension.terms import TERMS

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
            "orphan_premium",
            "risicopremie",
            "risk premium",
            "orphan_premium_per_year",
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
    conditions=(*TAKING_PART, "has_child_if_asked"),
)
