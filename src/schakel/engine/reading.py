"""What the leaves of a graph are read from, on one day of a wage period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schakel.engine.benefit import Benefit
from schakel.engine.choices import Choices
from schakel.engine.derived import DERIVED, Day
from schakel.engine.employee import FACTS, EmployeeTimeline, as_integer
from schakel.engine.errors import MissingTerms, NoParameterInForce, NoRuleInForce
from schakel.engine.graph import Graph, Leaf
from schakel.engine.moments import Service, reading_day
from schakel.engine.parameters import ParameterSet, ParameterValue
from schakel.engine.scheme import KEYS, Term
from schakel.engine.to_date import to_date
from schakel.engine.wage_periods import WagePeriod

Given = Mapping[str, int | tuple[int, ...]]
HOURS, HOURLY = "full_time_hours_per_week", "full_time_salary_per_year"


def needs_full_time_hours(graph: Graph) -> bool:
    """Whether everybody's full-time hours are needed.

    The rule of the wage needs them only of who is paid by the hour; of others they may be unknown. An own step
    that reads them means what they are.
    """
    for rule in graph.rules:
        is_of_wage = rule.name == HOURLY and rule.reads_units
        if not is_of_wage and HOURS in rule.reads:
            leaves = graph.expressions[rule.name].leaves()
            if any(one.op == "leaf" and one.value == HOURS for one in leaves):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Reading:
    """One day: the facts, the choices in force, and what was read already."""

    one: Benefit
    facts: EmployeeTimeline
    choices: Choices | None
    on: date
    figures_on: date  #: the day whose statutory figures apply
    wage_period: WagePeriod
    service: Service
    served_in: Callable[[WagePeriod], Sequence[date]]
    """Of each wage period of the year in service so far, the day its facts are read on."""
    known: ParameterSet
    stable: dict[str, int | tuple[int, ...]]  #: what was read already between the same two changes
    of_the_day: dict[
        str, int | tuple[int, ...]
    ]  #: what was read already and is another every period: ages, sums

    @property
    def served(self) -> Sequence[date]:
        """Of each wage period of the year in service so far, the day its facts are read on."""
        return self.served_in(self.wage_period)

    def given(self, graph: Graph) -> dict[str, int | tuple[int, ...]]:
        """Every leaf as an integer, or a table of them. Raises MissingFact, MissingTerms, NoParameterInForce."""
        found = {}
        for name, leaf in graph.leaves.items():
            read = self.stable if leaf.kind in {"fact", "term"} else self.of_the_day
            if name not in read:
                read[name] = self._leaf(leaf, graph)
            found[name] = read[name]
        return found

    def chosen(self) -> Choices:
        """The choices in force. Raises MissingTerms."""
        if self.choices is None:
            raise MissingTerms(
                f"The terms of {self.one.en.lower()} are missing for {self.on}. "
                "Agree them, with the date they start.",
                f"De voorwaarden van {self.one.nl.lower()} ontbreken voor {self.on:%d-%m-%Y}. "
                "Leg ze vast, met ingangsdatum.",
                about=self.one.name,
            )
        return self.choices

    def _leaf(self, leaf: Leaf, graph: Graph) -> int | tuple[int, ...]:
        if leaf.kind == "fact":
            return self._fact(leaf.name, graph)
        if leaf.kind == "derived":
            return self.derived(leaf.name)
        if leaf.kind == "to_date":
            return to_date(leaf, self.facts, self.served)
        choices = self.chosen()
        value = choices[leaf.name]
        if value == "statutory":
            return self._statutory(choices.terms[leaf.name])
        assert not isinstance(value, str), "words are part of the shape, not of what is read"
        return value

    def _statutory(self, term: Term) -> int | tuple[int, ...]:
        assert term.statutory is not None
        found = self.figure(term.statutory)
        if not term.key:
            return found.value
        if len(found.table) != KEYS[term.key]:
            raise NoParameterInForce(
                f"“{self.known[term.statutory].en}” is no table by {term.key}.",
                f"“{self.known[term.statutory].nl}” is geen tabel naar {term.key}.",
                about=term.statutory,
            )
        return found.table

    def figure(self, name: str) -> ParameterValue:
        """The statutory figure that applies. Raises NoParameterInForce, NoRuleInForce."""
        if name not in self.known:
            raise NoRuleInForce(
                f"There is no statutory figure {name!r}; docs/calculations/parameters.md lists them.",
                f"Er is geen wettelijk cijfer {name!r}; docs/calculations/parameters.md noemt ze.",
                about=name,
            )
        birth_on = self.facts.read("birth_on", self.on).value if name == "state_pension_age" else None
        return self.known[name].at(self.figures_on, birth_on=birth_on)

    def day_of(self, name: str) -> date:
        """The day on which a fact is read: by the reference date of the scheme."""
        moment = FACTS[name].moment
        term = {"salary": "reference_date", "part_time": "part_time_moment"}.get(moment)
        word = None if term is None or self.choices is None else self.choices.get(term)
        return reading_day(str(word or "each_change"), self.on, self.wage_period, self.service)

    def _fact(self, name: str, graph: Graph) -> int:
        fact = FACTS[name]
        if name == "is_employed":
            # Outside every employment is a known fact: not in service.
            return int(self.service.is_in)
        day = self.day_of(name)
        if (
            name == HOURS
            and not needs_full_time_hours(graph)
            and self.facts.read("salary_kind", day).value != "hourly"
        ):
            return fact.lowest
        return as_integer(fact, self.facts.read(name, day).value, day)

    def derived(self, name: str) -> int:
        """What is worked out from facts and the day."""
        word = None if self.choices is None else self.choices.get("age_on")
        on = self.service.within(self.on) if DERIVED[name].facts else self.on
        return DERIVED[name].work_out(Day(on, self.wage_period, str(word or "month_reached"), self.facts))
