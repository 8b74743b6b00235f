"""Collective accident: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.accident import rules
from schakel.engine.benefits.accident.terms import TERMS, check

ACCIDENT = define(
    "accident",
    line="accident",
    nl="Collectieve ongevallen",
    en="Collective accident",
    quantities=(
        Quantity(
            "sum_insured_death",
            "verzekerd bedrag bij overlijden",
            "sum insured on death",
            "sum_insured_death",
            "held",
        ),
        Quantity(
            "sum_insured_disability",
            "verzekerd bedrag bij invaliditeit",
            "sum insured on disability",
            "sum_insured_disability",
            "held",
        ),
        Quantity(
            "accident_premium",
            "premie",
            "premium",
            "accident_premium_per_year",
            deduction_class="employer_only",
        ),
        Quantity(
            "benefit_payment",
            "uitkering bij invaliditeit",
            "benefit on disability",
            "accident_benefit",
            "held",
            is_told_to_carrier=False,
            when="calculates_benefit",
        ),
    ),
    terms=TERMS,
    check=check,
    rules=(
        taking_part,
        wage,
        rules,
    ),
)
