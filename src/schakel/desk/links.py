"""How each link is, what it may call by call, what it delivered, and what people can do about it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.words import Words


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
    is_stale: bool  #: older than twice its rhythm, or never, or not working
    error_code: str  #: of the last attempt; empty when it went well
    error: Words
    next_step: Words  #: what to do now; empty when nothing is needed
    employer_names: tuple[str, ...]  #: of the entities this visitor may see; of a carrier: empty


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


def links(visitor: Visitor, now: datetime) -> tuple[LinkShown, ...]:
    """The links this visitor may see: firm-wide all; else those of the employers named for them."""
    raise NotImplementedError


def link(visitor: Visitor, reference: UUID, now: datetime, deliveries: int = 25) -> LinkPage:
    """One link. Raises NotFound."""
    raise NotImplementedError


def delivery(visitor: Visitor, reference: UUID) -> DeliveryShown:
    """One delivery. Raises NotFound."""
    raise NotImplementedError


def sync_now(visitor: Visitor, reference: UUID, now: datetime) -> bool:
    """Put a sync in the queue; False when one waits there already. Raises NotFound, AccessRefused."""
    raise NotImplementedError


def release_delivery(visitor: Visitor, reference: UUID, now: datetime) -> bool:
    """Let a held delivery through: it is put in the queue to be applied. False: already waiting there.

    Raises NotFound when there is no such held delivery.
    """
    raise NotImplementedError


def refuse_delivery(visitor: Visitor, reference: UUID, now: datetime) -> None:
    """Refuse a held delivery: nothing of it is taken in. Raises NotFound."""
    raise NotImplementedError


def preflight_again(visitor: Visitor, reference: UUID, now: datetime) -> tuple[EntityShown, ...]:
    """Try every call of every entity again and keep what was found.

    Raises NotFound; ConnectorError when the line itself fails (noted on the link).
    """
    raise NotImplementedError


def reconnect(visitor: Visitor, reference: UUID, new: NewToken, now: datetime) -> Reconnected:
    """Give the link a new token: checked, tried call by call, and only then kept.

    Only for a visitor who may see every entity of the link. Raises NotFound, AccessRefused.
    """
    raise NotImplementedError
