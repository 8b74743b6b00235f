"""The dated facts the rules may read, each with its unit and the range it can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.engine.errors import ImplausibleFact, MissingFact
from schakel.engine.exact import Unit
from schakel.engine.timeline import Timeline

CENTS = Unit("euros", 100, is_money=True)
SHARE = Unit("share", 1_000_000)
HOURS = Unit("hours", 100)
DAYS = Unit("days", 100)
COUNT = Unit("count", 1)
YES_NO = Unit("yes_no", 1)
DATE = Unit("date", 1)
CHOICE = Unit("choice", 1)
DATES = Unit("dates", 1)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact means, how its integer is to be read, and what it can be."""

    name: str
    unit: Unit
    nl: str
    en: str
    lowest: int = 0
    highest: int = 1
    choices: tuple[str, ...] = ()


def _facts(*facts: Fact) -> Mapping[str, Fact]:
    return {fact.name: fact for fact in facts}


FACTS: Mapping[str, Fact] = _facts(
    Fact("birth_on", DATE, "geboortedatum", "date of birth"),
    Fact("is_employed", YES_NO, "in dienst", "in service"),
    Fact("employed_since", DATE, "in dienst sinds", "in service since"),
    Fact("salary_amount", CENTS, "salaris", "salary", 0, 100_000_000),
    Fact(
        "salary_kind", CHOICE, "soort salaris", "kind of salary", 0, 2, ("full_time", "part_time", "hourly")
    ),
    # Under one percent the full-time salary of a part-timer would be a guess, and the bounds need a floor.
    Fact("part_time_factor", SHARE, "deeltijdfactor", "part-time factor", 10_000, 1_500_000),
    Fact("hours_per_week", HOURS, "uren per week", "hours a week", 0, 8_000),
    Fact("full_time_hours_per_week", HOURS, "voltijduren per week", "full-time hours a week", 100, 6_000),
    Fact("wage_period_kind", CHOICE, "loontijdvak", "wage period", 0, 2, ("month", "four_weeks", "week")),
    Fact("has_partner", YES_NO, "heeft een partner", "has a partner"),
    Fact("partner_birth_on", DATE, "geboortedatum partner", "partner's date of birth"),
    Fact("children_birth_on", DATES, "geboortedata kinderen", "children's dates of birth"),
    Fact("is_wia_insured", YES_NO, "verzekerd voor de WIA", "insured for the WIA"),
    Fact("fixed_allowance", CENTS, "vaste toeslag", "fixed allowance", 0, 100_000_000),
    Fact("home_working_days", DAYS, "thuiswerkdagen", "days worked at home", 0, 3_500),
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value and an opaque reference to where it was stated."""

    value: Any
    origin: str = ""


@dataclass(frozen=True, slots=True)
class EmployeeTimeline:
    """All that is known of one employee over time: fact name → Timeline[Sourced]."""

    key: str
    facts: Mapping[str, Timeline[Sourced]]

    def find(self, fact: str, on: date) -> Sourced | None:
        """The value on a day, if it is known."""
        timeline = self.facts.get(fact)
        return None if timeline is None else timeline.at(on)

    def read(self, fact: str, on: date) -> Sourced:
        """The value on a day. Raises MissingFact."""
        found = self.find(fact, on)
        if found is None or found.value is None:
            named = FACTS[fact]
            raise MissingFact(
                f"“{named.en}” is not known for {on}. Fill it in in payroll; the next sync takes it over.",
                f"“{named.nl}” is op {on:%d-%m-%Y} niet bekend. Vul het in de salarisadministratie in; "
                "de volgende synchronisatie neemt het over.",
                about=fact,
            )
        return found


def as_integer(fact: Fact, value: Any, on: date) -> int:
    """The integer rules calculate with. Raises ImplausibleFact when it is outside what the fact can be."""
    if fact.choices:
        if value not in fact.choices:
            raise _implausible(fact, on, ", ".join(fact.choices))
        return fact.choices.index(value)
    number = int(value)
    if not fact.lowest <= number <= fact.highest:
        raise _implausible(fact, on, f"{fact.lowest} … {fact.highest} ({fact.unit.name} × {fact.unit.scale})")
    return number


def _implausible(fact: Fact, on: date, allowed: str) -> ImplausibleFact:
    return ImplausibleFact(
        f"“{fact.en}” on {on} cannot be right; allowed: {allowed}. Correct it in payroll.",
        f"“{fact.nl}” op {on:%d-%m-%Y} kan niet kloppen; toegestaan: {allowed}. "
        "Herstel het in de salarisadministratie.",
        about=fact.name,
    )
