"""What an employer may choose for a training budget."""

from schakel.engine.scheme import Term

TERMS: tuple[Term, ...] = (
    Term("budget_per_year", "euros", "budget per jaar", "budget a year", "1500", None, "0", "100000"),
    Term(
        "repayment_table",
        "class_percent_by_class",
        "terugbetaling naar maanden sinds de kosten",
        "repayment by months since the costs",
        "{0: 100, 12: 66.67, 24: 33.33, 36: 0}",
        None,
        "0",
        "100",
    ),
)
