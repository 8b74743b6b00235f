"""What an employer may choose for orphan pension on risk basis."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import CAP, TIME, WAGE

TERMS: tuple[Term, ...] = (
    Term("orphan_share", "percent", "percentage van het salaris", "share of salary", "15", None, "0", "20"),
    Term("premium_rate", "percent", "risicopremie", "risk premium rate", "0.06", None, "0", "5"),
    Term("requires_child", "yes_no", "alleen met kind", "only with a child", "false", False),
    CAP,
    *WAGE,
    *TIME,
)
