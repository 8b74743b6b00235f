"""The shrink guard: what in a whole delivery is so unlike the last one that a person must look first.

Counting is one thing, judging another: a `Tally` is filled while records stream by, `judge` reads it at the
end. Shares are of the employees we knew before, so a first delivery is never held for growing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.connectors.payroll_source import PayrollRecord, StatedFact
from schakel.engine.timeline import Period, Step, Timeline


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """Held when a count is above both its share of the known employees and its minimum.

    Salaries count when they change by more than `salary_size`: a collective raise of three percent touches
    everybody and is a normal month. An empty list of an employer that has employees is always held.
    """

    gone_share: float = 0.05
    gone_minimum: int = 3
    salary_size: float = 0.25
    salary_share: float = 0.10
    salary_minimum: int = 3
    leaver_share: float = 0.05
    leaver_minimum: int = 3
    iban_changes: int = 0  #: how many changed bank accounts pass without a second pair of eyes


@dataclass(frozen=True, slots=True)
class GuardReason:
    """Why a delivery waits for a person."""

    code: str
    nl: str
    en: str
    count: int
    of: int

    def as_dict(self) -> dict[str, str | int]:
        return {"code": self.code, "nl": self.nl, "en": self.en, "count": self.count, "of": self.of}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "GuardReason":
        return cls(kept["code"], kept["nl"], kept["en"], int(kept["count"]), int(kept["of"]))


WATCHED = ("salary_amount", "iban", "is_employed")
"""The facts that the guard compares with what was known."""

Known = Mapping[str, Timeline[Any]]


@dataclass(slots=True)
class Tally:
    """What differs, counted in employees."""

    salaries: int = 0
    ibans: int = 0
    leavers: int = 0

    def add(self, record: PayrollRecord, known: Known, limits: GuardLimits) -> None:
        """Compare one changed record with what was known of the employee before."""
        stated = {one.fact: one for one in record.stated}
        if "salary_amount" in stated and "salary_amount" in known:
            self.salaries += _jumps(known["salary_amount"], stated["salary_amount"], limits.salary_size)
        if "iban" in stated and "iban" in known:
            self.ibans += _differs(known["iban"], stated["iban"])
        if "is_employed" in stated and "is_employed" in known:
            self.leavers += _ends_earlier(known["is_employed"], stated["is_employed"])


def _steps(fact: StatedFact) -> list[Step[Any]]:
    return [
        Step(Period(one.effective_from, one.effective_until), one.value)
        for one in fact.values
        if one.effective_until is None or one.effective_until > one.effective_from
    ]


def _pairs(known: Timeline[Any], fact: StatedFact) -> list[tuple[Any, Any]]:
    """What was known and what is stated, wherever both speak of the same days."""
    return [
        (before.value, now.value)
        for now in _steps(fact)
        for before in known.steps
        if before.period.intersect(now.period) is not None
    ]


def _jumps(known: Timeline[Any], fact: StatedFact, size: float) -> bool:
    return any(
        isinstance(before, int) and isinstance(now, int) and abs(now - before) > size * abs(before)
        for before, now in _pairs(known, fact)
    )


def _differs(known: Timeline[Any], fact: StatedFact) -> bool:
    return any(before is not None and before != now for before, now in _pairs(known, fact))


def _ends_earlier(known: Timeline[Any], fact: StatedFact) -> bool:
    return _end([step for step in _steps(fact) if step.value]) < _end(
        [step for step in known.steps if step.value]
    )


def _end(steps: Sequence[Step[Any]]) -> date:
    return max((step.period.end for step in steps), default=date.min)


def judge(tally: Tally, *, named: int, gone: int, known: int, limits: GuardLimits) -> tuple[GuardReason, ...]:
    """The reasons to hold a delivery; none when it may be applied. `known`: employees in service before."""
    if known and not named:
        return (_empty(known),)
    found = (
        (_gone, gone, _too_many(gone, known, limits.gone_share, limits.gone_minimum)),
        (
            _salaries,
            tally.salaries,
            _too_many(tally.salaries, known, limits.salary_share, limits.salary_minimum),
        ),
        (_ibans, tally.ibans, tally.ibans > limits.iban_changes),
        (
            _leavers,
            tally.leavers,
            _too_many(tally.leavers, known, limits.leaver_share, limits.leaver_minimum),
        ),
    )
    return tuple(reason(count, known) for reason, count, is_too_many in found if is_too_many)


def _too_many(count: int, known: int, share: float, minimum: int) -> bool:
    return count > minimum and count > share * known


def _empty(known: int) -> GuardReason:
    return GuardReason(
        "empty-list",
        f"De salarisadministratie noemt niemand meer, terwijl er {known} werknemers in dienst zijn. Er is niets "
        "overgenomen. Controleer of de koppeling dit bedrijf nog mag zien; geef de levering alleen vrij als de "
        "lijst echt leeg hoort te zijn.",
        f"Payroll names nobody any more, while {known} employees are in service. Nothing was taken over. Check "
        "whether the link may still see this company; release the delivery only if the list should be empty.",
        known,
        known,
    )


def _gone(count: int, known: int) -> GuardReason:
    return GuardReason(
        "too-many-gone",
        f"{count} van de {known} werknemers worden niet meer genoemd. Er is niets overgenomen en niemand is uit "
        "dienst gemeld. Controleer de lijst in de salarisadministratie; klopt hij, geef de levering dan vrij.",
        f"{count} of the {known} employees are no longer named. Nothing was taken over and nobody was withdrawn. "
        "Check the list in payroll; if it is right, release the delivery.",
        count,
        known,
    )


def _salaries(count: int, known: int) -> GuardReason:
    return GuardReason(
        "too-many-salaries",
        f"Bij {count} van de {known} werknemers springt het salaris tegelijk. Er is niets overgenomen. Controleer "
        "de salarissen in de salarisadministratie; kloppen ze, geef de levering dan vrij.",
        f"The salaries of {count} of the {known} employees jump at once. Nothing was taken over. Check the "
        "salaries in payroll; if they are right, release the delivery.",
        count,
        known,
    )


def _ibans(count: int, known: int) -> GuardReason:
    return GuardReason(
        "iban-changed",
        f"Bij {count} van de {known} werknemers is het rekeningnummer gewijzigd. Er is niets overgenomen. Vraag "
        "het na bij de werknemer zelf, niet per e-mail; klopt het, geef de levering dan vrij.",
        f"The bank account of {count} of the {known} employees was changed. Nothing was taken over. Ask the "
        "employee in person, not by e-mail; if it is right, release the delivery.",
        count,
        known,
    )


def _leavers(count: int, known: int) -> GuardReason:
    return GuardReason(
        "too-many-leavers",
        f"{count} van de {known} werknemers gaan tegelijk uit dienst of eerder dan bekend was. Er is niets "
        "overgenomen. Controleer de einddatums in de salarisadministratie; kloppen ze, geef de levering dan vrij.",
        f"{count} of the {known} employees leave at once, or earlier than was known. Nothing was taken over. Check "
        "the end dates in payroll; if they are right, release the delivery.",
        count,
        known,
    )
