"""How a scheme of one shape is calculated for one employee: made once, for everybody it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schakel.engine.benefit import Quantity
from schakel.engine.catalogue import (
    amounts_graph,
    benefit,
    condition_graph,
    facts_read_in,
    quantities,
)
from schakel.engine.choices import Choices, Shape
from schakel.engine.derived import FOLLOWS_BIRTHDAY, FOLLOWS_THE_DAY
from schakel.engine.graph import Graph
from schakel.engine.reading import Program, ready
from schakel.engine.wage_periods import WagePeriod

READ_ON_A_DAY = ("reference_date", "part_time_moment", "entry_moment", "end_moment")
"""Terms that may have something read on another day than the one asked for: the first of a month or of a year."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The conditions in their order, the amounts, and what the words of the scheme say of days and rounding."""

    conditions: tuple[tuple[str, Program], ...]
    amounts: Program | None  #: None where no terms are in force
    quantities: tuple[Quantity, ...]
    scales: Mapping[str, int]  #: of the rule of an amount: how many parts make a euro
    facts: frozenset[str]  #: the facts that are read
    turning: frozenset[str]  #: the dates on whose day of the month a count of months that is read goes up
    figures: tuple[tuple[str, str], ...]  #: terms that may point to a statutory figure, and which
    proration: str
    of_first_of_year: bool  #: whether the figures of 1 January count all year
    by_year_to_date: bool  #: whether the rounding difference of the year is settled each wage period
    is_of_the_day: bool  #: whether a reference date makes that a fact is another without a change
    is_alike: bool  #: whether two whole wage periods of one kind with the same values have the same amounts

    def figures_on(self, on: date, wage_period: WagePeriod) -> date:
        """The day whose statutory figures apply."""
        return date(wage_period.year, 1, 1) if self.of_first_of_year else wage_period.in_its_year(on)

    def figures_of(self, choices: Choices) -> frozenset[str]:
        """The statutory figures that these terms point to."""
        return frozenset(figure for term, figure in self.figures if choices.get(term) == "statutory")


@lru_cache(maxsize=4096)
def plan_of(name: str, shape: Shape | None) -> Plan:
    """The plan of a benefit for a scheme of this shape; without terms only the conditions are looked at."""
    one = benefit(name)
    graphs = {each: condition_graph(name, each, shape) for each in one.conditions}
    conditions = tuple(
        (each, ready(graph)) for each, graph in graphs.items() if not _always_holds(each, graph)
    )
    words = {} if shape is None else dict(shape.words)
    amounts = None if shape is None else ready(amounts_graph(name, shape))
    given = () if shape is None else quantities(one, shape)
    terms = [*one.terms.values(), *(() if shape is None else shape.figures)]
    proration = words.get("proration", "calendar_days")
    by_year_to_date = words.get("residual") == "year_to_date"
    # Over a whole wage period the days of one stretch are all the days there are, and cancel out.
    cancels = proration != "days_of_261" and not any(quantity.kind == "to_date" for quantity in given)
    return Plan(
        conditions=conditions,
        amounts=amounts,
        quantities=given,
        scales={} if amounts is None else {rule.name: rule.unit.scale for rule in amounts.graph.rules},
        facts=frozenset() if shape is None else facts_read_in(name, shape),
        turning=_turning(conditions, amounts, words),
        figures=tuple((term.name, term.statutory) for term in terms if term.statutory is not None),
        proration=proration,
        of_first_of_year=words.get("figures_on") == "first_of_year",
        by_year_to_date=by_year_to_date,
        is_of_the_day=not {words.get(term) for term in READ_ON_A_DAY} <= {None, "each_change", "exact_day"},
        is_alike=cancels and not by_year_to_date,
    )


def _always_holds(condition: str, graph: Graph) -> bool:
    """Whether the words of the scheme say so, whatever the facts are."""
    made = graph.expressions[condition]
    return made.is_known and made.low == 1


def _turning(
    conditions: tuple[tuple[str, Program], ...], amounts: Program | None, words: Mapping[str, str]
) -> frozenset[str]:
    programs = [*(one for _, one in conditions), *(() if amounts is None else (amounts,))]
    leaves = {name for one in programs for name in one.graph.leaves}
    dates = {FOLLOWS_THE_DAY[name] for name in leaves & FOLLOWS_THE_DAY.keys()}
    if words.get("age_on") == "exact_day" and leaves & FOLLOWS_BIRTHDAY:
        dates |= {"birth_on", "partner_birth_on"}
    return frozenset(dates)
