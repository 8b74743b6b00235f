"""One employee, 24 months, a salary corrected at the beginning of them: recalculated, with and without the why."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from schakel.cli.bench import engine_people
from schakel.engine.calculation import Calculation, PeriodResult
from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.employee import EmployeeTimeline, Sourced
from schakel.engine.explaining import explained
from schakel.engine.parameters import statutory
from schakel.engine.runners.invented import people
from schakel.engine.timeline import Period, Timeline
from schakel.engine.wage_periods import wage_periods

FIRST, UNTIL = date(2025, 1, 1), date(2027, 1, 1)
NAME = "retirement_pension"


def measure(employees: int) -> dict[str, Any]:
    """Microseconds, median and 99th percentile, over so many employees; each is corrected once."""
    everybody = people(employees, 1, seed=3)
    checked = Timeline.always(check_terms(NAME, engine_people.TERMS[NAME]))
    one, known, periods = benefit(NAME), statutory(), wage_periods("month", FIRST, UNTIL)
    before = [everybody.timeline(place) for place in range(employees)]
    after = [_corrected(timeline) for timeline in before]

    def results(timeline: EmployeeTimeline) -> tuple[Calculation, list[PeriodResult]]:
        calculation = Calculation(one, timeline, checked, known)
        return calculation, [calculation.of(period) for period in periods]

    def revised(place: int) -> int:
        """Old and new amounts of every month, and how many of them differ."""
        _, new = results(after[place])
        return sum(old.amounts != one.amounts for old, one in zip(told[place], new, strict=True))

    def with_why(place: int) -> int:
        """The same, and the tree of every amount of every month."""
        calculation, new = results(after[place])
        for result in new:
            if result.participates:
                explained(calculation, result.wage_period, tuple(result.amounts))
        return sum(old.amounts != one.amounts for old, one in zip(told[place], new, strict=True))

    told = [results(timeline)[1] for timeline in before]
    changed = [revised(place) for place in range(employees)]
    return {
        "benefit": NAME,
        "months": len(periods),
        "employees": employees,
        "months_changed": sum(changed),
        "recalculation_us": _percentiles(revised, employees),
        "with_explanation_us": _percentiles(with_why, min(employees, 200)),
    }


def _corrected(timeline: EmployeeTimeline) -> EmployeeTimeline:
    """Ten euros a month more from the first of the months on, whatever was known then."""
    facts = dict(timeline.facts)
    since = Period(FIRST)
    steps = facts["salary_amount"].slice(since).map(lambda said: Sourced(int(str(said.value)) + 1_000))
    facts["salary_amount"] = Timeline([*facts["salary_amount"].without(since).steps, *steps.steps])
    return EmployeeTimeline(timeline.key, facts)


def _percentiles(work: Callable[[int], object], count: int) -> dict[str, float]:
    taken = []
    for place in range(count):
        started = time.perf_counter()
        work(place)
        taken.append((time.perf_counter() - started) * 1e6)
    taken.sort()
    return {
        "median": round(statistics.median(taken), 1),
        "p99": round(taken[min(len(taken) - 1, len(taken) * 99 // 100)], 1),
    }
