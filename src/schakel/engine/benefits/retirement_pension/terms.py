"""What an employer may choose for retirement pension with a flat contribution."""

from schakel.engine.scheme import CAP, COMMON, WAGE, Term

TERMS = (
    # Wet LB 1964 art. 18a: at most 30 % until 2037, 33 % with compensation.
    Term("contribution_rate", "percent", "premiepercentage", "contribution rate", "26.5", None, "0", "33"),
    Term("employee_rate", "percent", "werknemerspercentage", "employee rate", "5", "0", "0", "33"),
    Term(
        "franchise",
        "euros",
        "franchise",
        "franchise",
        "statutory",
        "statutory",
        "0",
        "100000",
        "statutory_franchise",
    ),
    CAP,
    *WAGE,
    *COMMON,
)
