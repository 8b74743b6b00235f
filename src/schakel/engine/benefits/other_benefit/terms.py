"""Any other benefit: what it is made of stands in its own figures and steps."""

from schakel.engine.choices import Choices
from schakel.engine.errors import MissingTerms
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, TIME, WAGE

TERMS: tuple[Term, ...] = (*BASE, *WAGE, *TIME)
STEPS = ("sum_insured", "premium_per_year", "employee_share_per_year", "payment_in_period")
"""The steps that become amounts."""


def check(choices: Choices) -> None:
    """At least one step makes an amount. Raises MissingTerms."""
    made = {step.name for step in choices.shape.steps}
    if not made & set(STEPS):
        raise MissingTerms(
            f"steps is missing one that makes an amount; name a step {', '.join(STEPS)}.",
            f"steps mist een stap die een bedrag maakt; noem een stap {', '.join(STEPS)}.",
            about="steps",
        )
