"""What an employer may choose for a phone or laptop."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import percent, word

TERMS: tuple[Term, ...] = (
    word(
        "when_not_necessary",
        "als die niet noodzakelijk is",
        "when it is not necessary",
        "free_space",
        "taxed",
    ),
    percent(
        "private_share",
        "deel van de waarde dat telt",
        "part of the value that counts",
        "50",
        default="100",
    ),
)
