"""What a carrier holds beside what it was told: each difference with its worth, its owner and a next step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any

from schakel.connectors.carrier_channel import AmountInPeriod, ParticipantState, Person

PARTICIPATION = "participation"
PERSON = "person"
LONGEST_NAME = 40  #: of a quantity; a carrier may hold one that we never told

Stretches = Sequence[tuple[date, date | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is not the same. `ours` and `theirs` are as JSON holds them, without personal data."""

    what: str  #: a quantity, or PARTICIPATION, or PERSON
    start: date | None
    until: date | None
    ours: Any
    theirs: Any
    worth: int | None  #: ours minus theirs in cents; None when it cannot be said in money
    owner: str  #: who must act
    next_step_nl: str
    next_step_en: str


def compare(told: ParticipantState, held: ParticipantState | None) -> tuple[Found, ...]:
    """Every difference between what we told and what is held; empty: verified."""
    if held is None:
        return _nothing_held(told)
    return (*_person(told.person, held.person), *_participation(told, held), *_amounts(told, held))


def _nothing_held(told: ParticipantState) -> tuple[Found, ...]:
    if not told.participates and not told.amounts:
        return ()
    stretches = joined(told.participates)
    return (
        Found(
            PARTICIPATION,
            stretches[0][0] if stretches else None,
            stretches[-1][1] if stretches else None,
            _as_kept(stretches),
            None,
            None,
            "carrier",
            "De uitvoerder accepteerde het bericht, maar heeft niets van deze deelnemer. Vraag de uitvoerder "
            "het bericht te verwerken; wij lezen vanzelf opnieuw terug.",
            "The carrier accepted the message but holds nothing of this participant. Ask the carrier to "
            "process the message; we read back again by ourselves.",
        ),
    )


def _person(ours: Person, theirs: Person) -> tuple[Found, ...]:
    """Which details differ, by name and not by value: a difference is shown, and kept, without them."""
    names = [one.name for one in fields(Person) if getattr(ours, one.name) != getattr(theirs, one.name)]
    if ours.bsn is None and "bsn" in names:
        names.remove("bsn")  # we did not tell it, so what the carrier knows is its own
    if not names:
        return ()
    return (
        Found(
            PERSON,
            None,
            None,
            names,
            None,
            None,
            "carrier",
            "De uitvoerder heeft andere persoonsgegevens. Klopt de salarisadministratie, vraag dan de "
            "uitvoerder ze over te nemen; anders herstelt u ze daar en gaan ze vanzelf mee.",
            "The carrier holds other personal details. If payroll is right, ask the carrier to take them "
            "over; if not, correct them there and they follow by themselves.",
        ),
    )


def _participation(told: ParticipantState, held: ParticipantState) -> tuple[Found, ...]:
    ours, theirs = joined(told.participates), joined(held.participates)
    if ours == theirs:
        return ()
    return (
        Found(
            PARTICIPATION,
            *_where_different(ours, theirs),
            _as_kept(ours),
            _as_kept(theirs),
            None,
            "carrier",
            "De uitvoerder heeft andere dagen van deelneming. Vraag de uitvoerder het laatste bericht te "
            "verwerken; wij lezen vanzelf opnieuw terug.",
            "The carrier holds other days of participation. Ask the carrier to process the last message; "
            "we read back again by ourselves.",
        ),
    )


def _amounts(told: ParticipantState, held: ParticipantState) -> tuple[Found, ...]:
    """Per quantity and first day, so that an amount over other days is one difference and not two."""
    ours, theirs = _by_start(told.amounts), _by_start(held.amounts)
    return tuple(
        _amount(what, start, ours.get((what, start), []), theirs.get((what, start), []))
        for what, start in sorted(ours.keys() | theirs.keys())
        if ours.get((what, start)) != theirs.get((what, start))
    )


def _amount(
    what: str, start: date, ours: Sequence[AmountInPeriod], theirs: Sequence[AmountInPeriod]
) -> Found:
    worth = sum(one.amount for one in ours) - sum(one.amount for one in theirs)
    same_days = len({(one.start, one.until) for one in (*ours, *theirs)}) == 1
    return Found(
        what[:LONGEST_NAME],
        start,
        max(one.until for one in (*ours, *theirs)),
        _amounts_as_kept(ours, same_days=same_days),
        _amounts_as_kept(theirs, same_days=same_days),
        worth,
        "carrier",
        "De uitvoerder heeft een ander bedrag dan gemeld. Vraag de uitvoerder het laatste bericht te "
        "verwerken; wij lezen vanzelf opnieuw terug.",
        "The carrier holds another amount than it was told. Ask the carrier to process the last message; "
        "we read back again by ourselves.",
    )


def _by_start(amounts: Iterable[AmountInPeriod]) -> dict[tuple[str, date], list[AmountInPeriod]]:
    found: dict[tuple[str, date], list[AmountInPeriod]] = {}
    for one in sorted(amounts, key=lambda a: (a.until, a.amount)):
        found.setdefault((one.quantity, one.start), []).append(one)
    return found


def _amounts_as_kept(amounts: Sequence[AmountInPeriod], *, same_days: bool) -> Any:
    """The bare amount; with its days when both sides have different ones."""
    if not amounts:
        return None
    if same_days and len(amounts) == 1:
        return amounts[0].amount
    return [{"until": one.until.isoformat(), "amount": one.amount} for one in amounts]


def joined(stretches: Stretches) -> tuple[tuple[date, date | None], ...]:
    """The same days in as few stretches as possible: two that touch are one, and one without days is none."""
    made: list[tuple[date, date]] = []
    for start, until in sorted((start, until or date.max) for start, until in stretches):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], until))
        elif start < until:
            made.append((start, until))
    return tuple((start, None if until == date.max else until) for start, until in made)


def _where_different(ours: Stretches, theirs: Stretches) -> tuple[date, date | None]:
    """From the first to the last day on which one side has participation and the other has not."""
    marks = sorted({mark for start, until in (*ours, *theirs) for mark in (start, until or date.max)})
    different = [
        (start, until) for start, until in pairwise(marks) if _has(ours, start) != _has(theirs, start)
    ]
    first, last = different[0][0], different[-1][1]
    return first, None if last == date.max else last


def _has(stretches: Stretches, day: date) -> bool:
    return any(start <= day < (until or date.max) for start, until in stretches)


def _as_kept(stretches: Stretches) -> list[list[str | None]]:
    return [[start.isoformat(), until.isoformat() if until else None] for start, until in stretches]
