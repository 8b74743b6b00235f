"""What an employer may choose for voluntary extra contributions (bijsparen)."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, TIME, WAGE, word

TERMS: tuple[Term, ...] = (
    word("room_form", "vorm van de ruimte", "form of the room", "flat", "by_age"),
    # The most the law allows; Wet LB 1964 art. 18a.
    Term(
        "highest_rate",
        "percent",
        "fiscaal hoogste premiepercentage",
        "highest rate the law allows",
        "30",
        "statutory",
        "0",
        "33",
        "contribution_cap_wtp",
    ),
    Term(
        "regular_rate",
        "percent",
        "premiepercentage van de regeling",
        "contribution rate of the scheme",
        "24",
        None,
        "0",
        "33",
        is_optional=True,
    ),
    Term(
        "highest_scale",
        "percent_by_age",
        "fiscaal hoogste premiestaffel",
        "highest scale the law allows",
        "{18: 5.7, 40: 12}",
        None,
        "0",
        "60",
        is_optional=True,
    ),
    Term(
        "regular_scale",
        "percent_by_age",
        "premiestaffel van de regeling",
        "contribution scale of the scheme",
        "{18: 4.5, 40: 9.6}",
        None,
        "0",
        "60",
        is_optional=True,
    ),
    word("wish_is", "gewenste inleg is", "the wish is", "a_year", "a_wage_period"),
    Term("uses_unused_room", "yes_no", "onbenutte ruimte telt mee", "unused room counts", "true", False),
    *BASE,
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(
        {
            ("room_form", "flat"): ("regular_rate",),
            ("room_form", "by_age"): ("highest_scale", "regular_scale"),
        }
    )
