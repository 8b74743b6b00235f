"""What an employer may choose for the travel allowance."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import word

TERMS: tuple[Term, ...] = (
    Term(
        "amount_per_km",
        "euros_a_km",
        "bedrag per kilometer",
        "amount a kilometre",
        "0.25",
        "statutory",
        "0",
        "5",
        "tax_free_travel_amount_per_km",
    ),
    Term(
        "tax_free_amount_per_km",
        "euros_a_km",
        "onbelast per kilometer",
        "tax-free a kilometre",
        "0.25",
        "statutory",
        "0",
        "5",
        "tax_free_travel_amount_per_km",
    ),
    word("days_form", "dagen", "days", "declared", "fixed_year"),
    Term(
        "days_per_year",
        "days",
        "vaste reisdagen per jaar",
        "fixed travel days a year",
        "214",
        "214",
        "0",
        "366",
    ),
    Term(
        "highest_kilometres",
        "count",
        "ten hoogste kilometers enkele reis",
        "kilometres one way at most",
        "75",
        "1000",
        "0",
        "1000",
    ),
)
