"""What an employer may choose for leave bought and sold."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import WAGE, rounding

TERMS: tuple[Term, ...] = (
    Term("full_time_hours", "hours", "voltijduren per week", "full-time hours a week", "40", "40", "1", "60"),
    rounding("hourly_wage_rounding", "afronding van het uurloon", "rounding of the hourly wage"),
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
    *WAGE,
)
