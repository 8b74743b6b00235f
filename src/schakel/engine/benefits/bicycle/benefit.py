"""Bicycle: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.bicycle import rules
from schakel.engine.benefits.bicycle.terms import TERMS

BICYCLE = define(
    "bicycle",
    line="not_insurable",
    nl="Fiets van de zaak",
    en="Bicycle",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "addition",
            "bijtelling",
            "addition",
            "bicycle_addition",
            "period",
            deduction_class="benefit_in_kind",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
