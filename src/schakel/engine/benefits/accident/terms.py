"""What an employer may choose for collective accident."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import TIME, WAGE

TERMS: tuple[Term, ...] = (
    Term("death_multiple", "times", "jaarlonen bij overlijden", "wages on death", "1", None, "0", "10"),
    Term(
        "disability_multiple",
        "times",
        "jaarlonen bij invaliditeit",
        "wages on disability",
        "2",
        None,
        "0",
        "10",
    ),
    Term(
        "death_maximum", "euros", "maximum bij overlijden", "maximum on death", "250000", None, "0", "5000000"
    ),
    Term(
        "disability_maximum",
        "euros",
        "maximum bij invaliditeit",
        "maximum on disability",
        "500000",
        None,
        "0",
        "5000000",
    ),
    Term("death_rate", "per_mille", "promille bij overlijden", "per mille on death", "0.4", None, "0", "50"),
    Term(
        "disability_rate",
        "per_mille",
        "promille bij invaliditeit",
        "per mille on disability",
        "0.3",
        None,
        "0",
        "50",
    ),
    *WAGE,
    *TIME,
)
