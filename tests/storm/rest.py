"""Waiting until the storm has blown over: nobody helps, and everything that was promised must come."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import Error, connection
from django.db.models import Max
from tests.storm.stage import Stage

from schakel.delivery.models import CarrierMessage
from schakel.intake.models import Delivery
from schakel.tenancy.scope import tenant_scope

State = CarrierMessage.State
DONE = (State.VERIFIED, State.SUPERSEDED)


@dataclass(slots=True)
class Rest:
    """What still moves, and since when everything that was promised is there."""

    unread: int = 0  #: entities without an applied reading that began after the last promise
    open_messages: int = 0
    busy_jobs: int = 0

    @property
    def is_there(self) -> bool:
        return not (self.unread or self.open_messages or self.busy_jobs)


def look(stage: Stage, promised_at: float, *, is_naive: bool) -> Rest:
    """What still moves now. The control has no outbox that could come to rest."""
    since = datetime.fromtimestamp(promised_at, UTC)
    with tenant_scope(stage.firm.tenant_id, actor="storm"):
        read = Delivery.objects.filter(state=Delivery.State.APPLIED).values("entity_key")
        newest = {row["entity_key"]: row["at"] for row in read.annotate(at=Max("started_at")).order_by()}
        unread = sum(at < since for at in newest.values())
        waiting = 0 if is_naive else CarrierMessage.objects.exclude(state__in=DONE).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND queue_name NOT IN ('sweep', 'rescue')"
        )
        (busy,) = cursor.fetchone()
    return Rest(unread, waiting, busy)


def wait(
    stage: Stage, promised_at: float, seconds: float, check: Callable[[], None], *, is_naive: bool
) -> tuple[Rest, float]:
    """Until everything has come to rest, or the time is up; returns what still moves and how long it took."""
    started = time.monotonic()
    rest = Rest(unread=1)
    while not rest.is_there and time.monotonic() - started < seconds:
        time.sleep(0.5)
        check()
        try:
            rest = look(stage, promised_at, is_naive=is_naive)
        except Error:
            connection.close()  # the last kill may have hit the database
    return rest, time.monotonic() - started


def kept(stage: Stage, promises: Sequence[float]) -> int:
    """How many promises were kept: every entity was read and applied by a reading that began later."""
    with tenant_scope(stage.firm.tenant_id, actor="storm"):
        read = Delivery.objects.filter(state=Delivery.State.APPLIED).values("entity_key")
        newest = [row["at"].timestamp() for row in read.annotate(at=Max("started_at")).order_by()]
    return sum(all(at >= promise for at in newest) for promise in promises)
