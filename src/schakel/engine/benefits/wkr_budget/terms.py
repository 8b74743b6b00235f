"""The free space of the work-related costs scheme; the law says its figures."""

from schakel.engine.scheme import Term

TERMS: tuple[Term, ...] = (
    Term(
        "low_rate",
        "percent",
        "vrije ruimte tot de grens",
        "free space up to the limit",
        "2",
        "statutory",
        "0",
        "10",
        "wkr_free_space_low_rate",
    ),
    Term(
        "high_rate",
        "percent",
        "vrije ruimte boven de grens",
        "free space above the limit",
        "1.18",
        "statutory",
        "0",
        "10",
        "wkr_free_space_high_rate",
    ),
    Term(
        "limit",
        "euros",
        "grens van de loonsom",
        "limit of the wage sum",
        "400000",
        "statutory",
        "0",
        "100000000",
        "wkr_free_space_limit",
    ),
    Term(
        "levy_rate",
        "percent",
        "eindheffing",
        "final levy",
        "80",
        "statutory",
        "0",
        "100",
        "wkr_final_levy_rate",
    ),
)
