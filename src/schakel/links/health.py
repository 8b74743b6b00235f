"""How each link is: when it last tried, when it last went well, and what is wrong now."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, F, Q, Value, When

from schakel.connectors.errors import AuthorisationExpired, ConnectorError, RightRefused
from schakel.connectors.payroll_source import CurrentPeriod
from schakel.links.models import Link, LinkedEntity

EVERY_MINUTES = 180  #: how often a payroll link is read when it does not say so itself
NOTED_EVERY = timedelta(minutes=1)  #: of a carrier link that answers message after message


def went_well(link: UUID, entity_key: str, period: CurrentPeriod, at: datetime) -> None:
    """A reading was finished: the entity is fresh, and the link healthy unless another entity of it failed."""
    spelled = f"{period.year}-{period.number} {period.kind}"
    entities = LinkedEntity.objects.filter(link__reference=link)
    entities.filter(entity_key=entity_key).update(
        last_attempt_at=at, last_success_at=at, current_period=spelled
    )
    changes: dict[str, object] = {"last_attempt_at": at, "last_success_at": at}
    tried = entities.filter(last_attempt_at__isnull=False)
    if not tried.exclude(last_success_at=F("last_attempt_at")).exists():
        changes |= {"state": Link.State.ACTIVE, "error_code": "", "error_nl": "", "error_en": ""}
    Link.objects.filter(reference=link).update(**changes)


def carrier_went_well(link: UUID, at: datetime) -> None:
    """A carrier answered: its link is healthy. Written when that is news, and else once a minute at most."""
    is_news = (
        ~Q(error_code="")
        | Q(state=Link.State.REAUTHORISE)
        | Q(last_success_at=None)
        | Q(last_success_at__lte=at - NOTED_EVERY)
    )
    kept_as_it_is = When(state=Link.State.PAUSED, then=F("state"))
    Link.objects.filter(is_news, reference=link, kind=Link.Kind.CARRIER).update(
        last_attempt_at=at,
        last_success_at=at,
        state=Case(kept_as_it_is, default=Value(Link.State.ACTIVE)),
        error_code="",
        error_nl="",
        error_en="",
    )


def went_wrong(link: UUID, entity_key: str | None, error: ConnectorError, at: datetime) -> None:
    """A try failed. What was known stays; the link says what is wrong, at which entity, and who must act."""
    entity = LinkedEntity.objects.filter(link__reference=link, entity_key=entity_key)
    entity.update(last_attempt_at=at)
    # A log-in that is not accepted is nobody's but the link's own.
    names = [] if isinstance(error, AuthorisationExpired) else entity.values_list("name", flat=True)
    whose = "".join(f"{name}: " for name in names)
    changes: dict[str, object] = {
        "last_attempt_at": at,
        "error_code": error.code,
        "error_nl": whose + error.message("nl"),
        "error_en": whose + error.message("en"),
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
