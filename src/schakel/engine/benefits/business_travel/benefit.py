"""Business travel: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import SERVICE, Quantity, define
from schakel.engine.benefits.business_travel import rules
from schakel.engine.benefits.business_travel.terms import TERMS

BUSINESS_TRAVEL = define(
    "business_travel",
    line="travel",
    nl="Zakenreisverzekering",
    en="Business travel insurance",
    conditions=SERVICE,
    quantities=(
        Quantity(
            "travel_premium",
            "premie",
            "premium",
            "travel_premium_to_date",
            "to_date",
            deduction_class="employer_only",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, rules),
)
