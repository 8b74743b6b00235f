"""Leave bought and sold: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.leave_days import rules
from schakel.engine.benefits.leave_days.terms import TERMS

LEAVE_DAYS = define(
    "leave_days",
    line="not_insurable",
    nl="Verlof kopen en verkopen",
    en="Leave bought and sold",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "bought",
            "gekocht verlof",
            "leave bought",
            "price_bought",
            "period",
            deduction_class="gross_entitlement",
            is_told_to_carrier=False,
        ),
        Quantity(
            "bought_net",
            "gekocht verlof, netto",
            "leave bought, net",
            "price_bought_net",
            "period",
            deduction_class="net",
            is_told_to_carrier=False,
        ),
        Quantity(
            "sold",
            "verkocht verlof",
            "leave sold",
            "price_sold",
            "period",
            deduction_class="",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
