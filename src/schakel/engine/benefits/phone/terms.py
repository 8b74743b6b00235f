"""What an employer may choose for a phone or laptop."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import word

TERMS: tuple[Term, ...] = (
    word(
        "when_not_necessary",
        "als die niet noodzakelijk is",
        "when it is not necessary",
        "free_space",
        "taxed",
    ),
)
