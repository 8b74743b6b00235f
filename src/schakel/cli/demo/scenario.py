"""The story of the demonstration: what a payroll clerk enters, one thing after the other, and what must follow.

Each step is entered at the clerk's desk and picked up by an ordinary sync. A step holds when what followed is
what had to: only who was changed is recalculated, and every message is read back equal.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schakel.chain import runs
from schakel.chain.run import Clock, Report
from schakel.cli.demo.firm import Firm
from schakel.cli.demo.outcome import Outcome, Story
from schakel.cli.demo.stand_ins import StandIns
from schakel.delivery.queries import states_by_employer
from schakel.reconciliation.queries import open_differences
from schakel.tenancy.scope import tenant_scope

RAISED_FROM = "2026-09-01"
DONE = frozenset({"verified", "superseded"})
UNREMARKABLE = "leaving,rehired,above_cap,with_allowance"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, and how much of it must follow."""

    name: str
    title: str
    enter: Callable[["Clerk"], None]
    employees: int = 1  #: how many are recalculated
    messages: int = 3  #: pension, WGA gap and accident
    higher: tuple[str, ...] = ()  #: amounts that come out higher, all wage periods together
    lower: tuple[str, ...] = ()


class Clerk:
    """Who enters the changes of the story, and remembers about whom."""

    def __init__(self, outside: StandIns) -> None:
        self._desk = outside.desk
        self._monthly, self._four_weekly = (entity.id for entity in outside.entities)
        periods = {one["id"]: one["period_start"] for one in self._desk.ask("state")["companies"]}
        self._this_month, self._these_weeks = periods[self._monthly], periods[self._four_weekly]
        full_time = self._find(self._monthly, "in_service,full_time", UNREMARKABLE)
        on_full_hours = [one for one in full_time if one["hours"]["per_week"] == "40.00"]
        self._raised, self._fewer_hours, self._leaver = on_full_hours[:3]
        self._single = self._find(
            self._four_weekly, "in_service,single", f"{UNREMARKABLE},young,with_partner"
        )[0]

    def _find(self, entity: int, kinds: str, excluded: str) -> list[Any]:
        found = self._desk.ask("employees", company=entity, kind=kinds, limit=200, **{"not": excluded})
        return list(found["employees"])

    def nothing(self) -> None:
        """A quiet day."""

    def raise_two_months_back(self) -> None:
        self._desk.do("raise", employee=self._raised["id"], **{"from": RAISED_FROM}, percent="5.00")

    def fewer_hours(self) -> None:
        self._desk.do("hours", employee=self._fewer_hours["id"], **{"from": self._this_month}, hours="32.00")

    def hire_a_family(self) -> None:
        self._desk.do(
            "hire",
            company=self._four_weekly,
            **{"from": self._these_weeks},
            first_name="Noor",
            last_name="Zomerdijk",
            birth_on="1991-03-14",
            gender="female",
            salary="3450.00",
            partner={
                "first_name": "Jelle",
                "last_name": "Zomerdijk",
                "birth_on": "1990-06-02",
                "gender": "male",
            },
            partner_since="2018-05-18",
            children=[
                {"first_name": "Lot", "last_name": "Zomerdijk", "birth_on": "2020-01-09", "gender": "female"},
                {"first_name": "Kas", "last_name": "Zomerdijk", "birth_on": "2022-08-21", "gender": "male"},
            ],
        )

    def leave(self) -> None:
        self._desk.do("leave", employee=self._leaver["id"], end=f"{self._this_month[:8]}20")

    def marry(self) -> None:
        partner = {
            "first_name": "Sam",
            "last_name": "Waterman",
            "birth_on": "1988-11-30",
            "gender": "undefined",
        }
        self._desk.do("marry", employee=self._single["id"], on=self._these_weeks, partner=partner)

    def correct_the_raise(self) -> None:
        right = Decimal(self._raised["salary"]["value"]) * Decimal("1.03")
        cents = right.quantize(Decimal("0.01"), ROUND_HALF_UP)
        self._desk.do("correct_salary", employee=self._raised["id"], start=RAISED_FROM, to=str(cents))


STORY = (
    Step(
        "raise",
        "A raise, two months back",
        Clerk.raise_two_months_back,
        higher=("contribution", "partner_premium", "accident_premium", "insured_wage"),
    ),
    Step("hours", "From 40 to 32 hours", Clerk.fewer_hours, lower=("contribution", "insured_wage")),
    Step(
        "hire",
        "Hired, with a family",
        Clerk.hire_a_family,
        higher=("contribution", "orphan_premium"),
    ),
    Step("leave", "Left", Clerk.leave, lower=("contribution", "accident_premium")),
    Step("marriage", "Married", Clerk.marry, messages=1, higher=("partner_premium",)),
    Step(
        "correction",
        "The raise corrected to 3 %",
        Clerk.correct_the_raise,
        lower=("contribution",),
    ),
    Step("nothing", "A sync with no change", Clerk.nothing, employees=0, messages=0),
)


def play(firm: Firm, outside: StandIns, clock: Clock, report: Report, employees: int) -> Story:
    """The first sync, then every step. Whatever does not hold is told in the story; it goes on all the same."""
    story = Story(employees)
    first = Outcome("first_sync", "First sync: who qualifies is enrolled")
    follow(firm, clock, report, first)
    if not first.messages_verified:
        first.problems.append("nobody was enrolled")
    story.steps.append(first)
    clerk = Clerk(outside)
    for step in STORY:
        outcome = Outcome(step.name, step.title)
        step.enter(clerk)
        follow(firm, clock, report, outcome)
        check(step, outcome)
        story.steps.append(outcome)
    with tenant_scope(firm.tenant_id, actor="demo"):
        story.not_verified = not_done(states_by_employer())
        story.open_differences = open_differences()
    return story


def follow(firm: Firm, clock: Clock, report: Report, outcome: Outcome) -> None:
    """One ordinary sync, and the outbox until nothing more can be done."""
    started = time.perf_counter()
    sync = runs.sync_link(firm.tenant_id, firm.link, clock, report)
    outcome.calls, outcome.facts_changed = sync.calls, sync.facts_changed
    outcome.employees_recalculated = sync.employees_recalculated
    outcome.amounts_changed, outcome.cents = sync.amounts_changed, dict(sorted(sync.cents.items()))
    outcome.problems += [f"{error.code}: {error.message('en')}" for error in sync.errors]
    outcome.problems += [f"held by the guard: {code}" for code in sync.held]
    worked = runs.work_outbox(firm.tenant_id, clock, report)
    while worked.did_something:
        outcome.messages_sent += worked.handed_over
        outcome.messages_verified += worked.verified
        worked = runs.work_outbox(firm.tenant_id, clock, report)
    outcome.seconds = round(time.perf_counter() - started, 2)
    with tenant_scope(firm.tenant_id, actor="demo"):
        left = not_done(states_by_employer())
    if left:
        outcome.problems.append(f"{left} messages are not verified")


def not_done(states: Mapping[int, Mapping[str, int]]) -> int:
    """Messages that are neither read back equal nor replaced by a newer one."""
    return sum(count for one in states.values() for state, count in one.items() if state not in DONE)


def check(step: Step, outcome: Outcome) -> None:
    """Note everything that is not as it had to be."""
    wanted = (
        ("employees recalculated", step.employees, outcome.employees_recalculated),
        ("messages sent", step.messages, outcome.messages_sent),
        ("messages verified", step.messages, outcome.messages_verified),
    )
    outcome.problems += [
        f"{what}: {right} expected, {found} found" for what, right, found in wanted if right != found
    ]
    if not step.employees and (outcome.facts_changed or outcome.amounts_changed):
        outcome.problems.append("something changed while nothing was entered")
    for quantity in step.higher:
        if outcome.cents.get(quantity, 0) <= 0:
            outcome.problems.append(f"{quantity} is not higher")
    for quantity in step.lower:
        if outcome.cents.get(quantity, 0) >= 0:
            outcome.problems.append(f"{quantity} is not lower")
