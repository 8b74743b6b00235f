"""What an employer may choose for an individual choice budget (IKB)."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import percent

TERMS: tuple[Term, ...] = (
    percent("budget_rate", "budget als deel van het loon", "budget as a share of the wage", "16.37", "50"),
    Term("fixed_budget", "euros", "vast budget per jaar", "fixed budget a year", "250", "0", "0", "100000"),
)
