"""What an employer may choose for continuous business travel insurance."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import euros

TERMS: tuple[Term, ...] = (
    Term(
        "europe_rates",
        "euros_a_day_by_class",
        "premie per reisdag Europa naar klasse",
        "premium a travel day in Europe by class",
        "{0: 1.85, 1: 2.40}",
        None,
        "0",
        "1000",
    ),
    Term(
        "world_rates",
        "euros_a_day_by_class",
        "premie per reisdag wereld naar klasse",
        "premium a travel day in the world by class",
        "{0: 3.10, 1: 4.20}",
        None,
        "0",
        "1000",
    ),
    Term(
        "module_rate", "class_percent", "opslag voor modules", "surcharge for modules", "25", "0", "0", "300"
    ),
    Term(
        "longest_trip",
        "days",
        "verzekerde dagen per loontijdvak ten hoogste",
        "insured days in a wage period at most",
        "31",
        "366",
        "1",
        "366",
    ),
    euros(
        "yearly_minimum", "minimumpremie per jaar", "minimum premium a year", "25", "100000", is_optional=True
    ),
)
