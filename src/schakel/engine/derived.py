"""What rules read that is worked out from facts and the day: ages, years of service, numbers of children."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schakel.engine.employee import EmployeeTimeline
from schakel.engine.graph import Leaf
from schakel.engine.timeline import Period
from schakel.engine.units import COUNT
from schakel.engine.wage_periods import WagePeriod, year_of

OLDEST = 130
MONTHS = OLDEST * 12


class Day(NamedTuple):
    """One day of a wage period, and from when the scheme counts an age."""

    on: date
    wage_period: WagePeriod
    age_on: str
    facts: EmployeeTimeline

    def known(self, fact: str) -> date:
        """A date that is a fact. Raises MissingFact."""
        found: date = self.facts.read(fact, self.on).value
        return found


def months_between(birth_on: date, on: date) -> int:
    """Age in months on the first of the month of `on`, the month of birth counted as reached."""
    return (on.year - birth_on.year) * 12 + on.month - birth_on.month


def completed_months(since: date, on: date) -> int:
    """Whole months from one day to another."""
    return months_between(since, on) - (on.day < since.day)


AGES: Mapping[str, Callable[[date, Day], int]] = {
    "month_reached": lambda birth_on, day: months_between(birth_on, day.on),
    "next_month": lambda birth_on, day: completed_months(birth_on, day.on.replace(day=1)),
    "exact_day": lambda birth_on, day: completed_months(birth_on, day.on),
    "first_of_year": lambda birth_on, day: completed_months(birth_on, date(day.wage_period.year, 1, 1)),
    "end_of_year": lambda birth_on, day: completed_months(birth_on, date(day.wage_period.year, 12, 31)),
}
"""An age in months by the age rule of a scheme."""


def age_in_months(birth_on: date, day: Day) -> int:
    """The age that counts on a day, in months, by the scheme's age rule."""
    return min(max(AGES[day.age_on](birth_on, day), 0), MONTHS)


def _age(day: Day) -> int:
    return age_in_months(day.known("birth_on"), day)


def _partner_age(day: Day) -> int:
    return age_in_months(day.known("partner_birth_on"), day)


def _years_on_1_january(fact: str) -> Callable[[Day], int]:
    return lambda day: (
        min(max(completed_months(day.known(fact), date(day.wage_period.year, 1, 1)), 0), MONTHS) // 12
    )


_own_on_1_january = _years_on_1_january("birth_on")
_partner_on_1_january = _years_on_1_january("partner_birth_on")


def _service(day: Day) -> int:
    return min(max(completed_months(day.known("employed_since"), day.on), 0), MONTHS)


def _since(fact: str) -> Callable[[Day], int]:
    return lambda day: min(max(completed_months(day.known(fact), day.on), 0), MONTHS)


def _age_at(fact: str) -> Callable[[Day], int]:
    """The age on a day in the past, by months alone: it stays the same however long ago that day is."""

    def count(day: Day) -> int:
        return min(max(months_between(day.known("birth_on"), day.known(fact)), 0), MONTHS)

    return count


def _children(years: int) -> Callable[[Day], int]:
    def count(day: Day) -> int:
        born: Sequence[date] = day.facts.read("children_birth_on", day.on).value
        return min(sum(1 for one in born if months_between(one, day.on) < years * 12), 50)

    return count


def _registered_year(day: Day) -> int:
    return min(day.known("car_registered_on").year, 2100)


def _months_on_calendar(day: Day) -> int:
    return min(max(months_between(day.known("car_registered_on"), day.on), 0), MONTHS)


def _days_in_service(day: Day) -> int:
    employed = day.facts.facts["is_employed"]
    common = (step.period.intersect(day.wage_period.period) for step in employed.steps if step.value.value)
    return sum(one.days for one in common if one is not None)


def working_days(period: Period) -> int:
    """Mondays to Fridays."""
    weeks, rest = divmod(period.days, 7)
    return weeks * 5 + sum(1 for day in range(rest) if (period.start.weekday() + day) % 7 < 5)


@dataclass(frozen=True, slots=True)
class Derived:
    """One such quantity: how it is read, from which facts, and how it is worked out."""

    nl: str
    en: str
    highest: int
    facts: tuple[str, ...]
    work_out: Callable[[Day], int]


DERIVED: Mapping[str, Derived] = {
    "age_months": Derived("leeftijd in maanden", "age in months", MONTHS, ("birth_on",), _age),
    "age_years": Derived(
        "leeftijd in jaren", "age in years", OLDEST, ("birth_on",), lambda day: _age(day) // 12
    ),
    "partner_age_months": Derived(
        "leeftijd van de partner in maanden",
        "partner's age in months",
        MONTHS,
        ("partner_birth_on",),
        _partner_age,
    ),
    "partner_age_years": Derived(
        "leeftijd van de partner",
        "partner's age",
        OLDEST,
        ("partner_birth_on",),
        lambda day: _partner_age(day) // 12,
    ),
    "ages": Derived(
        "leeftijd van werknemer en partner",
        "ages of employee and partner",
        131 * 131 - 1,
        ("birth_on", "partner_birth_on"),
        lambda day: _age(day) // 12 * 131 + _partner_age(day) // 12,
    ),
    "age_years_on_1_january": Derived(
        "leeftijd op 1 januari", "age on 1 January", OLDEST, ("birth_on",), _own_on_1_january
    ),
    "partner_age_years_on_1_january": Derived(
        "leeftijd van de partner op 1 januari",
        "partner's age on 1 January",
        OLDEST,
        ("partner_birth_on",),
        _partner_on_1_january,
    ),
    "ages_on_1_january": Derived(
        "leeftijd van werknemer en partner op 1 januari",
        "ages of employee and partner on 1 January",
        131 * 131 - 1,
        ("birth_on", "partner_birth_on"),
        lambda day: _own_on_1_january(day) * 131 + _partner_on_1_january(day),
    ),
    "service_months": Derived(
        "maanden in dienst", "months of service", MONTHS, ("employed_since",), _service
    ),
    "service_years": Derived(
        "jaren in dienst",
        "years of service",
        70,
        ("employed_since",),
        lambda day: min(_service(day) // 12, 70),
    ),
    "age_at_entry_months": Derived(
        "leeftijd bij indiensttreding in maanden",
        "age on entry into service in months",
        MONTHS,
        ("birth_on", "employed_since"),
        _age_at("employed_since"),
    ),
    "age_at_incapacity_months": Derived(
        "leeftijd op de eerste ziektedag in maanden",
        "age on the first day of incapacity in months",
        MONTHS,
        ("birth_on", "incapacitated_since"),
        _age_at("incapacitated_since"),
    ),
    "months_of_incapacity": Derived(
        "maanden arbeidsongeschikt",
        "months of incapacity",
        MONTHS,
        ("incapacitated_since",),
        _since("incapacitated_since"),
    ),
    "car_age_months": Derived(
        "leeftijd van de auto in maanden",
        "age of the car in months",
        MONTHS,
        ("car_registered_on",),
        _since("car_registered_on"),
    ),
    "car_registered_year": Derived(
        "jaar van eerste toelating",
        "year of first registration",
        2100,
        ("car_registered_on",),
        _registered_year,
    ),
    "car_calendar_months": Derived(
        "kalendermaanden na de maand van eerste toelating",
        "calendar months after the month of first registration",
        MONTHS,
        ("car_registered_on",),
        _months_on_calendar,
    ),
    "months_since_training": Derived(
        "maanden sinds de studiekosten",
        "months since the training costs",
        MONTHS,
        ("training_paid_on",),
        _since("training_paid_on"),
    ),
    **{
        f"children_under_{years}": Derived(
            f"kinderen jonger dan {years}",
            f"children under {years}",
            50,
            ("children_birth_on",),
            _children(years),
        )
        for years in (18, 21, 25, 27, 30)
    },
    "calendar_year": Derived("kalenderjaar", "calendar year", 2200, (), lambda day: day.wage_period.year),
    "calendar_month": Derived("kalendermaand", "calendar month", 12, (), lambda day: day.on.month),
    "wage_period_number": Derived(
        "nummer van het loontijdvak", "number of the wage period", 53, (), lambda day: day.wage_period.number
    ),
    "working_days_in_period": Derived(
        "werkdagen in het loontijdvak",
        "working days in the wage period",
        40,
        (),
        lambda day: working_days(day.wage_period.period),
    ),
    "wage_periods_in_year": Derived(
        "loontijdvakken in het jaar",
        "wage periods in the year",
        53,
        (),
        lambda day: len(year_of(day.wage_period.kind, day.wage_period.year)),
    ),
    "days_in_period": Derived(
        "kalenderdagen in het loontijdvak",
        "calendar days in the wage period",
        35,
        (),
        lambda day: day.wage_period.period.days,
    ),
    "days_in_service": Derived(
        "kalenderdagen in dienst in het loontijdvak",
        "calendar days in service in the wage period",
        35,
        ("is_employed",),
        _days_in_service,
    ),
    "day": Derived("dag", "day", 900_000, (), lambda day: day.on.toordinal()),
}
"""`ages` is the key of a table by both ages: the employee's times 131 plus the partner's."""

FOLLOWS_BIRTHDAY = {"age_months", "age_years", "ages", "partner_age_months", "partner_age_years"}
FOLLOWS_THE_DAY = {
    "service_months": "employed_since",
    "service_years": "employed_since",
    "months_of_incapacity": "incapacitated_since",
    "car_age_months": "car_registered_on",
    "months_since_training": "training_paid_on",
}
"""Which counts of months turn on the day of the month of a date."""


AT_LEAST_ONE = {"wage_periods_in_year", "days_in_period"}
"""Counts that are never nought, so that an amount may be divided by them."""

AGE_AT = {"age_at_entry_months": "employed_since", "age_at_incapacity_months": "incapacitated_since"}
"""Which ages are those on a date that is a fact."""

ONE_BY_ONE = {
    "age_years_on_1_january",
    "partner_age_years_on_1_january",
    "ages_on_1_january",
    "car_registered_year",
    "car_calendar_months",
    "wage_periods_in_year",
    "days_in_period",
    "days_in_service",
}
"""What few benefits read; whole portfolios are not calculated over columns of it."""


def derived_leaves() -> dict[str, Leaf]:
    """Every such quantity as a leaf."""
    return {
        name: Leaf(name, "derived", COUNT, int(name in AT_LEAST_ONE), one.highest, one.facts)
        for name, one in DERIVED.items()
    }
