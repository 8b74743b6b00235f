"""What an employer may choose for incapacity that the WIA does not pay."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, percent

TERMS: tuple[Term, ...] = (
    percent("premium_rate", "premiepercentage", "premium rate", "0.3", "20"),
    percent("employee_rate", "werknemerspercentage", "employee rate", "0.15", "20", default="0"),
    Term("cover_rate", "class_percent", "dekking van het loon", "cover of the wage", "70", "70", "0", "100"),
    Term(
        "lowest_incapacity",
        "count",
        "ondergrens arbeidsongeschiktheid",
        "lowest incapacity",
        "15",
        "15",
        "0",
        "100",
    ),
    Term("incapacity_until", "count", "uitkering onder", "benefit below", "35", "35", "1", "101"),
    Term(
        "loss_table",
        "class_percent_by_incapacity",
        "loonverlies naar klasse, in plaats van het percentage zelf",
        "wage lost by class, instead of the percentage itself",
        "{0: 0, 15: 20, 25: 30}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term("paid_years", "years", "duur van de uitkering", "duration of the benefit", "5", "10", "1", "50"),
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
    euros("wage_limit", "verzekerd loon ten hoogste", "insured wage at most", "80000", is_optional=True),
    PAYS,
    *WAGE,
    *TIME,
)
