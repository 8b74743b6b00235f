"""What an employer may choose for ZW self-insurance."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import TIME, WAGE, percent

TERMS: tuple[Term, ...] = (
    percent("premium_rate", "premiepercentage", "premium rate", "0.6", "20"),
    Term(
        "sv_wage_cap",
        "euros",
        "maximumpremieloon",
        "maximum premium wage",
        "statutory",
        "statutory",
        "0",
        "1000000",
        "statutory_sv_wage_cap",
    ),
    *WAGE,
    *TIME,
)
