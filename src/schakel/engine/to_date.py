"""What was earned in the year so far: leaves that add up the wage periods of a year, for caps over the year."""

from collections.abc import Sequence
from datetime import date

from schakel.engine.employee import FACTS, EmployeeTimeline, as_integer
from schakel.engine.graph import Leaf
from schakel.engine.units import COUNT

ADDED_UP = (
    "wage_in_period",
    "hours_in_period",
    "paid_days",
    "home_working_days",
    "commuting_days",
    "travel_costs",
    "business_kilometres",
    "training_costs",
    "travel_days_europe",
    "travel_days_world",
    "choice_budget_spent",
    "voluntary_contribution",
    "own_payment",
    "leave_hours_bought",
    "leave_hours_sold",
)
"""Facts that are stated for each wage period; `<fact>_to_date` is their sum in the year up to and with this one."""


def to_date_leaves() -> dict[str, Leaf]:
    """Every sum as a leaf, and how many wage periods it is over."""
    found = {
        f"{name}_to_date": Leaf(
            f"{name}_to_date", "to_date", FACTS[name].unit, 0, FACTS[name].highest * 53, (name,)
        )
        for name in ADDED_UP
    }
    found["wage_periods_to_date"] = Leaf("wage_periods_to_date", "to_date", COUNT, 0, 53)
    return found


def to_date(leaf: Leaf, facts: EmployeeTimeline, served: Sequence[date]) -> int:
    """The sum over the wage periods in service, each read on its day. Raises MissingFact for one that is not stated."""
    if not leaf.facts:
        return len(served)
    fact = FACTS[leaf.facts[0]]
    return sum(as_integer(fact, facts.read(fact.name, day).value, day) for day in served)
