"""Work-related costs: what comes out."""

from schakel.engine.bases import wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.wkr_budget import rules
from schakel.engine.benefits.wkr_budget.terms import TERMS

WKR_BUDGET = define(
    "wkr_budget",
    line="not_insurable",
    mechanic="per_employer",
    nl="Werkkostenregeling",
    en="Work-related costs",
    conditions=(),
    quantities=(
        Quantity(
            "free_space",
            "vrije ruimte per jaar",
            "free space a year",
            "free_space",
            "held",
            deduction_class="",
            is_told_to_carrier=False,
        ),
        Quantity("used", "gebruikt", "used", "used", "held", is_told_to_carrier=False),
        Quantity("above", "erboven", "above it", "above_space", "held", is_told_to_carrier=False),
        Quantity("left", "over", "left", "space_left", "held", deduction_class="", is_told_to_carrier=False),
        Quantity(
            "final_levy",
            "eindheffing",
            "final levy",
            "final_levy",
            "held",
            deduction_class="employer_only",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(wage, rules),
)
