"""Home-working allowance: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.home_working_allowance import rules
from schakel.engine.benefits.home_working_allowance.terms import TERMS

HOME_WORKING_ALLOWANCE = define(
    "home_working_allowance",
    line="not_insurable",
    nl="Thuiswerkvergoeding",
    en="Home-working allowance",
    quantities=(
        Quantity(
            "allowance",
            "vergoeding",
            "allowance",
            "home_working_amount",
            "period",
            is_told_to_carrier=False,
        ),
        Quantity(
            "taxed", "belast deel", "taxed part", "home_working_taxed", "period", is_told_to_carrier=False
        ),
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
    rules=(
        taking_part,
        rules,
    ),
    conditions=SERVICE,
)
