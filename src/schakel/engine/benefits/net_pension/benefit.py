"""Net pension: what comes out."""

from schakel.engine.bases import taking_part, wage
from schakel.engine.benefit import Quantity, define, rest
from schakel.engine.benefits.net_pension import rules
from schakel.engine.benefits.net_pension.terms import TERMS

NET_PENSION = define(
    "net_pension",
    line="pension",
    nl="Nettopensioen",
    en="Net pension",
    quantities=(
        Quantity("net_base", "grondslag per jaar", "base a year", "net_base", "held"),
        Quantity("contribution", "premie", "contribution", "contribution_per_year"),
        Quantity(
            "employer_contribution",
            "werkgeversdeel (belast loon)",
            "employer's part (taxed wage)",
            "employer_contribution_per_year",
            deduction_class="employer_only",
        ),
        rest(
            "employee_contribution",
            "werknemersdeel, uit het nettoloon",
            "employee's part, from net pay",
            of="contribution",
            minus=("employer_contribution",),
            deduction_class="net",
        ),
    ),
    terms=TERMS,
    rules=(taking_part, wage, rules),
)
