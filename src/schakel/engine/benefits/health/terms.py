"""What an employer may choose for collective health insurance; a year's premiums are twelve times those of a month."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import word

TERMS: tuple[Term, ...] = (
    Term(
        "basic_premiums",
        "euros_by_class",
        "basispremie per jaar naar gekozen eigen risico",
        "basic premium a year by chosen excess",
        "{0: 1900, 5: 1660}",
        None,
        "0",
        "10000",
    ),
    Term(
        "supplementary_premiums",
        "euros_by_class",
        "premie aanvullend pakket per jaar",
        "premium of the supplementary package a year",
        "{0: 0, 1: 240}",
        None,
        "0",
        "10000",
    ),
    Term(
        "dental_premiums",
        "euros_by_class",
        "premie tandartspakket per jaar",
        "premium of the dental package a year",
        "{0: 0, 1: 150}",
        None,
        "0",
        "10000",
        is_optional=True,
    ),
    # Since 1 January 2023 there is none on the basic policy (secondary: Accountancy Vanmorgen 21-12-2022).
    Term(
        "supplementary_discount",
        "class_percent",
        "korting op aanvullend",
        "discount on supplementary",
        "10",
        "0",
        "0",
        "100",
    ),
    Term(
        "covers_family",
        "yes_no",
        "meeverzekerde volwassenen via de collectiviteit",
        "adults of the family through the group",
        "true",
        False,
    ),
    word(
        "employer_form",
        "werkgeversbijdrage",
        "employer's contribution",
        "none_paid",
        "fixed_amount",
        "share_of_supplementary",
    ),
    Term(
        "employer_amount",
        "euros",
        "vaste werkgeversbijdrage per jaar",
        "fixed employer's contribution a year",
        "300",
        None,
        "0",
        "10000",
        is_optional=True,
    ),
    Term(
        "employer_share",
        "class_percent",
        "werkgeversdeel van de aanvullende premie",
        "employer's share of the supplementary premium",
        "50",
        None,
        "0",
        "100",
        is_optional=True,
    ),
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(
        {
            ("employer_form", "fixed_amount"): ("employer_amount",),
            ("employer_form", "share_of_supplementary"): ("employer_share",),
        }
    )
