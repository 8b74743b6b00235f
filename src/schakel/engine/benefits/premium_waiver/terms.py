"""What a scheme may choose for premium waiver on incapacity."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import FRANCHISE, TIME, percent, word

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
    Term(
        "pensionable_salary_cap",
        "euros",
        "maximum pensioengevend salaris",
        "pensionable salary cap",
        "statutory",
        "statutory",
        "0",
        "1000000",
        "statutory_pensionable_salary_cap",
    ),
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
    percent("employee_rate", "werknemerspercentage", "employee rate", "5", "60", default="0"),
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
