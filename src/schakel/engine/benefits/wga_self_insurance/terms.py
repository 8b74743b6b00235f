"""What an employer may choose for WGA self-insurance."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import TIME, WAGE, percent

TERMS: tuple[Term, ...] = (
    percent("premium_rate", "premiepercentage", "premium rate", "0.6", "20"),
    Term(
        "recovered_share",
        "class_percent",
        "verhaal op werknemers",
        "recovered from employees",
        "50",
        "0",
        "0",
        "50",  # at most half of the premium, from net pay; Wfsv art. 34 lid 2 (secondary)
    ),
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
