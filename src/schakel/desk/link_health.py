"""How a link is, seen from the desk: its state, its age, and what to do next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.desk.words import LINK_KINDS, LINK_NEXT_STEPS, LINK_STATES, NOTHING, Words, said
from schakel.links import queries as stored
from schakel.schemes import queries as schemes

MENDS_ITSELF = frozenset({"temporarily-unavailable", "rate-limited"})


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link, as lists show it."""

    reference: UUID
    kind: str  #: payroll, carrier
    kind_words: Words
    connector: str
    name: str
    group_name: str
    state: str  #: active, partial, reauthorise, paused
    state_words: Words
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    age: timedelta | None  #: since the last success; None: never
    is_stale: bool  #: a payroll link not read for twice its rhythm, or a link that does not work
    error_code: str  #: of the last attempt; empty when it went well
    error: Words
    next_step: Words  #: what to do now; empty when nothing is needed
    employer_names: tuple[str, ...]  #: of the entities this visitor may see; of a carrier: empty
    every: timedelta | None  #: how often a payroll link is read; of a carrier: None


def links_in_scope(now: datetime) -> list[LinkShown]:
    """Every link of the visitor in whose scope this runs; the same few queries however many there are."""
    entities = stored.entities()
    names: dict[UUID, list[str]] = {}
    for entity in entities:
        names.setdefault(entity.link, []).append(entity.employer_name)
    return [
        link_shown(line, now, names.get(line.reference, ())) for line in stored.links(schemes.carrier_links())
    ]


def links_of_employer(employer_id: int, now: datetime) -> list[LinkShown]:
    """The links that read one employer, then those to its carriers; it must be in the visitor's scope."""
    entities = stored.entities(employer_id=employer_id)
    reached = {one.link for one in entities} | schemes.carrier_links(employer_id)
    names: dict[UUID, list[str]] = {}
    for entity in stored.entities(links=reached):
        names.setdefault(entity.link, []).append(entity.employer_name)
    return [
        link_shown(line, now, names.get(line.reference, ())) for line in stored.links(reached, only=reached)
    ]


def link_shown(line: stored.LinkLine, now: datetime, names: Collection[str] = ()) -> LinkShown:
    """One link as it is now."""
    age = None if line.last_success_at is None else now - line.last_success_at
    is_late = line.kind == "payroll" and line.state != "paused" and (age is None or age > 2 * line.every)
    return LinkShown(
        reference=line.reference,
        kind=line.kind,
        kind_words=said(LINK_KINDS, line.kind),
        connector=line.connector,
        name=line.name,
        group_name=line.group_name,
        state=line.state,
        state_words=said(LINK_STATES, line.state),
        last_attempt_at=line.last_attempt_at,
        last_success_at=line.last_success_at,
        age=age,
        is_stale=is_late or line.state in {"reauthorise", "partial"},
        error_code=line.error_code,
        error=Words(line.error_nl, line.error_en) if line.error_code else NOTHING,
        next_step=_next_step(line, is_late=is_late),
        employer_names=tuple(sorted(names)),
        every=line.every if line.kind == "payroll" else None,
    )


def _next_step(line: stored.LinkLine, *, is_late: bool) -> Words:
    if line.error_code == "company-not-visible":
        return LINK_NEXT_STEPS[line.error_code]
    if line.state in {"reauthorise", "partial", "paused"}:
        return LINK_NEXT_STEPS[line.state]
    if line.error_code:
        return LINK_NEXT_STEPS[line.error_code if line.error_code in MENDS_ITSELF else "look"]
    if is_late:
        return LINK_NEXT_STEPS["never" if line.last_success_at is None else "late"]
    return NOTHING
