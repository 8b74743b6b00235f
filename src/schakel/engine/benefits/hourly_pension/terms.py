"""What a scheme may choose for pension over the wage and the hours of each wage period."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import FRANCHISE, TIME, percent, rounding, word

TERMS: tuple[Term, ...] = (
    percent(
        "holiday_allowance_rate",
        "vakantietoeslag op het loon",
        "holiday allowance over the wage",
        "8",
        "20",
        default="0",
    ),
    word(
        "franchise_form", "vorm van de franchise", "form of the franchise", "by_hour", "from_year", "without"
    ),
    Term(
        "hourly_franchise",
        "euros_an_hour",
        "franchise per uur",
        "franchise by the hour",
        "8.7452",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    FRANCHISE,
    Term("full_time_hours", "hours", "voltijduren per week", "full-time hours a week", "38", "38", "1", "60"),
    rounding(
        "hourly_franchise_rounding", "afronding van de uurfranchise", "rounding of the franchise by the hour"
    ),
    Term(
        "hourly_wage_cap",
        "euros_an_hour",
        "maximumloon per uur",
        "highest wage by the hour",
        "35.50",
        None,
        "0",
        "1000",
        is_optional=True,
    ),
    Term(
        "yearly_cap",
        "euros",
        "maximum per jaar",
        "cap a year",
        "79409",
        None,
        "0",
        "1000000",
        "statutory_sv_wage_cap",
        is_optional=True,
    ),
    rounding("base_rounding", "afronding van de grondslag", "rounding of the base"),
    percent("contribution_rate", "premiepercentage", "contribution rate", "25.2", "60"),
    percent("employee_rate", "werknemerspercentage", "employee rate", "8.4", "60", default="0"),
    *TIME,
)


def check(choices: Choices) -> None:
    """A franchise by the hour is given when it is chosen. Raises MissingTerms."""
    choices.require({("franchise_form", "by_hour"): ("hourly_franchise",)})
