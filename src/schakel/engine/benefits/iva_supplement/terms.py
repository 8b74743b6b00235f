"""What an employer may choose for a supplement on top of the WIA."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, percent, word

TERMS: tuple[Term, ...] = (
    percent("premium_rate", "premiepercentage", "premium rate", "0.2", "20"),
    percent("employee_rate", "werknemerspercentage", "employee rate", "0.1", "20", default="0"),
    Term("supplement_rate", "class_percent", "aanvulling", "supplement", "5", "5", "0", "30"),
    word("paid_with", "uitkering bij", "paid with", "iva", "any_wia"),
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
