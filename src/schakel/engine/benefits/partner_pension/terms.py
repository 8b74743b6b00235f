"""What an employer may choose for partner pension on risk basis: a share of salary, or of the reachable pension."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, word
from schakel.engine.survivor_terms import COVER, PREMIUM, refuse_part_of_nobody

TERMS: tuple[Term, ...] = (
    *COVER,
    word("duration", "duur van de uitkering", "how long it pays", "life_long", "temporary"),
    Term(
        "partner_end_age",
        "years",
        "eindleeftijd partner (AOW-leeftijd)",
        "partner's end age (state pension age)",
        "67",
        "67",
        "60",
        "75",
    ),
    Term("requires_partner", "yes_no", "alleen met partner", "only with a partner", "false", False),
    *PREMIUM,
    Term("employee_pays", "yes_no", "werknemer betaalt mee", "employee pays a part", "true", False),
    *EMPLOYEE,
    *BASE,
    *WAGE,
    *TIME,
)

NEEDS = {
    ("cover_form", "share_of_salary"): ("partner_share",),
    ("cover_form", "reachable"): ("accrual_rate",),
    ("premium_form", "of_salary"): ("premium_rate",),
    ("premium_form", "of_base"): ("premium_rate",),
    ("premium_form", "of_sum"): ("premium_rate",),
    ("premium_form", "own_age"): ("rates_by_age",),
    ("premium_form", "both_ages"): ("rates_by_ages",),
    **EMPLOYEE_NEEDS,
}
"""What must be said with a form."""


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms, WrongTerms."""
    choices.require(NEEDS)
    refuse_part_of_nobody(choices)
