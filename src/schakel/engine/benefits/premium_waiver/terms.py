"""What a scheme may choose for premium waiver on incapacity."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import CAP, EMPLOYEE, EMPLOYEE_NEEDS, FRANCHISE, TIME, percent, word

TERMS: tuple[Term, ...] = (
    Term(
        "waiver_table",
        "class_percent_by_incapacity",
        "vrijstelling naar arbeidsongeschiktheid",
        "waiver by incapacity",
        "{0: 0, 35: 40, 45: 50, 55: 60, 65: 72.5, 80: 100}",
        "statutory",
        "0",
        "100",
        "premium_waiver_six_classes_share",
    ),
    Term(
        "waits_months",
        "months",
        "wachttijd in maanden ziekte",
        "waiting time in months of illness",
        "24",
        "24",
        "0",
        "36",
    ),
    FRANCHISE,
    CAP,
    percent(
        "indexation_rate",
        "indexatie van de grondslag sinds de eerste ziektedag",
        "indexation of the base since the illness",
        "3",
        "100",
        default="0",
    ),
    word("contribution_form", "vorm van de premie", "form of the contribution", "flat", "by_age"),
    Term(
        "contribution_rate",
        "percent",
        "premiepercentage",
        "contribution rate",
        "26.5",
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
    word(
        "progression",
        "verloop langs de staffel",
        "progression along the scale",
        "follows_age",
        "stays_at_first_day",
    ),
    Term(
        "waives_accrual",
        "yes_no",
        "ook de premievrije opbouw tonen",
        "also tell the accrual that goes on",
        "true",
        False,
    ),
    Term(
        "accrual_rate",
        "percent",
        "opbouwpercentage",
        "accrual rate",
        "1.875",
        None,
        "0",
        "2.25",
        is_optional=True,
    ),
    *EMPLOYEE,
    *TIME,
)

NEEDS = {
    ("contribution_form", "flat"): ("contribution_rate",),
    ("contribution_form", "by_age"): ("contribution_scale",),
    ("waives_accrual", "true"): ("accrual_rate",),
    **EMPLOYEE_NEEDS,
}
"""What must be said with a form."""


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(NEEDS)
