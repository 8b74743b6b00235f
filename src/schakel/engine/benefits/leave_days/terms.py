"""What an employer may choose for leave bought and sold."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import WAGE, percent, rounding, word


def _hours(name: str, nl: str, en: str, example: str) -> Term:
    return Term(name, "hours", nl, en, example, None, "0", "2000", is_optional=True)


TERMS: tuple[Term, ...] = (
    Term("full_time_hours", "hours", "voltijduren per week", "full-time hours a week", "40", "40", "1", "60"),
    rounding("hourly_wage_rounding", "afronding van het uurloon", "rounding of the hourly wage"),
    percent("surcharge_rate", "opslag op het uurloon", "surcharge on the hourly wage", "16.37", default="0"),
    Term(
        "most_bought",
        "hours",
        "ten hoogste te kopen per loontijdvak",
        "bought at most in a wage period",
        "80",
        "2000",
        "0",
        "2000",
    ),
    Term(
        "most_sold",
        "hours",
        "ten hoogste te verkopen per loontijdvak (bovenwettelijk)",
        "sold at most in a wage period (above the law)",
        "40",
        "2000",
        "0",
        "2000",
    ),
    _hours("most_bought_in_year", "ten hoogste te kopen per jaar", "bought at most in a year", "187"),
    _hours(
        "leave_hours_per_year",
        "verlofuren per jaar, voltijd, met de wettelijke",
        "leave hours a year, full time, with those of the law",
        "200",
    ),
    word("bought_from", "gekocht verlof betaald uit", "bought leave paid from", "gross", "net"),
    *WAGE,
)
