"""What an employer may choose for the Anw gap."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import TIME, euros, word

TERMS: tuple[Term, ...] = (
    word("level_form", "verzekerd bedrag", "sum insured", "levels", "share_of_anw", "chosen"),
    Term(
        "levels",
        "euros_by_class",
        "bedrag per jaar naar gekozen niveau",
        "amount a year by chosen level",
        "{0: 0, 1: 7500, 2: 15000}",
        None,
        "0",
        "100000",
        is_optional=True,
    ),
    Term(
        "anw_shares",
        "class_percent_by_class",
        "deel van de Anw naar gekozen niveau",
        "share of the Anw by chosen level",
        "{0: 0, 1: 50, 2: 100}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "anw_amount",
        "euros",
        "volledige Anw per jaar",
        "full Anw a year",
        "19331",
        None,
        "0",
        "100000",
        "anw_survivor_per_year",
        is_optional=True,
    ),
    euros(
        "highest_amount",
        "hoogste verzekerde bedrag",
        "highest sum insured",
        "25000",
        "100000",
        is_optional=True,
    ),
    word("tariff", "tarief naar", "tariff by", "own_age", "partner_age", "both_ages", "flat"),
    Term(
        "tariff_on_1_january",
        "yes_no",
        "tarief naar de leeftijd op 1 januari",
        "tariff by the age on 1 January",
        "true",
        False,
    ),
    Term(
        "rates_by_age",
        "per_mille_by_age",
        "promille naar leeftijd",
        "per mille by age",
        "{0: 0.8, 40: 2.1}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "rates_by_ages",
        "per_mille_by_ages",
        "promille naar beide leeftijden",
        "per mille by both ages",
        "{0/0: 0.8, 40/0: 2.1}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term("flat_rate", "per_mille", "promille", "per mille", "1.4", None, "0", "100", is_optional=True),
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
    word("capital_form", "verloop van het bedrag", "course of the sum", "level", "declining"),
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(
        {
            ("level_form", "levels"): ("levels",),
            ("level_form", "share_of_anw"): ("anw_shares", "anw_amount"),
            ("tariff", "own_age"): ("rates_by_age",),
            ("tariff", "partner_age"): ("rates_by_age",),
            ("tariff", "both_ages"): ("rates_by_ages",),
            ("tariff", "flat"): ("flat_rate",),
        }
    )
