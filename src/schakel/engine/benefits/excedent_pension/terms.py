"""What an employer may choose for pension over the salary above a lower cap."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import CAP, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, rounding, word

TERMS: tuple[Term, ...] = (
    Term(
        "lower_cap",
        "euros",
        "ondergrens (maximum van de basisregeling)",
        "lower limit (cap of the basic scheme)",
        "75864",
        None,
        "0",
        "1000000",
        "statutory_sv_wage_cap",
    ),
    CAP,
    rounding("base_rounding", "afronding van de excedentgrondslag", "rounding of the excedent base"),
    word("contribution_form", "vorm van de premie", "form of the contribution", "flat", "by_age"),
    Term(
        "contribution_rate",
        "percent",
        "premiepercentage",
        "contribution rate",
        "26",
        None,
        "0",
        "60",
        is_optional=True,
    ),
    Term(
        "contribution_scale",
        "percent_by_age",
        "premiestaffel",
        "contribution scale",
        "{18: 5.7, 40: 12}",
        None,
        "0",
        "60",
        is_optional=True,
    ),
    *EMPLOYEE,
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(
        {
            ("contribution_form", "flat"): ("contribution_rate",),
            ("contribution_form", "by_age"): ("contribution_scale",),
        }
    )
    choices.require(EMPLOYEE_NEEDS)
