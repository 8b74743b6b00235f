"""Changes to the facts of a case, for laws that hold whatever changes: drawn, and applied one after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from schakel.engine.calculation import PeriodResult, calculate
from schakel.engine.case_file import Case, read_case
from schakel.engine.employee import FACTS, EmployeeTimeline, Sourced
from schakel.engine.timeline import Period, Step, Timeline
from schakel.engine.wage_periods import WagePeriod, wage_periods

FOLDER = Path(__file__).with_name("cases")
FIRST, UNTIL = date(2025, 7, 1), date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact has another value in a period."""

    fact: str
    period: Period
    value: Any


@cache
def cases(benefit: str) -> tuple[Case, ...]:
    """The cases of a benefit that calculate with all figures that are known."""
    files = sorted((FOLDER / benefit).glob("*.yaml"))
    found = [read_case(path.read_text(encoding="utf-8")) for path in files]
    return tuple(case for case in found if case.known_on is None)


def periods_of(case: Case) -> tuple[WagePeriod, ...]:
    """A year and a half of wage periods, a year boundary among them."""
    return wage_periods(case.wage_periods[0].kind, FIRST, UNTIL)


def results_of(case: Case, facts: EmployeeTimeline | None = None) -> tuple[PeriodResult, ...]:
    """The case, with these facts, over those wage periods."""
    return calculate(case.benefit, case.facts if facts is None else facts, case.terms, periods_of(case))


def told(results: Sequence[PeriodResult]) -> list[Any]:
    """What is told of each wage period: the amounts, or why there are none."""
    return [
        (
            one.wage_period,
            dict(one.amounts),
            one.why_not,
            one.refusal and (one.refusal.code, one.refusal.about),
        )
        for one in results
    ]


def applied(facts: EmployeeTimeline, changes: Iterable[Change]) -> EmployeeTimeline:
    """The facts with the changes laid over them, in this order."""
    found = dict(facts.facts)
    for one in changes:
        found[one.fact] = found[one.fact].overlay(one.period, Sourced(one.value)).merged()
    return replace(facts, facts=found)


def cut(facts: EmployeeTimeline, days: Sequence[date]) -> EmployeeTimeline:
    """The same facts, said again on each of these days."""
    return replace(facts, facts={name: _cut(timeline, days) for name, timeline in facts.facts.items()})


def _cut(timeline: Timeline[Sourced], days: Sequence[date]) -> Timeline[Sourced]:
    pieces = []
    for step in timeline.steps:
        inside = sorted({day for day in days if step.period.start < day < step.period.end})
        starts = [step.period.start, *inside]
        ends = [*inside, step.period.until]
        pieces += [Step(Period(*ends_), step.value) for ends_ in zip(starts, ends, strict=True)]
    return Timeline(pieces)


@st.composite
def changes(draw: st.DrawFn, case: Case, most: int = 4) -> list[Change]:
    """Some changes to facts the case has; no two to one fact at one time."""
    names = sorted(name for name in case.facts.facts if name not in {"wage_period_kind", "children_birth_on"})
    found: list[Change] = []
    for _ in range(draw(st.integers(1, most))):
        name = draw(st.sampled_from(names))
        start = draw(st.dates(date(2025, 7, 2), date(2026, 12, 20)))
        period = Period(start, start + timedelta(days=draw(st.integers(1, 400))))
        if any(one.fact == name and one.period.intersect(period) for one in found):
            continue
        found.append(Change(name, period, draw(values(name))))
    return found


def values(name: str) -> st.SearchStrategy[Any]:
    """Values a fact can have, ordinary ones and the ends of the range."""
    fact = FACTS[name]
    if fact.choices:
        return st.sampled_from(fact.choices)
    if fact.unit.name == "yes_no":
        return st.booleans()
    if fact.unit.name == "date":
        return st.dates(date(1958, 1, 1), date(2025, 6, 30))
    ordinary = min(fact.highest, max(fact.lowest * 100, 600_000))
    return st.integers(fact.lowest, ordinary) | st.sampled_from([fact.lowest, fact.highest])
