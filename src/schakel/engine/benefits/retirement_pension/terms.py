"""What an employer may choose for retirement pension as a contribution: flat, rising with age, or both by regime."""

from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, word

# Wet LB 1964 art. 18a: at most 30 % until 2037; 33 % with compensation until then (art. 38q; secondary: advisers).
HIGHEST_FLAT, HIGHEST_WITH_COMPENSATION = 300_000, 330_000

TERMS: tuple[Term, ...] = (
    word(
        "contribution_form", "vorm van de premie", "form of the contribution", "flat", "by_age", "respected"
    ),
    Term(
        "contribution_rate",
        "percent",
        "premiepercentage",
        "contribution rate",
        "26.5",
        None,
        "0",
        "33",
        is_optional=True,
    ),
    Term(
        "contribution_scale",
        "percent_by_age",
        "premiestaffel",
        "contribution scale",
        "{18: 5.7, 25: 6.9, 30: 8.2}",
        None,
        "0",
        "60",
        is_optional=True,
    ),
    Term(
        "respected_before",
        "date",
        "eerbiedigd voor wie eerder in dienst kwam dan",
        "respected for those in service before",
        "2027-01-01",
        None,
        is_optional=True,
    ),
    Term(
        "compensation_scale",
        "percent_by_age",
        "compensatiestaffel",
        "compensation scale",
        "{18: 0, 45: 3}",
        None,
        "0",
        "33",
        is_optional=True,
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

NEEDS = {
    ("contribution_form", "flat"): ("contribution_rate",),
    ("contribution_form", "by_age"): ("contribution_scale",),
    ("contribution_form", "respected"): ("contribution_rate", "contribution_scale", "respected_before"),
    **EMPLOYEE_NEEDS,
}
"""What must be said with a form."""


def check(choices: Choices) -> None:
    """Forms have what they need, and the law's highest rates are kept. Raises MissingTerms, WrongTerms."""
    choices.require(NEEDS)
    rate, employee = choices.get("contribution_rate"), choices.get("employee_rate")
    is_flat = choices.says("contribution_form", "flat") and choices.says("employee_form", "share_of_base")
    if is_flat and isinstance(rate, int) and isinstance(employee, int) and employee > rate:
        raise _more_than_whole()
    scale = choices.get("compensation_scale")
    highest = max(scale) if isinstance(scale, tuple) else 0
    if isinstance(rate, int) and (
        (rate > HIGHEST_FLAT and not highest) or rate + highest > HIGHEST_WITH_COMPENSATION
    ):
        raise WrongTerms(
            "contribution_rate is at most 30; with compensation_scale together at most 33 (Wet LB 1964 art. 18a).",
            "contribution_rate is ten hoogste 30; met compensation_scale samen ten hoogste 33 (Wet LB 1964 art. 18a).",
            about="contribution_rate",
        )


def _more_than_whole() -> WrongTerms:
    return WrongTerms(
        "employee_rate is more than the whole rate. Choose at most the whole, for example 5 of 26.5.",
        "employee_rate is meer dan het hele percentage. Kies ten hoogste het geheel, bijvoorbeeld 5 van 26.5.",
        about="employee_rate",
    )
