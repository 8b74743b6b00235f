"""What an employer may choose for collective accident."""

from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, word

TERMS: tuple[Term, ...] = (
    word("sum_form", "verzekerde bedragen", "sums insured", "multiples", "fixed"),
    Term(
        "death_multiple",
        "times",
        "jaarlonen bij overlijden",
        "wages on death",
        "1",
        None,
        "0",
        "10",
        is_optional=True,
    ),
    Term(
        "disability_multiple",
        "times",
        "jaarlonen bij invaliditeit",
        "wages on disability",
        "2",
        None,
        "0",
        "10",
        is_optional=True,
    ),
    euros(
        "death_sum", "vast bedrag bij overlijden", "fixed sum on death", "25000", "5000000", is_optional=True
    ),
    euros(
        "disability_sum",
        "vast bedrag bij invaliditeit",
        "fixed sum on disability",
        "50000",
        "5000000",
        is_optional=True,
    ),
    Term(
        "death_maximum",
        "euros",
        "maximum bij overlijden",
        "maximum on death",
        "250000",
        "5000000",
        "0",
        "5000000",
    ),
    Term(
        "disability_maximum",
        "euros",
        "maximum bij invaliditeit",
        "maximum on disability",
        "500000",
        "5000000",
        "0",
        "5000000",
    ),
    Term(
        "death_at_most_disability",
        "yes_no",
        "overlijden nooit meer dan invaliditeit",
        "death never above disability",
        "true",
        False,
    ),
    word(
        "premium_form",
        "vorm van de premie",
        "form of the premium",
        "per_mille",
        "share_of_wage",
        "per_person",
    ),
    Term("death_rate", "per_mille", "promille bij overlijden", "per mille on death", "0.4", "0", "0", "50"),
    Term(
        "disability_rate",
        "per_mille",
        "promille bij invaliditeit",
        "per mille on disability",
        "0.3",
        "0",
        "0",
        "50",
    ),
    Term(
        "wage_rates",
        "percent_by_class",
        "percentage van het loon naar klasse",
        "rate over the wage by class",
        "{0: 0.05, 2: 0.12}",
        None,
        "0",
        "20",
        is_optional=True,
    ),
    euros(
        "premium_per_person", "premie per persoon per jaar", "premium a person a year", "18", is_optional=True
    ),
    Term(
        "group_discount", "class_percent", "collectiviteitskorting", "group discount", "15", "0", "0", "100"
    ),
    Term(
        "group_discounts",
        "class_percent_by_employees",
        "collectiviteitskorting naar aantal werknemers",
        "group discount by number of employees",
        "{0: 0, 10: 5, 100: 15}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "event_maximum",
        "euros",
        "maximum per gebeurtenis",
        "maximum of an event",
        "10000000",
        None,
        "0",
        "100000000",
        is_optional=True,
    ),
    Term(
        "progressive_table",
        "class_percent_by_incapacity",
        "progressieve uitkering naar invaliditeit",
        "progressive benefit by disability",
        "{0: 0, 1: 1, 26: 28, 51: 101}",
        None,
        "0",
        "500",
        is_optional=True,
    ),
    PAYS,
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """Forms have what they need, and one discount holds. Raises MissingTerms, WrongTerms."""
    choices.require(
        {
            ("sum_form", "multiples"): ("death_multiple", "disability_multiple"),
            ("sum_form", "fixed"): ("death_sum", "disability_sum"),
            ("premium_form", "share_of_wage"): ("wage_rates",),
            ("premium_form", "per_person"): ("premium_per_person",),
        }
    )
    if choices["group_discount"] and "group_discounts" not in choices.shape.left_out:
        raise WrongTerms(
            "group_discount: say either one rate, or group_discounts by number of employees.",
            "group_discount (collectiviteitskorting): zeg één percentage, of group_discounts naar aantal werknemers.",
            about="group_discount",
        )
