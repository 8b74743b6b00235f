"""Training budget: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.training_budget import rules
from schakel.engine.benefits.training_budget.terms import TERMS, check

TRAINING_BUDGET = define(
    "training_budget",
    line="not_insurable",
    nl="Opleidingsbudget",
    en="Training budget",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "claimed",
            "vergoed",
            "paid",
            "claimed_to_date",
            "to_date",
            deduction_class="targeted_exemption",
            is_told_to_carrier=False,
        ),
        Quantity(
            "budget_left",
            "budget over",
            "budget left",
            "budget_left",
            "held",
            deduction_class="",
            is_told_to_carrier=False,
        ),
        Quantity(
            "to_repay",
            "terug te betalen bij vertrek",
            "to repay on leaving",
            "to_repay",
            "held",
            deduction_class="",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, rules),
    check=check,
)
