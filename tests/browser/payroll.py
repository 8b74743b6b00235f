"""A small payroll in memory, for pages: a few people with dated facts, delivered as any source delivers them."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from schakel.connectors.payroll_source import (
    Answers,
    CurrentPeriod,
    Delivery,
    Entity,
    Needs,
    Origin,
    PayrollRecord,
    Remark,
    Right,
    StatedFact,
    StatedValue,
    Traffic,
)
from schakel.engine.wage_periods import wage_periods

FIRST_BSN = 999_990_000
Kind = Literal["month", "four_weeks", "week"]


def bsn(number: int) -> str:
    """The n-th number above the fictitious range that passes the eleven test."""
    found = (
        candidate
        for candidate in range(FIRST_BSN, FIRST_BSN + 9_999)
        if (
            sum(int(d) * w for d, w in zip(f"{candidate:09d}", (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
            % 11
            == 0
        )
    )
    return [next(found) for _ in range(number)][-1].__str__()


@dataclass
class Person:
    """One employee as payroll knows them; `salary` and `hours` are dated and may be changed between syncs."""

    key: str
    number: str
    initials: str
    last_name: str
    birth_on: date
    since: date
    salary: dict[date, int | None]  #: cents a wage period, from that day on; None: not filled in
    hours: dict[date, int] = field(default_factory=dict)  #: hundredths of hours a week
    prefix: str = ""
    until: date | None = None
    partner_birth_on: date | None = None
    children: tuple[date, ...] = ()
    home_days: int = 800
    bsn: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass
class FakePayroll:
    """A PayrollSource over people in memory. Change the people, then sync."""

    people: dict[str, list[Person]]  #: by entity key
    entities_known: tuple[Entity, ...]
    today: date
    traffic: Traffic = field(default_factory=Traffic)
    hidden: set[str] = field(default_factory=set)  #: employees that the next answer does not name

    def entities(self) -> Sequence[Entity]:
        return self.entities_known

    def rights(self, _entity: Entity, _needs: Needs) -> Sequence[Right]:
        return ()

    def deliver(
        self, entity: Entity, _needs: Needs, answers: Answers, progress: Callable[[int, int], None]
    ) -> Delivery:
        people = [one for one in self.people[entity.key] if one.key not in self.hidden]
        body = json.dumps([[one.key, one.number] for one in people]).encode()
        answer = answers.keep(f"Salary_GetAll:{entity.key}", OPERATION, body)
        self.traffic.calls += 14
        known = next(one for one in self.entities_known if one.key == entity.key)
        kind: Kind = known.wage_period_kind or "month"
        (now,) = wage_periods(kind, self.today, date.fromordinal(self.today.toordinal() + 1))
        current = CurrentPeriod(kind, now.year, now.number, now.period.start, now.period.until or self.today)
        return Delivery(
            entity,
            current,
            frozenset(one.key for one in people),
            self._records(people, entity, current, answer, progress),
            (),
        )

    def _records(
        self,
        people: Sequence[Person],
        entity: Entity,
        current: CurrentPeriod,
        answer: str,
        progress: Callable[[int, int], None],
    ) -> Iterator[PayrollRecord]:
        for done, one in enumerate(people, start=1):
            yield PayrollRecord(
                one.key, entity.key, one.number, tuple(_stated(one, current, answer)), one.remarks
            )
            progress(done, len(people))


OPERATION = "EmployeeService.Salary_GetAll_AllEmployeesByCompany"


def _stated(one: Person, current: CurrentPeriod, answer: str) -> Iterator[StatedFact]:
    def origin(path: str) -> Origin:
        return Origin(OPERATION, f"EmployeeItem[EmployeeId={one.key}]/{path}", answer)

    def always(name: str, value: Any, path: str) -> StatedFact:
        return StatedFact(name, None, (StatedValue(one.since, None, value, origin(path)),))

    def dated(name: str, values: dict[date, Any], path: str) -> StatedFact:
        days = [*sorted(values), None]
        return StatedFact(
            name,
            None,
            tuple(
                StatedValue(start, until, values[start], origin(f"{path}[StartDate={start}]"))
                for start, until in pairwise(days)
                if start is not None and values[start] is not None
            ),
        )

    name = {"initials": one.initials, "first_name": "", "prefix": one.prefix, "last_name": one.last_name}
    name |= {"partner_prefix": "", "partner_last_name": "", "gender": "undefined"}
    yield always("name", name, "PersonalInfo")
    yield StatedFact(
        "is_employed", None, (StatedValue(one.since, one.until, True, origin("Employment/StartDate")),)
    )
    yield always("employed_since", one.since.isoformat(), "Employment/StartDate")
    yield always("birth_on", one.birth_on.isoformat(), "PersonalInfo/Birthday")
    if one.bsn:
        yield always("bsn", one.bsn, "PersonalInfo/BSN")
    yield dated("salary_amount", one.salary, "Salaries/Salary/Value")
    yield always("salary_kind", "full_time", "Salaries/Salary/Type")
    hours = one.hours or {one.since: 4000}
    yield dated("hours_per_week", hours, "Schedule/Hours")
    yield dated("part_time_factor", {day: h * 250 for day, h in hours.items()}, "Schedule/PartTimePercentage")
    yield always("full_time_hours_per_week", 4000, "Schedule/FullTimeHours")
    yield always("wage_period_kind", current.kind, "Company/Period")
    yield always("has_partner", one.partner_birth_on is not None, "Partner")
    if one.partner_birth_on is not None:
        yield always("partner_birth_on", one.partner_birth_on.isoformat(), "Partner/Birthday")
    yield always("children_birth_on", [day.isoformat() for day in one.children], "Children")
    yield always("is_wia_insured", True, "SVW/WIA")
    yield always("fixed_allowance", 0, "WageComponentFixed")
    yield always("home_working_days", one.home_days, "WageComponentVar")
