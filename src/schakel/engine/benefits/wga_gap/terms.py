"""What an employer may choose for the WGA gap."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import TIME, WAGE

TERMS: tuple[Term, ...] = (
    Term("premium_rate", "percent", "premiepercentage", "premium rate", "0.62", None, "0", "20"),
    Term("employee_rate", "percent", "werknemerspercentage", "employee rate", "0.31", "0", "0", "20"),
    Term(
        "sv_wage_cap",
        "euros",
        "maximum verzekerd loon",
        "insured wage cap",
        "statutory",
        "statutory",
        "0",
        "1000000",
        "statutory_sv_wage_cap",
    ),
    *WAGE,
    *TIME,
)
