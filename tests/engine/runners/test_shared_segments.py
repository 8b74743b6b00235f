"""Benefits that share their segments give what each gives by itself, and what one by one gives."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from tests.engine.oracle_comparison import names, oracle
from tests.engine.runners.test_columns import of, told

from schakel.engine.calculation import Calculation
from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.choices import Choices
from schakel.engine.employee import FACTS, EmployeeTimeline, Sourced
from schakel.engine.parameters import statutory
from schakel.engine.runners.histories import people_of
from schakel.engine.runners.portfolio import calculate_all
from schakel.engine.timeline import END_OF_TIME, Period, Step, Timeline
from schakel.engine.wage_periods import WagePeriod, wage_periods

EMPLOYEES, EMPLOYERS = 12, 4
FIRST, UNTIL = date(2025, 10, 1), date(2027, 2, 1)
BORN = {"birth_on", "partner_birth_on"}


def drawn_facts(draw: random.Random, kind: str) -> dict[str, Any]:
    """The facts that all oracles draw, of one employee: whichever oracle comes last has the say in what they share."""
    found: dict[str, Any] = {}
    for name in draw.sample(names(), len(names())):
        found |= oracle(name).facts(draw)
    return found | {"wage_period_kind": kind, "is_employed": draw.random() < 0.9}


def employee(key: str, draw: random.Random, kind: str) -> EmployeeTimeline:
    """An employee of whom some facts change on days of their own, and some are not known for a while."""
    before, after = drawn_facts(draw, kind), drawn_facts(draw, kind)
    facts = {}
    for name, value in before.items():
        steps = [Step(Period(date(1900, 1, 1), END_OF_TIME), Sourced(value))]
        if name not in BORN and FACTS[name].unit.name != "date" and draw.random() < 0.3:
            day, gap = drawn_day(draw), draw.choice([0, 0, 0, 40])
            steps = [
                Step(Period(date(1900, 1, 1), day), Sourced(value)),
                Step(Period(day + timedelta(gap), END_OF_TIME), Sourced(after.get(name, value))),
            ]
        facts[name] = Timeline(steps)
    return EmployeeTimeline(key, facts)


def drawn_day(draw: random.Random) -> date:
    """A day of these wage periods; the first of a month is drawn often."""
    day = FIRST + timedelta(draw.randrange(1, (UNTIL - FIRST).days))
    return day.replace(day=1) if draw.random() < 0.3 else day


def agreed(name: str, draw: random.Random) -> Timeline[Choices]:
    """The terms of one employer: one or two of the schemes that the oracle knows, from a day on, or none."""
    one, two = (check_terms(name, draw.choice(oracle(name).SCHEMES)) for _ in range(2))
    first, day = sorted([draw.choice([date(2000, 1, 1), drawn_day(draw)]), drawn_day(draw)])
    day += timedelta(first == day)
    changing = [Step(Period(first, day), one), Step(Period(day, END_OF_TIME), two)]
    return draw.choice([Timeline.always(one), Timeline(changing), Timeline(changing[1:]), Timeline()])


def periods_of(kind: str) -> list[WagePeriod]:
    return list(wage_periods(kind, FIRST, UNTIL))


@pytest.mark.parametrize(("kind", "seed"), [("month", 1), ("four_weeks", 2)])
def test_all_benefits_together_give_what_each_gives_by_itself(kind: str, seed: int) -> None:
    draw = random.Random(seed)
    employees = [employee(str(place), draw, kind) for place in range(EMPLOYEES)]
    people = people_of(employees, [draw.randrange(EMPLOYERS) for _ in employees])
    schemes = {name: [agreed(name, draw) for _ in range(EMPLOYERS)] for name in names()}
    periods = periods_of(kind)
    for together in calculate_all(people, schemes, periods):
        name = together.benefit
        (alone,) = calculate_all(people, {name: schemes[name]}, periods)
        for place, facts in enumerate(employees):
            terms = schemes[name][int(people.employers[place])]
            one_by_one = Calculation(benefit(name), facts, terms, statutory())
            for at, period in enumerate(periods):
                result = one_by_one.of(period)
                amounts, reason = of(together, place, at)
                wanted, why = told(result)
                where = f"{name}, {place}: {period}"
                assert (amounts, reason) == of(alone, place, at), where
                assert reason == why, where
                assert {key: amounts[key] for key in wanted} == wanted, where
