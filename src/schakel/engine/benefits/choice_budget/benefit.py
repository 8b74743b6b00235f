"""Choice budget: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.choice_budget import rules
from schakel.engine.benefits.choice_budget.terms import TERMS

CHOICE_BUDGET = define(
    "choice_budget",
    line="not_insurable",
    nl="Keuzebudget",
    en="Choice budget",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "built_up",
            "opgebouwd",
            "built up",
            "built_up_to_date",
            "to_date",
            deduction_class="",
            is_told_to_carrier=False,
        ),
        Quantity(
            "spent",
            "besteed",
            "spent",
            "spent_to_date",
            "to_date",
            deduction_class="",
            is_told_to_carrier=False,
        ),
        Quantity(
            "left", "over", "left", "choice_budget_left", "held", deduction_class="", is_told_to_carrier=False
        ),
        Quantity(
            "paid_out",
            "uitbetaald",
            "paid out",
            "paid_out",
            "period",
            deduction_class="",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
