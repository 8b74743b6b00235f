"""What an employer may choose for WIA excess."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, percent, word

TERMS: tuple[Term, ...] = (
    percent(
        "premium_rate",
        "premiepercentage over het loon boven de grens",
        "premium rate over the wage above the limit",
        "2.1",
        "30",
    ),
    percent("employee_rate", "werknemerspercentage", "employee rate", "1", "30", default="0"),
    word("method", "methode", "method", "two_parts", "by_benefit"),
    Term("cover_rate", "class_percent", "dekking", "cover", "80", "70", "0", "100"),
    Term(
        "covers_below",
        "yes_no",
        "ook aanvulling onder de grens",
        "also a supplement below the limit",
        "true",
        False,
    ),
    Term(
        "benefit_table",
        "class_percent_by_incapacity",
        "uitkering naar arbeidsongeschiktheid",
        "benefit by incapacity",
        "{0: 0, 35: 40, 45: 50, 55: 60, 65: 72.5, 80: 100}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "daily_wage_cap",
        "euros_a_day",
        "maximumdagloon",
        "maximum daily wage",
        "304.25",
        "statutory",
        "0",
        "2000",
        "maximum_daily_wage",
    ),
    euros(
        "wage_limit",
        "grens in plaats van het maximumdagloon",
        "limit instead of the maximum daily wage",
        "80000",
        is_optional=True,
    ),
    euros(
        "highest_insured_wage", "hoogste verzekerde loon", "highest insured wage", "250000", is_optional=True
    ),
    euros(
        "highest_benefit", "hoogste uitkering per jaar", "highest benefit a year", "100000", is_optional=True
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
