"""What an employer may choose for partner pension on risk basis."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import CAP, TIME, WAGE

TERMS: tuple[Term, ...] = (
    Term("partner_share", "percent", "percentage van het salaris", "share of salary", "30", None, "0", "50"),
    Term("premium_rate", "percent", "risicopremie", "risk premium rate", "0.95", None, "0", "20"),
    Term("requires_partner", "yes_no", "alleen met partner", "only with a partner", "false", False),
    CAP,
    *WAGE,
    *TIME,
)
