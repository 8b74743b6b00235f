"""What an employer may choose for a training budget."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import percent, word

TERMS: tuple[Term, ...] = (
    Term("budget_per_year", "euros", "budget per jaar", "budget a year", "1500", None, "0", "100000"),
    Term(
        "scales_with_part_time",
        "yes_no",
        "budget naar deeltijd",
        "budget by part-time factor",
        "true",
        False,
    ),
    percent(
        "share_paid", "vergoed deel van de kosten", "part of the costs that is paid", "80", default="100"
    ),
    word(
        "repayment_form",
        "terugbetaling bij vertrek",
        "repayment on leaving",
        "table",
        "by_month",
        "never",
    ),
    Term(
        "repayment_table",
        "class_percent_by_months",
        "terugbetaling naar maanden sinds de kosten",
        "repayment by months since the costs",
        "{0: 100, 12: 66.67, 24: 33.33, 36: 0}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "repayment_months",
        "months",
        "maanden waarover de terugbetaling afloopt",
        "months over which repayment runs off",
        "36",
        None,
        "1",
        "120",
        is_optional=True,
    ),
)


def check(choices: Choices) -> None:
    """Each form of repayment has what it needs. Raises MissingTerms."""
    choices.require(
        {
            ("repayment_form", "table"): ("repayment_table",),
            ("repayment_form", "by_month"): ("repayment_months",),
        }
    )
