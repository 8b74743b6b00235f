"""What an employer may choose for pension over the salary above the fiscal cap."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import CAP, TIME, WAGE, euros, percent

TERMS: tuple[Term, ...] = (
    CAP,
    euros("upper_cap", "bovengrens", "upper limit", "250000", is_optional=True),
    Term(
        "contribution_scale",
        "percent_by_age",
        "nettostaffel",
        "net scale",
        "{18: 4.6, 40: 8.1, 60: 15.3}",
        None,
        "0",
        "40",
    ),
    Term(
        "chosen_shares",
        "class_percent_by_class",
        "deel van de nettostaffel naar gekozen niveau",
        "part of the net scale by chosen level",
        "{0: 0, 1: 25, 2: 50, 3: 75, 4: 100}",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    percent(
        "employer_rate",
        "werkgeverspercentage van de grondslag",
        "employer rate over the base",
        "5",
        "40",
        default="0",
    ),
    *WAGE,
    *TIME,
)
