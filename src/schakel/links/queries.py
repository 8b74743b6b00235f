"""Questions about links, the entities they read and the rights they have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from schakel.links.health import EVERY_MINUTES
from schakel.links.models import Link, LinkedEntity, LinkRight
from schakel.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link, without its secrets."""

    reference: UUID
    group_id: int
    group_name: str
    kind: str
    connector: str
    name: str
    settings: Mapping[str, Any] = field(repr=False)  #: what is no secret: user name, domain, calls per second
    state: str
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    error_code: str
    error_nl: str
    error_en: str

    @property
    def every(self) -> timedelta:
        """How often this link is read."""
        return timedelta(minutes=int(self.settings.get("sync_every_minutes", EVERY_MINUTES)))


@dataclass(frozen=True, slots=True)
class EntityLine:
    """One entity a link reads, and the employer it is."""

    link: UUID
    entity_key: str
    name: str
    employer_id: int
    employer_name: str
    current_period: str
    last_attempt_at: datetime | None
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True)
class RightLine:
    """One call of one entity, as the preflight found it."""

    entity_key: str
    operation: str
    state: str
    reason_nl: str
    reason_en: str
    checked_at: datetime


def links(carrier_links: Collection[UUID] = (), only: Collection[UUID] | None = None) -> list[LinkLine]:
    """The links in scope, payroll first; of `only` these when asked.

    A link belongs to a group, not to an employer. In a scope of named employers only those payroll links
    are seen that read one of them, and of the carrier links only `carrier_links`: those of their policies.
    """
    rows = Link.objects.select_related("group").order_by("-kind", "name", "id")
    if current_scope().employer_ids is not None:
        own = LinkedEntity.objects.values("link_id")
        rows = rows.filter(Q(id__in=own) | Q(kind=Link.Kind.CARRIER, reference__in=list(carrier_links)))
    if only is not None:
        rows = rows.filter(reference__in=only)
    return [_link(row) for row in rows.defer("credentials")]


def link(reference: UUID) -> LinkLine | None:
    """One link of the tenant. In a scope of named employers ask `links` first whether it is seen."""
    row = Link.objects.filter(reference=reference).select_related("group").defer("credentials").first()
    return None if row is None else _link(row)


def names() -> dict[UUID, str]:
    """What each link of the tenant is called."""
    return dict(Link.objects.values_list("reference", "name"))


def _link(row: Link) -> LinkLine:
    return LinkLine(
        row.reference,
        row.group_id,
        row.group.name,
        row.kind,
        row.connector,
        row.name,
        row.settings,
        row.state,
        row.last_attempt_at,
        row.last_success_at,
        row.error_code,
        row.error_nl,
        row.error_en,
    )


def entities(
    link: UUID | None = None, employer_id: int | None = None, links: Collection[UUID] | None = None
) -> list[EntityLine]:
    """The entities in scope, of one link, of some links or of one employer when asked, by name."""
    rows = LinkedEntity.objects.order_by("name", "id")
    if link is not None:
        rows = rows.filter(link__reference=link)
    if links is not None:
        rows = rows.filter(link__reference__in=links)
    if employer_id is not None:
        rows = rows.filter(employer_id=employer_id)
    told = rows.values_list(
        "link__reference",
        "entity_key",
        "name",
        "employer_id",
        "employer__name",
        "current_period",
        "last_attempt_at",
        "last_success_at",
    )
    return [EntityLine(*row) for row in told]


def rights(link: UUID) -> list[RightLine]:
    """What the preflight found for every entity in scope of one link."""
    rows = LinkRight.objects.filter(entity__link__reference=link).select_related("entity")
    return [
        RightLine(
            row.entity.entity_key, row.operation, row.state, row.reason_nl, row.reason_en, row.checked_at
        )
        for row in rows.order_by("id")
    ]
