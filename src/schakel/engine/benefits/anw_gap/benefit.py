"""Anw gap: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import TAKING_PART, Quantity, define
from schakel.engine.benefits.anw_gap import rules
from schakel.engine.benefits.anw_gap.terms import TERMS, check

ANW_GAP = define(
    "anw_gap",
    line="anw",
    nl="Anw-hiaat",
    en="Anw gap",
    conditions=(*TAKING_PART, "has_partner_before_end_age"),
    quantities=(
        Quantity("anw_sum_insured", "verzekerd bedrag", "sum insured", "anw_sum_insured", "held"),
        Quantity("anw_premium", "premie", "premium", "anw_premium_per_year", deduction_class="gross_pension"),
    ),
    terms=TERMS,
    rules=(taking_part, rules),
    check=check,
)
