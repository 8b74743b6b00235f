"""The facts held of one employee, each value with since when it is known and where it was stated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schakel.desk.fact_words import fact_words, unit_of, value_of
from schakel.desk.words import Words
from schakel.engine.employee import FACTS
from schakel.intake import queries as intake
from schakel.links import queries as links
from schakel.records import queries as records


@dataclass(frozen=True, slots=True)
class OriginShown:
    """Where a value came from, down to the place in the answer."""

    operation: str  #: as the payroll system calls it
    path: str  #: the place in the answer
    answer: str  #: SHA-256 of the answer, kept byte for byte
    delivery: UUID
    received_at: datetime | None  #: when that answer came in
    source_name: str  #: the name of the payroll link
    assumed_from: (
        date | None
    )  #: payroll told only the current value; taken to hold since the first day of service


@dataclass(frozen=True, slots=True)
class FactStep:
    """One value of one fact for one period, and since when we know."""

    start: date
    until: date | None
    value: Any  #: in the unit of the fact; text for objects; masked when sealed
    known_since: datetime
    known_until: datetime | None  #: None: still so; else superseded then
    origin: OriginShown


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact over time."""

    name: str
    words: Words
    unit: str  #: for `engine.explanation.shown`; "text" for what is text already
    is_sealed: bool
    is_read_by_rules: bool
    steps: tuple[FactStep, ...]  #: what is held now (or was on the moment asked), oldest first
    superseded: tuple[FactStep, ...]  #: what was believed earlier, the newest belief first


def facts_of(employee_id: int, known_at: datetime | None) -> tuple[FactShown, ...]:
    """Every fact over time, those that rules read first; inside a visitor's scope."""
    held = records.facts_of(employee_id, known_at)
    earlier = records.superseded_facts(employee_id, known_at)
    origins = origins_of((*held, *earlier))
    names = {line.name for line in (*held, *earlier)}
    return tuple(
        FactShown(
            name=name,
            words=fact_words(name),
            unit=unit_of(name),
            is_sealed=any(line.is_sealed for line in (*held, *earlier) if line.name == name),
            is_read_by_rules=name in FACTS,
            steps=tuple(_step(line, origins) for line in held if line.name == name),
            superseded=tuple(_step(line, origins) for line in earlier if line.name == name),
        )
        for name in sorted(names, key=_place)
    )


def _place(name: str) -> tuple[int, str]:
    ordered = list(FACTS)
    return (ordered.index(name), name) if name in FACTS else (len(ordered), name)


def _step(line: records.FactLine, origins: Mapping[int, OriginShown]) -> FactStep:
    return FactStep(
        line.start,
        line.until,
        value_of(line.name, line.value, is_sealed=line.is_sealed),
        line.known_since,
        line.known_until,
        origins[line.id],
    )


def origins_of(lines: Collection[records.FactLine]) -> dict[int, OriginShown]:
    """Where each fact was stated, by the id of the fact; three queries, however many there are."""
    received = intake.received_at({(line.delivery, str(line.origin.get("answer", ""))) for line in lines})
    sources = intake.sources_of({line.delivery for line in lines})
    names = links.names()
    return {
        line.id: OriginShown(
            operation=str(line.origin.get("operation", "")),
            path=str(line.origin.get("path", "")),
            answer=str(line.origin.get("answer", "")),
            delivery=line.delivery,
            received_at=received.get((line.delivery, str(line.origin.get("answer", "")))),
            source_name=names.get(sources[line.delivery], "") if line.delivery in sources else "",
            assumed_from=_day(line.origin.get("assumed_from")),
        )
        for line in lines
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
