"""Voluntary contribution: what comes out."""

from schakel.engine.bases import pension, taking_part, wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.voluntary_pension import rules
from schakel.engine.benefits.voluntary_pension.terms import TERMS, check

VOLUNTARY_PENSION = define(
    "voluntary_pension",
    line="pension",
    nl="Vrijwillig bijsparen",
    en="Voluntary contribution",
    quantities=(
        Quantity(
            "fiscal_room", "fiscale ruimte in het jaar", "fiscal room of the year", "fiscal_room", "held"
        ),
        Quantity(
            "employee_contribution",
            "vrijwillige inleg",
            "voluntary contribution",
            "extra_contribution_per_year",
            deduction_class="gross_pension",
        ),
        Quantity(
            "refused_contribution",
            "boven de ruimte, per jaar",
            "above the room, a year",
            "refused_contribution",
            "held",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, pension, rules),
    check=check,
)
