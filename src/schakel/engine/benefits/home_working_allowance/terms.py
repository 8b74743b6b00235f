"""What an employer may choose for the home-working allowance."""

from schakel.engine.scheme import Term

TERMS: tuple[Term, ...] = (
    Term(
        "amount_per_day",
        "euros_a_day",
        "bedrag per thuiswerkdag",
        "amount a day",
        "statutory",
        "statutory",
        "0",
        "100",
        "statutory_home_working_amount",
    ),
    Term(
        "tax_free_amount_per_day",
        "euros_a_day",
        "onbelast per thuiswerkdag",
        "tax-free a day",
        "statutory",
        "statutory",
        "0",
        "100",
        "statutory_home_working_amount",
    ),
    Term(
        "most_days",
        "days",
        "ten hoogste dagen per loontijdvak",
        "days in a wage period at most",
        "12",
        None,
        "0",
        "35",
        is_optional=True,
    ),
    Term(
        "most_days_in_year",
        "days",
        "ten hoogste dagen per jaar",
        "days in a year at most",
        "128",
        None,
        "0",
        "366",
        is_optional=True,
    ),
    Term(
        "not_on_travel_days",
        "yes_no",
        "niet op reisdagen",
        "not on days travelled to work",
        "true",
        False,
    ),
)
