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
)
