"""What an employer may choose for pension by career average (middelloon)."""

from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, percent, word

HIGHEST_ACCRUAL = 18_750  #: millionths; Wet LB 1964 art. 18a (text before 1 July 2023)

TERMS: tuple[Term, ...] = (
    percent("accrual_rate", "opbouwpercentage", "accrual rate", "1.875", "1.875"),
    percent(
        "contribution_rate", "premiepercentage (doorsneepremie)", "average contribution rate", "24", "60"
    ),
    word(
        "contribution_basis",
        "grondslag van de premie",
        "basis of the contribution",
        "pension_base",
        "pensionable_salary",
    ),
    *EMPLOYEE,
    *BASE,
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need, and the accrual stays within the law. Raises MissingTerms, WrongTerms."""
    choices.require(EMPLOYEE_NEEDS)
    rate = choices["accrual_rate"]
    if isinstance(rate, int) and rate > HIGHEST_ACCRUAL:
        raise WrongTerms(
            "accrual_rate is at most 1.875 (Wet LB 1964 art. 18a).",
            "accrual_rate is ten hoogste 1.875 (Wet LB 1964 art. 18a).",
            about="accrual_rate",
        )
