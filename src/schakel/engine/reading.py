"""What the leaves of a graph are read from, on one day of a wage period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
from schakel.engine.targets.scalar import Evaluate, compiled, has_branches, read_by
from schakel.engine.to_date import to_date
from schakel.engine.wage_periods import WagePeriod

Given = Mapping[str, int | tuple[int, ...]]
MOMENTS = {"salary": "reference_date", "part_time": "part_time_moment"}
"""The term that says on which day such a fact is read."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A graph made ready for one employee: what it reads, and the function that evaluates it."""

    graph: Graph
    evaluate: Evaluate
    facts: frozenset[str]  #: the facts that are read
    passing: tuple[Leaf, ...]  #: what may be another every wage period: ages, counts of days, sums
    sums: tuple[Leaf, ...]  #: those of them that are sums of the year so far
    needs_full_time_hours: bool
    straight: Mapping[str, frozenset[str]]  #: of a rule without a choice between branches: what it reads


def ready(graph: Graph) -> Program:
    """A graph made ready; kept by who asks, for it is compiled."""
    passing = tuple(leaf for leaf in graph.leaves.values() if leaf.kind not in {"fact", "term"})
    straight = {name: read_by(made, {}) for name, made in graph.expressions.items() if not has_branches(made)}
    sums = tuple(leaf for leaf in passing if leaf.kind == "to_date")
    # Whether full-time hours are read goes by how the salary is paid.
    facts = graph.facts_read() | ({"salary_kind"} if HOURS in graph.leaves else set())
    return Program(graph, compiled(graph), facts, passing, sums, needs_full_time_hours(graph), straight)


@dataclass(slots=True)
class Reading:
    """One day: the facts, the choices in force, and the ages and sums that were read already.

    Not frozen: one is made for every part of every wage period, and freezing would double what that costs.
    """

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
    day: date  #: the day asked for, or the nearest one of the employment
    read: dict[str, int] = field(default_factory=dict)  #: the ages and sums

    @property
    def served(self) -> Sequence[date]:
        """Of each wage period of the year in service so far, the day its facts are read on."""
        return self.served_in(self.wage_period)

    def given(self, of: Program) -> Given:
        """Every leaf as an integer, or a table of them. Raises MissingFact, MissingTerms, NoParameterInForce."""
        found: dict[str, int | tuple[int, ...]] = {}
        for name, leaf in of.graph.leaves.items():
            if leaf.kind == "fact":
                found[name] = self._fact(name, of)
            elif leaf.kind == "term":
                found[name] = self._term(name)
            else:
                found[name] = self.passing(leaf)
        return found

    def again(self, of: Program, last: Given) -> Given:
        """The same on a later day with no change between: ages and sums are read anew; `last` if none differs."""
        for leaf in of.passing:
            now = self.passing(leaf)
            if now != last[leaf.name]:
                last = {**last, leaf.name: now}
        return last

    def passing(self, leaf: Leaf) -> int:
        """What is worked out for this day; conditions and amounts that read the same share it. Raises MissingFact."""
        found = self.read.get(leaf.name)
        if found is None:
            is_sum = leaf.kind == "to_date"
            found = to_date(leaf, self.facts, self.served) if is_sum else self.derived(leaf.name)
            self.read[leaf.name] = found
        return found

    def chosen(self) -> Choices:
        """The choices in force. Raises MissingTerms."""
        if self.choices is None:
            raise self.without_terms()
        return self.choices

    def without_terms(self) -> MissingTerms:
        """Nothing was agreed for this day."""
        return MissingTerms(
            f"The terms of {self.one.en.lower()} are missing for {self.on}. "
            "Agree them, with the date they start.",
            f"De voorwaarden van {self.one.nl.lower()} ontbreken voor {self.on:%d-%m-%Y}. "
            "Leg ze vast, met ingangsdatum.",
            about=self.one.name,
        )

    def _term(self, name: str) -> int | tuple[int, ...]:
        choices = self.choices or self.chosen()
        value = choices.values[name]
        if value == "statutory":
            return self._statutory(choices.terms[name])
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
        return self.known.in_force(name, self.figures_on, birth_on)

    def day_of(self, name: str) -> date:
        """The day on which a fact is read: by the reference date of the scheme."""
        term = MOMENTS.get(FACTS[name].moment)
        word = None if term is None or self.choices is None else self.choices.get(term)
        if word is None or word == "each_change":
            return self.day
        return reading_day(str(word), self.on, self.wage_period, self.service)

    def _fact(self, name: str, of: Program) -> int:
        fact = FACTS[name]
        if name == "is_employed":
            # Outside every employment is a known fact: not in service.
            return int(self.service.is_in)
        day = self.day_of(name)
        if (
            name == HOURS
            and not of.needs_full_time_hours
            and self.facts.read("salary_kind", day).value != "hourly"
        ):
            return fact.lowest
        return as_integer(fact, self.facts.read(name, day).value, day)

    def derived(self, name: str) -> int:
        """What is worked out from facts and the day."""
        word = None if self.choices is None else self.choices.get("age_on")
        made = DERIVED[name]
        on = self.day if made.facts else self.on
        return made.work_out(Day(on, self.wage_period, str(word or "month_reached"), self.facts))
