"""May we, call by call? What the preflight found, and the entities a link reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.connectors.payroll_source import Entity, Right
from schakel.links.models import Link, LinkedEntity, LinkRight


@dataclass(frozen=True, slots=True)
class EntityToRead:
    """One entity of a payroll link and the employer it is."""

    link: UUID
    employer_id: int
    entity: Entity


def join_entity(link: UUID, employer_id: int, entity: Entity) -> None:
    """Join an entity of the payroll system to one of our employers; joining twice changes nothing."""
    LinkedEntity.objects.update_or_create(
        link=Link.objects.get(reference=link),
        entity_key=entity.key,
        defaults={"employer_id": employer_id, "name": entity.name},
    )


def keep_rights(link: UUID, entity_key: str, rights: Sequence[Right], checked_at: datetime) -> None:
    """Keep what the preflight found, in place of what it found before; the link says whether it works in part."""
    linked = LinkedEntity.objects.select_related("link").get(link__reference=link, entity_key=entity_key)
    LinkRight.objects.filter(entity=linked).delete()
    for right in rights:
        LinkRight.objects.create(
            entity=linked,
            operation=right.operation,
            state=right.state,
            reason_nl=right.reason_nl,
            reason_en=right.reason_en,
            checked_at=checked_at,
        )
    _note_on_link(linked.link)


def _note_on_link(link: Link) -> None:
    """A refused right of any entity makes a link that works one that works in part, and back."""
    is_partial = LinkRight.objects.filter(entity__link=link, state="refused").exists()
    if is_partial and link.state == Link.State.ACTIVE:
        Link.objects.filter(id=link.id).update(state=Link.State.PARTIAL)
    if not is_partial and link.state == Link.State.PARTIAL:
        Link.objects.filter(id=link.id).update(
            state=Link.State.ACTIVE, error_code="", error_nl="", error_en=""
        )


def entities_to_read(link: UUID) -> list[EntityToRead]:
    """The entities in scope that this link reads, by name."""
    rows = LinkedEntity.objects.filter(link__reference=link).select_related("employer").order_by("name", "id")
    return [
        EntityToRead(
            link, row.employer_id, Entity(row.entity_key, row.name, row.employer.wage_period_kind or None)
        )
        for row in rows
    ]


def payroll_links() -> list[UUID]:
    """The payroll links in scope that may be read now."""
    rows = Link.objects.filter(kind=Link.Kind.PAYROLL).exclude(state=Link.State.PAUSED).order_by("id")
    return [row.reference for row in rows]
