"""What an employer may choose for pension by final pay (eindloon)."""

from dataclasses import replace

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, percent

TERMS: tuple[Term, ...] = (
    # Wet LB 1964 art. 18a (text before 1 July 2023): at most 1.657 % a year of service.
    percent("accrual_rate", "opbouwpercentage", "accrual rate", "1.657", "1.657"),
    percent("contribution_rate", "premiepercentage", "contribution rate", "28", "60"),
    Term("pension_age", "years", "pensioenleeftijd", "pension age", "68", "68", "60", "75"),
    *EMPLOYEE,
    *(replace(one, statutory="franchise_final_pay") if one.name == "franchise" else one for one in BASE),
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(EMPLOYEE_NEEDS)
