"""What must be known of a bicycle of the employer."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import word

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
    word("own_payment_counts", "eigen bijdrage", "own contribution", "deducted", "ignored"),
    word(
        "part_of_period",
        "deel van een loontijdvak in dienst",
        "part of a wage period in service",
        "by_days",
        "whole_period",
    ),
)
