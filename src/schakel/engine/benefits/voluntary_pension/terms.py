"""What an employer may choose for voluntary extra contributions (bijsparen)."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, TIME, WAGE, percent

TERMS: tuple[Term, ...] = (
    # The most the law allows; Wet LB 1964 art. 18a.
    percent(
        "highest_rate",
        "fiscaal hoogste premiepercentage",
        "highest rate the law allows",
        "30",
        "33",
        default="30",
    ),
    percent(
        "regular_rate", "premiepercentage van de regeling", "contribution rate of the scheme", "24", "33"
    ),
    Term("uses_unused_room", "yes_no", "onbenutte ruimte telt mee", "unused room counts", "true", False),
    *BASE,
    *WAGE,
    *TIME,
)
