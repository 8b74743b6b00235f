"""The terms that hold for segments, and the words of them that say on which day something is read."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from schakel.engine.choices import Choices
from schakel.engine.derived import ONE_BY_ONE
from schakel.engine.employee import FACTS
from schakel.engine.graph import Graph
from schakel.engine.reading import needs_full_time_hours
from schakel.engine.runners.histories import Column
from schakel.engine.runners.term_table import TermTable

NOT_IN_COLUMNS = ("to_date",)
CHILDREN = "children_under_"


def fits_columns(graph: Graph, choices: Choices) -> bool:
    """Whether columns reach everything this graph reads; what they do not reach is calculated one by one."""
    if any(leaf.kind in NOT_IN_COLUMNS or leaf.name.startswith(CHILDREN) for leaf in graph.leaves.values()):
        return False
    if needs_full_time_hours(graph) or ONE_BY_ONE & graph.leaves.keys():
        return False
    exact_days = {choices.get("entry_moment"), choices.get("end_moment")} <= {None, "exact_day"}
    in_cents = str(choices.get("period_rounding") or "cent_half_up").startswith("cent_")
    return exact_days and in_cents and not choices.says("residual", "year_to_date")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a scheme that say on which day something is read."""

    moments: Mapping[str, str]  #: what facts follow → the reference date of the scheme
    age_on: str
    figures_on: str

    def day_of(self, fact: str) -> str:
        """The reference date of a fact."""
        return self.moments.get(FACTS[fact].moment, "each_change")


USUAL = Words({}, "month_reached", "in_force")
"""The usual course, which is also that of who has no terms."""


def words_of(choices: Choices) -> Words:
    """The words of these terms, or the usual course."""
    return Words(
        {
            moment: str(choices.get(term) or "each_change")
            for moment, term in (("salary", "reference_date"), ("part_time", "part_time_moment"))
        },
        str(choices.get("age_on") or "month_reached"),
        "first_of_year" if choices.says("figures_on", "first_of_year") else "in_force",
    )


@dataclass(frozen=True, slots=True)
class InForce:
    """The terms of segments: of each the row, all with the same words."""

    table: TermTable
    rows: Column
    used: Column  #: every row that is among them
    choices: Choices
    words: Words
    mark: Hashable  #: of the rows
