"""How a link is, seen from the desk: its state, its age, and what to do next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.delivery import queries as delivery
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


@dataclass(frozen=True, slots=True)
class _Now:
    """What holds of a link now: what it noted itself, and for a carrier what its messages show."""

    state: str
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    error_code: str


def links_in_scope(now: datetime) -> list[LinkShown]:
    """Every link of the visitor in whose scope this runs; the same few queries however many there are."""
    policies = schemes.policies()
    answered = _answered(policies)
    carrier_links = {policy.link for policy in policies.values() if policy.link is not None}
    names: dict[UUID, list[str]] = {}
    for entity in stored.entities():
        names.setdefault(entity.link, []).append(entity.employer_name)
    return [
        link_shown(line, now, names.get(line.reference, ()), answered.get(line.reference))
        for line in stored.links(carrier_links)
    ]


def _answered(policies: Mapping[int, schemes.PolicyLine]) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for policy_id, moment in delivery.last_answer_by_policy().items():
        link = policies[policy_id].link if policy_id in policies else None
        if link is not None:
            found[link] = max(moment, found.get(link, moment))
    return found


def link_shown(
    line: stored.LinkLine, now: datetime, names: Collection[str] = (), answered: datetime | None = None
) -> LinkShown:
    """One link as it is now. `answered`: when its carrier last answered a message."""
    held = _now_of(line, answered)
    age = None if held.last_success_at is None else now - held.last_success_at
    is_late = line.kind == "payroll" and held.state != "paused" and (age is None or age > 2 * line.every)
    return LinkShown(
        reference=line.reference,
        kind=line.kind,
        kind_words=said(LINK_KINDS, line.kind),
        connector=line.connector,
        name=line.name,
        group_name=line.group_name,
        state=held.state,
        state_words=said(LINK_STATES, held.state),
        last_attempt_at=held.last_attempt_at,
        last_success_at=held.last_success_at,
        age=age,
        is_stale=is_late or held.state in {"reauthorise", "partial"},
        error_code=held.error_code,
        error=Words(line.error_nl, line.error_en) if held.error_code else NOTHING,
        next_step=_next_step(held, is_late=is_late),
        employer_names=tuple(sorted(names)),
        every=line.every if line.kind == "payroll" else None,
    )


def _now_of(line: stored.LinkLine, answered: datetime | None) -> _Now:
    """A carrier link notes only what goes wrong; that it went well since shows in its answers."""
    if answered is None or (line.last_attempt_at is not None and line.last_attempt_at >= answered):
        success = line.last_success_at or answered
        return _Now(line.state, line.last_attempt_at, success, line.error_code)
    state = line.state if line.state == "paused" else "active"
    return _Now(state, answered, max(answered, line.last_success_at or answered), "")


def _next_step(held: _Now, *, is_late: bool) -> Words:
    if held.error_code == "company-not-visible":
        return LINK_NEXT_STEPS[held.error_code]
    if held.state in {"reauthorise", "partial", "paused"}:
        return LINK_NEXT_STEPS[held.state]
    if held.error_code:
        return LINK_NEXT_STEPS[held.error_code if held.error_code in MENDS_ITSELF else "look"]
    if is_late:
        return LINK_NEXT_STEPS["never" if held.last_success_at is None else "late"]
    return NOTHING
