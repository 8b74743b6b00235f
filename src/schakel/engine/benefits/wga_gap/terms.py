"""What an employer may choose for the WGA gap."""

from schakel.engine.choices import Choices
from schakel.engine.errors import WrongTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, word

TERMS: tuple[Term, ...] = (
    Term("premium_rate", "percent", "premiepercentage", "premium rate", "0.62", None, "0", "20"),
    Term("employee_rate", "percent", "werknemerspercentage", "employee rate", "0.31", "0", "0", "20"),
    Term(
        "sv_wage_cap",
        "euros",
        "maximum verzekerd loon",
        "insured wage cap",
        "statutory",
        "statutory",
        "0",
        "1000000",
        "statutory_sv_wage_cap",
    ),
    Term(
        "has_personal_premium",
        "yes_no",
        "ook een premie per persoon",
        "also a premium for each person",
        "true",
        False,
    ),
    euros(
        "premium_per_person",
        "premie per persoon per jaar",
        "premium a person a year",
        "96",
        "100000",
        is_optional=True,
    ),
    Term(
        "premium_by_age",
        "euros_by_age",
        "premie per jaar naar leeftijd",
        "premium a year by age",
        "{18: 40, 30: 60, 45: 120}",
        None,
        "0",
        "100000",
        is_optional=True,
    ),
    Term(
        "employee_part",
        "class_percent",
        "werknemersdeel van de premie per persoon",
        "employee's part of the premium for each person",
        "50",
        "0",
        "0",
        "100",
    ),
    word("form", "vorm", "form", "basic", "extended"),
    word("basic_share", "aanvulling in de basisvorm", "supplement of the basic form", "class", "percentage"),
    Term("cover_rate", "class_percent", "dekking van het loon", "cover of the wage", "70", "70", "0", "100"),
    Term(
        "follow_up_table",
        "class_percent_by_incapacity",
        "vervolguitkering naar arbeidsongeschiktheid",
        "follow-up benefit by incapacity",
        "{0: 0, 35: 28, 45: 35, 55: 42, 65: 50.75, 80: 70}",
        "statutory",
        "0",
        "100",
        "wga_follow_up_share",
    ),
    Term(
        "minimum_wage_per_hour",
        "euros_an_hour",
        "minimumloon per uur",
        "minimum wage by the hour",
        "14.71",
        "statutory",
        "0",
        "100",
        "minimum_wage_per_hour",
    ),
    Term(
        "minimum_wage_per_month",
        "euros_a_period",
        "minimumloon per maand, in plaats van dat per uur",
        "minimum wage a month, instead of that by the hour",
        "2294.40",
        None,
        "0",
        "10000",
        "minimum_wage_per_month",
        is_optional=True,
    ),
    Term(
        "lowest_incapacity",
        "count",
        "ondergrens arbeidsongeschiktheid",
        "lowest incapacity",
        "35",
        "35",
        "0",
        "100",
    ),
    PAYS,
    *WAGE,
    *TIME,
)


def check(choices: Choices) -> None:
    """A premium for each person says how much, and is said to be one. Raises WrongTerms."""
    given = [name for name in ("premium_per_person", "premium_by_age") if choices.get(name) is not None]
    if len(given) == choices.get("has_personal_premium"):
        return
    raise WrongTerms(
        "A premium for each person: has_personal_premium is true, and either premium_per_person "
        "or premium_by_age is given.",
        "Een premie per persoon: has_personal_premium is true, en óf premium_per_person óf premium_by_age is gegeven.",
        about="has_personal_premium",
    )
