"""Health: what comes out."""

from schakel.engine.bases import taking_part
from schakel.engine.benefit import SERVICE, Quantity, define, rest
from schakel.engine.benefits.health import rules
from schakel.engine.benefits.health.terms import TERMS, check

HEALTH = define(
    "health",
    line="health",
    nl="Collectieve zorgverzekering",
    en="Collective health insurance",
    conditions=SERVICE,
    quantities=(
        Quantity("health_premium", "premie", "premium", "health_premium_per_year"),
        Quantity(
            "employer_contribution",
            "werkgeversbijdrage",
            "employer's contribution",
            "employer_contribution_per_year",
            deduction_class="employer_only",
        ),
        rest(
            "employee_contribution",
            "werknemersdeel, uit het nettoloon",
            "employee's part, from net pay",
            of="health_premium",
            minus=("employer_contribution",),
            deduction_class="net",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, rules),
    check=check,
)
