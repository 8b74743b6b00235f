"""Travel allowance: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.travel_allowance import rules
from schakel.engine.benefits.travel_allowance.terms import TERMS

TRAVEL_ALLOWANCE = define(
    "travel_allowance",
    line="not_insurable",
    nl="Reiskostenvergoeding",
    en="Travel allowance",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "allowance",
            "vergoeding",
            "allowance",
            "travel_amount",
            "period",
            is_told_to_carrier=False,
        ),
        Quantity("taxed", "belast deel", "taxed part", "travel_taxed", "period", is_told_to_carrier=False),
        Quantity(
            "untaxed",
            "onbelast deel",
            "untaxed part",
            kind="rest",
            of="allowance",
            minus=("taxed",),
            deduction_class="targeted_exemption",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
