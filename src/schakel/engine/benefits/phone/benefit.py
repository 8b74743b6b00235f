"""Phone or laptop: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.phone import rules
from schakel.engine.benefits.phone.terms import TERMS

PHONE = define(
    "phone",
    line="not_insurable",
    nl="Telefoon of laptop",
    en="Phone or laptop",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "free_space_used",
            "in de vrije ruimte",
            "put in the free space",
            "phone_in_free_space",
            "period",
            deduction_class="wkr_free_space",
            is_told_to_carrier=False,
        ),
        Quantity(
            "taxed",
            "loon in natura",
            "wage in kind",
            "phone_taxed",
            "period",
            deduction_class="benefit_in_kind",
            is_told_to_carrier=False,
        ),
    ),
    terms=TERMS,
    rules=(taking_part, rules),
)
