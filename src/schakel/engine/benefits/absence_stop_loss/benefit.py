"""Stop-loss for sickness absence: what comes out."""

from schakel.engine.bases import wage
from schakel.engine.benefit import Quantity, define
from schakel.engine.benefits.absence_stop_loss import rules
from schakel.engine.benefits.absence_stop_loss.terms import TERMS, check

ABSENCE_STOP_LOSS = define(
    "absence_stop_loss",
    line="sickness_absence",
    mechanic="per_employer",
    nl="Verzuim stop-loss",
    en="Absence stop-loss",
    conditions=(),
    quantities=(
        Quantity("own_retention", "eigen behoud per jaar", "own retention a year", "own_retention", "held"),
        Quantity("payment", "uitkering over het jaar", "payment over the year", "payment_of_year", "held"),
        Quantity("premium", "premie", "premium", "premium_per_year", deduction_class="employer_only"),
    ),
    terms=TERMS,
    rules=(wage, rules),
    check=check,
)
