"""What must be known of a bicycle of the employer."""

from schakel.engine.scheme import Term

TERMS: tuple[Term, ...] = (
    Term(
        "addition_rate",
        "percent",
        "bijtelling fiets",
        "addition for a bicycle",
        "7",
        "statutory",
        "0",
        "25",
        "bicycle_addition_rate",
    ),
)
