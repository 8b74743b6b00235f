"""A part of a wage period in which nothing that is read changes, and what holds there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from schakel.engine.choices import Choices
from schakel.engine.explanation import Explanation
from schakel.engine.moments import Service
from schakel.engine.plan import Plan
from schakel.engine.reading import Given, Program, Reading
from schakel.engine.timeline import Period


class Outcome(NamedTuple):
    """What a graph was given and what came out; kept with it is what other wage periods may take over."""

    of: Program
    given: Given
    values: Mapping[str, int]
    whole: dict[str, Mapping[str, int]]  #: kind of wage period → the amounts of a whole one
    told: dict[str, Explanation]  #: rule → its tree


class Since(NamedTuple):
    """After which change a day is: two days after the same change read the same."""

    changes: int  #: how many changes of facts and terms there were
    figures: int  #: how many changes of statutory figures
    on: date | None  #: the day itself, where a reference date makes that a fact is another without a change


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The days between two changes: what is read there is read once, and calculated again only for another age."""

    since: Since
    start: date
    until: date  #: the next change; `start` itself where no two days are known to be alike
    choices: Choices | None  #: the terms in force
    plan: Plan
    service: Service
    outcomes: dict[Program, Outcome] = field(default_factory=dict)

    def differs_in_facts_alone(self, other: "Unchanged") -> bool:
        """Whether terms, figures and employment are the same, and facts are read on the day itself."""
        return (
            self.choices is other.choices
            and self.service == other.service
            and self.since.figures == other.since.figures
            and self.since.on is None
        )

    def take_over(self, other: "Unchanged", changed: set[str]) -> None:
        """What came out of the graphs that read none of the facts that changed between the other days and these."""
        for of, outcome in other.outcomes.items():
            if of.facts.isdisjoint(changed):
                self.outcomes[of] = outcome

    def outcome(self, of: Program, reading: Reading) -> Outcome:
        """What comes out on a day of these. Raises SchakelError."""
        found = self.outcomes.get(of)
        given = reading.given(of) if found is None else reading.again(of, found.given)
        if found is None or given is not found.given:
            found = self.outcomes[of] = Outcome(of, given, of.evaluate(given), {}, {})
        return found


class Segment(NamedTuple):
    """A part of a wage period in which nothing that is read changes."""

    period: Period
    on: date  #: the day that is read: its first, or the one that decides for the whole wage period
    why_not: str | None  #: name of the first condition that does not hold
    outcome: Outcome  #: of the amounts, or of that condition
    unchanged: Unchanged

    @property
    def given(self) -> Given:
        return self.outcome.given

    @property
    def values(self) -> Mapping[str, int]:
        return self.outcome.values

    @property
    def choices(self) -> Choices | None:
        return self.unchanged.choices

    @property
    def chosen(self) -> Choices:
        """The terms under which somebody takes part."""
        assert self.choices is not None, "who takes part does so under terms"
        return self.choices
