"""How far a sync is: what came in, what was followed, and which messages were read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.delivery import queries as delivery
from schakel.desk.access import Act, Visitor, inside, not_found
from schakel.desk.link_health import links_in_scope
from schakel.desk.words import DELIVERY_STATES, Words, said
from schakel.intake import queries as intake
from schakel.links import queries as stored

SETTLED = ("verified", "superseded", "rejected", "different", "overdue")
"""Messages in these states wait for no machine."""

WAITS = Words("in de wachtrij", "in the queue")
READS = Words("antwoorden ophalen", "reading answers")
FOLLOWS = Words("wijzigingen doorrekenen", "following changes")
TELLS = Words("berichten geverifieerd", "messages verified")


@dataclass(frozen=True, slots=True)
class EntityProgress:
    """One entity of the link in this sync."""

    name: str
    words: Words  #: what is going on, or how it ended
    done: int
    of: int  #: 0: not known
    percent: int  #: of the whole way of this entity
    is_done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """A sync on its way."""

    link: UUID
    asked_at: datetime
    entities: tuple[EntityProgress, ...]

    @property
    def is_done(self) -> bool:
        return all(one.is_done for one in self.entities)

    @property
    def percent(self) -> int:
        return sum(one.percent for one in self.entities) // max(len(self.entities), 1)


def progress(visitor: Visitor, reference: UUID, asked_at: datetime, now: datetime) -> Progress:
    """How far each entity of a link is with the sync that was asked for. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_LINKS):
        link = next((one for one in links_in_scope(now) if one.reference == reference), None)
        if link is None:
            raise not_found(visitor, f"link:{reference}")
        lines = {(line.employer_id, line.entity_key): line for line in intake.readings(reference, asked_at)}
        told = delivery.states_caused_by([line.reference for line in lines.values()], asked_at)
        # A line that failed before anything was read leaves no delivery, only its error.
        failed = (
            bool(link.error_code) and link.last_attempt_at is not None and link.last_attempt_at >= asked_at
        )
        return Progress(
            reference,
            asked_at,
            tuple(
                _entity(
                    entity.name, lines.get((entity.employer_id, entity.entity_key)), told, is_given_up=failed
                )
                for entity in stored.entities(reference)
            ),
        )


def _entity(
    name: str, line: intake.ReadingLine | None, told: Mapping[UUID, Mapping[str, int]], *, is_given_up: bool
) -> EntityProgress:
    if line is None:
        words = said(DELIVERY_STATES, "failed") if is_given_up else WAITS
        return EntityProgress(name, words, 0, 0, 100 if is_given_up else 0, is_given_up)
    if line.state == "fetching":
        return _on_the_way(name, READS, line.answers, max(line.answers_before, line.answers), 0)
    if line.state == "applying":
        return _on_the_way(name, FOLLOWS, line.followed, line.records, 1)
    states = told.get(line.reference, {})
    settled, messages = sum(states.get(one, 0) for one in SETTLED), sum(states.values())
    if line.state == "applied" and settled < messages:
        return _on_the_way(name, TELLS, states.get("verified", 0), messages, 2)
    if line.state == "applied" and messages:
        return EntityProgress(name, TELLS, states.get("verified", 0), messages, 100, is_done=True)
    return EntityProgress(name, said(DELIVERY_STATES, line.state), 0, 0, 100, is_done=True)


def _on_the_way(name: str, words: Words, done: int, of: int, stretch: int) -> EntityProgress:
    """Somewhere on the first, second or last third of the way."""
    share = done * 33 // of if of else 0
    return EntityProgress(name, words, done, of, stretch * 33 + share, is_done=False)
