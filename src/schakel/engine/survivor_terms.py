"""Choices that pensions for survivors share: the form of the cover, years of service, and the risk premium."""

from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import EMPLOYEE, word

COVER: tuple[Term, ...] = (
    word("cover_form", "vorm van de dekking", "form of the cover", "share_of_salary", "reachable"),
    # At most 50 %: Wet LB 1964 art. 18b; secondary (scildon.nl, Vandoorne).
    Term(
        "partner_share",
        "percent",
        "percentage van het salaris",
        "share of salary",
        "30",
        None,
        "0",
        "50",
        is_optional=True,
    ),
    # 2.25 % was the most the law has allowed (until 2014; unverified).
    Term(
        "accrual_rate",
        "percent",
        "opbouwpercentage per dienstjaar",
        "accrual rate a year of service",
        "1.875",
        None,
        "0",
        "2.25",
        is_optional=True,
    ),
    Term(
        "reachable_share",
        "class_percent",
        "deel van het bereikbare pensioen",
        "share of the reachable pension",
        "70",
        "70",
        "0",
        "100",
    ),
    word("service_from", "diensttijd volgens", "service according to", "employment", "stated"),
    word("years_counted", "dienstjaren tellen", "years of service count", "months", "whole_years"),
    Term(
        "pension_age", "years", "pensioenleeftijd", "pension age", "68", "68", "55", "75", "state_pension_age"
    ),
    # Whoever enters before the age of thirteen would pass it: it keeps sums in range, and schemes cap at 40 or so.
    Term(
        "highest_service",
        "years",
        "hoogste aantal dienstjaren",
        "highest number of years of service",
        "40",
        "55",
        "0",
        "55",
    ),
)
"""What is insured."""

PREMIUM: tuple[Term, ...] = (
    word(
        "premium_form",
        "vorm van de premie",
        "form of the premium",
        "of_salary",
        "of_base",
        "of_sum",
        "own_age",
        "both_ages",
    ),
    Term(
        "premium_rate",
        "percent",
        "risicopremie",
        "risk premium rate",
        "0.95",
        None,
        "0",
        "20",
        is_optional=True,
    ),
    Term(
        "rates_by_age",
        "per_mille_by_age",
        "promille van het verzekerde pensioen naar leeftijd",
        "per mille of the insured pension by age",
        "{18: 4.2, 40: 9.6, 60: 61.5}",
        None,
        "0",
        "500",
        is_optional=True,
    ),
    Term(
        "rates_by_ages",
        "per_mille_by_ages",
        "promille van het verzekerde pensioen naar beide leeftijden",
        "per mille of the insured pension by both ages",
        "{0/0: 4.2, 40/0: 9.6}",
        None,
        "0",
        "500",
        is_optional=True,
    ),
)
"""What it costs."""


def refuse_part_of_nobody(choices: Choices) -> None:
    """Who pays which part is not said while the employee pays nothing. Raises WrongTerms."""
    if choices.says("employee_pays", "true"):
        return
    silent = (None, 0, "share_of_base")  #: what holds when the scheme does not say
    said = next((one.name for one in EMPLOYEE if choices.get(one.name) not in silent), None)
    if said is not None:
        raise WrongTerms(
            f"{said} says what the employee pays, but employee_pays is false. Say it is true, or leave this out.",
            f"{said} zegt wat de werknemer betaalt, maar employee_pays is false. "
            "Zeg dat het true is, of laat dit weg.",
            about=said,
        )
