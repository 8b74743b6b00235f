"""How each link is, what it may call by call, what it delivered, and what people can do about it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from schakel.chain import connecting, jobs
from schakel.chain.run import new_run
from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll_source import Right
from schakel.desk.access import AccessRefused, Act, Visitor, inside, not_found
from schakel.desk.link_health import LinkShown, links_in_scope
from schakel.desk.words import (
    DELIVERY_STATES,
    NOTHING,
    RIGHT_STATES,
    Words,
    period_words,
    said,
)
from schakel.engine.errors import SchakelError
from schakel.intake import queries as intake
from schakel.intake import receive
from schakel.links import health, preflight
from schakel.links import queries as stored
from schakel.schemes.agreed import needs_of
from schakel.tenancy.audit import record
from schakel.tenancy.scope import tenant_scope


@dataclass(frozen=True, slots=True)
class RightShown:
    """One call of one entity."""

    operation: str
    state: str  #: granted (green), refused (red), not_needed, unknown
    state_words: Words
    reason: Words  #: why it is not needed, or what to do
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class EntityShown:
    """One entity that a payroll link reads."""

    entity_key: str
    name: str  #: literally as payroll spells it
    employer_id: int
    employer_name: str
    current_period: str  #: "2026-11 month" as last read; empty when never
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    age: timedelta | None
    rights: tuple[RightShown, ...]

    @property
    def refused(self) -> tuple[RightShown, ...]:
        return tuple(right for right in self.rights if right.state == "refused")


@dataclass(frozen=True, slots=True)
class GuardReasonShown:
    """Why a delivery is held."""

    code: str
    words: Words
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """One reading of one entity."""

    reference: UUID
    employer_id: int
    employer_name: str
    entity_key: str
    state: str  #: fetching, held, applying, applied, refused, failed
    state_words: Words
    started_at: datetime
    finished_at: datetime | None
    employees: int
    changed: int  #: records that differ from what was applied before
    calls: int
    resumed: int  #: answers kept by an earlier, interrupted try
    seconds: float
    period: Words  #: the wage period payroll called current; empty when not read
    period_start: date | None
    period_until: date | None
    guard: tuple[GuardReasonShown, ...]  #: why it is or was held
    error_code: str
    error: Words


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One link with everything about it."""

    link: LinkShown
    username: str  #: of the log-in; the token is never shown
    domain: str
    calls_per_second: int | None
    sync_every_minutes: int | None
    entities: tuple[EntityShown, ...]
    held: tuple[DeliveryShown, ...]  #: wait for a person
    deliveries: tuple[DeliveryShown, ...]  #: the newest first
    may_manage: bool  #: sync now, preflight, reconnect
    may_release: bool  #: release or refuse what is held


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """What stands in the way: in which field, what it is, and what to do."""

    field: str  #: username, token, domain, entities, rights; empty: the line itself
    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Reconnected:
    """How a reconnection went; with problems nothing changed."""

    problems: tuple[ProblemShown, ...]

    @property
    def succeeded(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as a person pasted it. It never shows in a repr and is never handed back."""

    token: str = field(repr=False)


class LinkFailed(SchakelError):
    """The line to payroll failed; what was known stays. The page of the link says what to do."""

    code = "link-failed"
    nl = "De verbinding met de salarisadministratie mislukte; wat bekend was, blijft. Zie de koppeling."


def links(visitor: Visitor, now: datetime) -> tuple[LinkShown, ...]:
    """The links this visitor may see: firm-wide all; else those of the employers named for them."""
    with inside(visitor, Act.SEE_LINKS):
        return tuple(links_in_scope(now))


def link(visitor: Visitor, reference: UUID, now: datetime, deliveries: int = 25) -> LinkPage:
    """One link. Raises NotFound."""
    with inside(visitor, Act.SEE_LINKS):
        line, shown = _find(visitor, reference, now)
        return LinkPage(
            link=shown,
            username=str(line.settings.get("username", "")),
            domain=str(line.settings.get("domain", "")),
            calls_per_second=line.settings.get("calls_per_second"),
            sync_every_minutes=int(line.every.total_seconds() // 60) if line.kind == "payroll" else None,
            entities=_entities(reference, now),
            held=tuple(_delivery(one) for one in intake.deliveries(reference, deliveries, "held")),
            deliveries=tuple(_delivery(one) for one in intake.deliveries(reference, deliveries)),
            may_manage=visitor.may(Act.MANAGE_LINKS),
            may_release=visitor.may(Act.RELEASE_DELIVERY),
        )


def _find(visitor: Visitor, reference: UUID, now: datetime) -> tuple[stored.LinkLine, LinkShown]:
    shown = next((one for one in links_in_scope(now) if one.reference == reference), None)
    line = None if shown is None else stored.link(reference)
    if shown is None or line is None:
        raise not_found(visitor, f"link:{reference}")
    return line, shown


def _find_payroll(visitor: Visitor, reference: UUID, now: datetime) -> stored.LinkLine:
    line, _ = _find(visitor, reference, now)
    if line.kind != "payroll":
        raise not_found(visitor, f"link:{reference}")
    return line


def _entities(reference: UUID, now: datetime) -> tuple[EntityShown, ...]:
    rights: dict[str, list[RightShown]] = {}
    for one in stored.rights(reference):
        shown = RightShown(
            one.operation,
            one.state,
            said(RIGHT_STATES, one.state),
            Words(one.reason_nl, one.reason_en),
            one.checked_at,
        )
        rights.setdefault(one.entity_key, []).append(shown)
    return tuple(
        EntityShown(
            entity.entity_key,
            entity.name,
            entity.employer_id,
            entity.employer_name,
            entity.current_period,
            entity.last_attempt_at,
            entity.last_success_at,
            None if entity.last_success_at is None else now - entity.last_success_at,
            tuple(rights.get(entity.entity_key, ())),
        )
        for entity in stored.entities(reference)
    )


def _delivery(line: intake.DeliveryLine) -> DeliveryShown:
    period = line.current_period
    return DeliveryShown(
        reference=line.reference,
        employer_id=line.employer_id,
        employer_name=line.employer_name,
        entity_key=line.entity_key,
        state=line.state,
        state_words=said(DELIVERY_STATES, line.state),
        started_at=line.started_at,
        finished_at=line.finished_at,
        employees=line.employees,
        changed=line.changed,
        calls=line.calls,
        resumed=line.resumed,
        seconds=line.seconds,
        period=period_words(period["kind"], period["year"], period["number"]) if period else NOTHING,
        period_start=date.fromisoformat(period["start"]) if period else None,
        period_until=date.fromisoformat(period["until"]) if period else None,
        guard=tuple(
            GuardReasonShown(one["code"], Words(one["nl"], one["en"]), one["count"], one["of"])
            for one in line.guard
        ),
        error_code=line.error_code,
        error=Words(line.error_nl, line.error_en),
    )


def delivery(visitor: Visitor, reference: UUID) -> DeliveryShown:
    """One delivery. Raises NotFound."""
    with inside(visitor, Act.SEE_LINKS):
        line = intake.delivery(reference)
        if line is None:
            raise not_found(visitor, f"delivery:{reference}")
        return _delivery(line)


def sync_now(visitor: Visitor, reference: UUID, now: datetime) -> bool:
    """Put a sync in the queue; False when one waits there already. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.MANAGE_LINKS):
        _find_payroll(visitor, reference, now)
        record("sync_now", f"link:{reference}", now)
        return jobs.wake("sync_link", f"sync:{reference}", tenant_id=visitor.tenant_id, link=str(reference))


def release_delivery(visitor: Visitor, reference: UUID, now: datetime) -> bool:
    """Let a held delivery through: it is put in the queue to be applied. False: already waiting there.

    Raises NotFound when there is no such held delivery, AccessRefused.
    """
    with inside(visitor, Act.RELEASE_DELIVERY):
        line = _held(visitor, reference)
        record("release_delivery", f"delivery:{reference}", now, employer=line.employer_id)
        return jobs.wake(
            "release_delivery",
            f"release:{reference}",
            tenant_id=visitor.tenant_id,
            employer_id=line.employer_id,
            delivery=str(reference),
        )


def refuse_delivery(visitor: Visitor, reference: UUID, now: datetime) -> None:
    """Refuse a held delivery: nothing of it is taken in. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.RELEASE_DELIVERY):
        line = _held(visitor, reference)
        if not receive.refuse(reference, now):
            raise not_found(visitor, f"delivery:{reference}")
        record("refuse_delivery", f"delivery:{reference}", now, employer=line.employer_id)


def _held(visitor: Visitor, reference: UUID) -> intake.DeliveryLine:
    line = intake.delivery(reference)
    if line is None or line.state != "held":
        raise not_found(visitor, f"delivery:{reference}")
    return line


def preflight_again(visitor: Visitor, reference: UUID, now: datetime) -> tuple[EntityShown, ...]:
    """Try every call of every entity again and keep what was found. Makes calls; takes seconds.

    Raises NotFound, AccessRefused; LinkFailed when the line itself fails, which is noted on the link.
    """
    with inside(visitor, Act.MANAGE_LINKS):
        _find_payroll(visitor, reference, now)
        asked = [(one.entity, needs_of(one.employer_id)) for one in preflight.entities_to_read(reference)]
    try:
        with new_run(visitor.tenant_id, lambda: now) as run:
            source = run.source(reference)
            found: list[tuple[str, tuple[Right, ...]]] = [
                (entity.key, tuple(source.rights(entity, needs))) for entity, needs in asked
            ]
    except ConnectorError as error:
        with inside(visitor, Act.MANAGE_LINKS):
            health.went_wrong(reference, None, error, now)
        raise LinkFailed(error.message("en"), error.message("nl")) from error
    with inside(visitor, Act.MANAGE_LINKS):
        for entity_key, rights in found:
            preflight.keep_rights(reference, entity_key, rights, now)
        record("preflight", f"link:{reference}", now, entities=len(found))
        return _entities(reference, now)


def reconnect(visitor: Visitor, reference: UUID, new: NewToken, now: datetime) -> Reconnected:
    """Give the link a new token: checked, tried call by call, and only then kept. Makes calls.

    Only for a visitor who may see every entity of the link. Raises NotFound, AccessRefused.
    """
    with inside(visitor, Act.MANAGE_LINKS):
        line = _find_payroll(visitor, reference, now)
    # The token opens all entities of the link, also those this visitor may not see.
    with tenant_scope(visitor.tenant_id, actor=visitor.actor):
        entities = stored.entities(reference)
    if visitor.employer_ids is not None and not {e.employer_id for e in entities} <= visitor.employer_ids:
        raise AccessRefused
    tried = connecting.activate_nmbrs(
        visitor.tenant_id,
        line.group_id,
        connecting.Asked(
            username=str(line.settings["username"]),
            token=new.token,
            domain=str(line.settings["domain"]),
            entities=tuple(entity.entity_key for entity in entities),
            host=str(line.settings.get("host", "")),
            calls_per_second=int(line.settings.get("calls_per_second", 20)),
        ),
        now,
    )
    if not tried.problems:
        with inside(visitor, Act.MANAGE_LINKS):
            record("reconnect_link", f"link:{reference}", now)
    return Reconnected(
        tuple(ProblemShown(one.field, one.code, Words(one.nl, one.en)) for one in tried.problems)
    )
