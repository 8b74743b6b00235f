"""How each link is: when it last tried, when it last went well, and what is wrong now."""

from datetime import datetime, timedelta
from uuid import UUID

from schakel.connectors.errors import AuthorisationExpired, ConnectorError, RightRefused
from schakel.connectors.payroll_source import CurrentPeriod
from schakel.links.models import Link, LinkedEntity

EVERY_MINUTES = 180  #: how often a payroll link is read when it does not say so itself


def went_well(link: UUID, entity_key: str, period: CurrentPeriod, at: datetime) -> None:
    """A reading was finished: the link is healthy again and the entity is fresh."""
    spelled = f"{period.year}-{period.number} {period.kind}"
    LinkedEntity.objects.filter(link__reference=link, entity_key=entity_key).update(
        last_attempt_at=at, last_success_at=at, current_period=spelled
    )
    Link.objects.filter(reference=link).update(
        state=Link.State.ACTIVE,
        last_attempt_at=at,
        last_success_at=at,
        error_code="",
        error_nl="",
        error_en="",
    )


def went_wrong(link: UUID, entity_key: str | None, error: ConnectorError, at: datetime) -> None:
    """A try failed. What was known stays; the link says what is wrong and who must act."""
    if entity_key is not None:
        LinkedEntity.objects.filter(link__reference=link, entity_key=entity_key).update(last_attempt_at=at)
    changes: dict[str, object] = {
        "last_attempt_at": at,
        "error_code": error.code,
        "error_nl": error.message("nl"),
        "error_en": error.message("en"),
    }
    if isinstance(error, AuthorisationExpired):
        changes["state"] = Link.State.REAUTHORISE
    elif isinstance(error, RightRefused):
        changes["state"] = Link.State.PARTIAL
    Link.objects.filter(reference=link).update(**changes)


def due_for_reading(now: datetime, default_minutes: int = EVERY_MINUTES) -> list[UUID]:
    """Payroll links whose last try is longer ago than their own `sync_every_minutes`.

    A link whose owner must reconnect is tried four times a day at most, so that a payroll system that
    counts wrong log-ins does not lock the account.
    """
    due = []
    for link in Link.objects.filter(kind=Link.Kind.PAYROLL).exclude(state=Link.State.PAUSED):
        minutes = int(link.settings.get("sync_every_minutes", default_minutes))
        if link.state == Link.State.REAUTHORISE:
            minutes = max(minutes, 360)
        if link.last_attempt_at is None or link.last_attempt_at <= now - timedelta(minutes=minutes):
            due.append(link.reference)
    return due
