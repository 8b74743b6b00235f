"""What must be known of a lease car; rates and limit are those of the day of first registration."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import percent, word

TERMS: tuple[Term, ...] = (
    percent("standard_rate", "bijtelling", "addition", "22", "50", default="22"),
    percent(
        "zero_emission_rate",
        "bijtelling zonder uitstoot tot de grens",
        "addition for zero emission up to the limit",
        "18",
        "50",
    ),
    Term(
        "zero_emission_limit",
        "euros",
        "grens bij auto zonder uitstoot",
        "limit for a zero-emission car",
        "30000",
        None,
        "0",
        "200000",
    ),
    percent(
        "old_car_rate",
        "bijtelling auto ouder dan vijftien jaar",
        "addition for a car older than fifteen years",
        "35",
        "50",
        default="35",
    ),
    Term("old_car_months", "months", "oud vanaf", "old from", "180", "180", "120", "360"),
    Term("fixed_months", "months", "percentage vast gedurende", "rate fixed for", "60", "60", "0", "240"),
    percent(
        "rate_after",
        "bijtelling zonder uitstoot daarna",
        "addition for zero emission after that",
        "22",
        "50",
        default="22",
    ),
    word("own_payment_counts", "eigen bijdrage", "own contribution", "deducted", "ignored"),
)
