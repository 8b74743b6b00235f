"""The payroll clerk: enters change after change, and remembers what the payroll acknowledged last."""

import random
import threading
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.storm.plan import MOST_HIRES

from schakel.cli.demo.stand_ins import Desk, StandIns

SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 0.25
STEP_CENTS = 11  #: each raise of one employee is this much more: never the same value twice

Place = tuple[str, str, date]
"""Employee key, fact, and the day from which the value holds."""


@dataclass(slots=True)
class Payee:
    """One employee as the clerk's list shows them."""

    id: int
    base: int  #: salary in cents before the storm
    days: tuple[date, ...]  #: first days a change may take
    raises: int = 0
    hours: int = 0  #: in hundredths, the last that was entered


@dataclass(slots=True)
class Clerk:
    """Draws changes from a seed. Every answer of the desk is an acknowledged change that must come through."""

    outside: StandIns
    seed: int
    acknowledged: dict[Place, int] = field(default_factory=dict)
    changes: int = 0
    hires: int = 0
    _chance: random.Random = field(init=False)
    _companies: list[Any] = field(init=False)
    _payees: list[Payee] = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"clerk {self.seed}")
        self._companies = self.outside.desk.ask("state")["companies"]
        self._payees = [
            payee for company in self._companies for payee in payees(self.outside.desk, company) if payee.days
        ]

    def enter_until(self, stop: threading.Event) -> None:
        """Change after change, until told to stop."""
        while not stop.wait(self._chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)):
            self.enter()

    def enter(self) -> None:
        """One change: mostly raises, now and then other hours or somebody new."""
        kind = self._chance.choices(("raise", "hours", "hire"), (70, 27, 3))[0]
        if kind == "hire" and self.hires < MOST_HIRES:
            self._hire()
        elif kind == "hours":
            self._other_hours(self._chance.choice(self._payees))
        else:
            self._raise(self._chance.choice(self._payees))
        self.changes += 1

    def _raise(self, payee: Payee) -> None:
        payee.raises += 1
        cents, day = payee.base + STEP_CENTS * payee.raises, self._chance.choice(payee.days)
        self.outside.desk.do("raise", employee=payee.id, to=_decimal(cents), **{"from": day.isoformat()})
        self.acknowledged[str(payee.id), "salary_amount", day] = cents

    def _other_hours(self, payee: Payee) -> None:
        # A quarter of an hour apart, between 24 and 40, and another one than the last.
        hours = self._chance.choice([one for one in range(2400, 4001, 25) if one != payee.hours])
        day = self._chance.choice(payee.days)
        self.outside.desk.do("hours", employee=payee.id, hours=_decimal(hours), **{"from": day.isoformat()})
        payee.hours = self.acknowledged[str(payee.id), "hours_per_week", day] = hours

    def _hire(self) -> None:
        company = self._chance.choice(self._companies)
        self.hires += 1
        cents = 280_000 + 10_000 * self.hires
        told = self.outside.desk.do(
            "hire",
            company=company["id"],
            first_name="Nieuw",
            last_name=f"Stormvogel-{self.hires}",
            birth_on=f"{1970 + self.hires}-05-17",
            salary=_decimal(cents),
            **{"from": company["period_start"]},
        )
        day = date.fromisoformat(company["period_start"])
        self.acknowledged[str(told["employee"]), "salary_amount", day] = cents


def payees(desk: Desk, company: Any) -> list[Payee]:
    """Who is in service of one company with a full-time salary, and from which days they may be changed.

    Other kinds of salary move by themselves when the hours change; then the clerk could not say what must come.
    """
    asked = {"company": company["id"], "kind": "in_service", "not": "leaving,rehired", "limit": 1000}
    found = desk.ask("employees", **asked)["employees"]
    this = date.fromisoformat(company["period_start"])
    days = (this, _one_back(company, this), _one_back(company, _one_back(company, this)))
    return [
        Payee(
            one["id"],
            _cents(one["salary"]["value"]),
            tuple(day for day in days if _began(one) <= day),
        )
        for one in found
        if one["salary"]["type"] == "full_time"
    ]


def _began(one: Any) -> date:
    """The first day on which salary, hours and employment are all as they are now."""
    starts = (one["employments"][-1]["start"], one["salary"]["start"], one["hours"]["start"])
    return max(date.fromisoformat(start) for start in starts)


def _one_back(company: Any, day: date) -> date:
    return (
        (day - timedelta(days=1)).replace(day=1) if company["kind"] == "month" else day - timedelta(days=28)
    )


def _cents(text: str) -> int:
    euros, _, cents = text.partition(".")
    return int(euros) * 100 + int(cents)


def _decimal(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"
