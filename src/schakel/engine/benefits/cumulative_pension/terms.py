"""What a scheme may choose for pension over the wage of the year so far."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import FRANCHISE, TIME, percent

TERMS: tuple[Term, ...] = (
    percent(
        "holiday_allowance_rate",
        "vakantietoeslag op het loon",
        "holiday allowance over the wage",
        "8",
        "20",
        default="0",
    ),
    FRANCHISE,
    Term(
        "yearly_cap",
        "euros",
        "maximum per jaar",
        "cap a year",
        "79409",
        "statutory",
        "0",
        "1000000",
        "statutory_sv_wage_cap",
    ),
    percent("contribution_rate", "premiepercentage", "contribution rate", "25.2", "60"),
    percent("employee_rate", "werknemerspercentage", "employee rate", "8.4", "60", default="0"),
    *TIME,
)
