"""What an employer may choose for the WGA gap."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, word

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
    word("form", "vorm", "form", "basic", "extended"),
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
