"""What an employer may choose for stop-loss cover of sickness absence."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import percent, word

TERMS: tuple[Term, ...] = (
    word("form", "vorm", "form", "stop_loss", "money_excess"),
    Term(
        "average_absence",
        "percent",
        "gemiddeld verzuim over drie jaar",
        "average absence over three years",
        "5.2",
        None,
        "0",
        "100",
        is_optional=True,
    ),
    Term(
        "retention_factor",
        "times",
        "factor van het eigen behoud",
        "factor of the own retention",
        "1.25",
        "1",
        "0.1",
        "3",
    ),
    Term(
        "money_excess",
        "euros",
        "eigen risico in geld",
        "excess in money",
        "25000",
        None,
        "0",
        "10000000",
        is_optional=True,
    ),
    Term(
        "highest_payment",
        "euros",
        "hoogste uitkering",
        "highest payment",
        "250000",
        None,
        "0",
        "100000000",
        is_optional=True,
    ),
    percent(
        "premium_rate", "premiepercentage over de loonsom", "premium rate over the wage sum", "0.4", "20"
    ),
)


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms."""
    choices.require(
        {("form", "stop_loss"): ("average_absence",), ("form", "money_excess"): ("money_excess",)}
    )
