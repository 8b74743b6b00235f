"""Station *receive*: one reading of one entity, kept, compared with what was applied, and guarded.

Records stream by; only those that say something else than what was applied before are kept, sealed. Nothing
counts before the guard has seen the whole. Nobody ever leaves because an answer does not name them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from schakel.connectors.errors import ConnectorError, UnexpectedFormat
from schakel.connectors.payroll_source import CurrentPeriod, PayrollRecord, Remark
from schakel.connectors.payroll_source import Delivery as Told
from schakel.engine.timeline import day_of
from schakel.intake import issues, kept
from schakel.intake.answers import KeptAnswers
from schakel.intake.guard import WATCHED, GuardLimits, GuardReason, Tally, judge
from schakel.intake.models import Delivery, ReceivedRecord
from schakel.records import keep
from schakel.records.timelines import (
    KnownEmployee,
    employees_of_source,
    in_service_on,
    values_of,
)
from schakel.tenancy.scope import tenant_scope

__all__ = [
    "GuardLimits",
    "GuardReason",
    "KeptAnswers",
    "Opened",
    "Received",
    "fail",
    "finish",
    "horizon",
    "open_delivery",
    "pending",
    "receive",
    "refuse",
    "release",
]

RESUME_WITHIN = timedelta(hours=2)
"""Answers of an interrupted reading older than this are asked again: a mix of old and new would be no reading."""

BATCH = 200

OVERTAKEN_NL = "Een nieuwere levering is hiervoor in de plaats gekomen."
OVERTAKEN_EN = "A newer delivery took the place of this one."


@dataclass(frozen=True, slots=True)
class Opened:
    """A delivery to fill; resumed when an earlier try got somewhere."""

    reference: UUID
    is_resumed: bool


@dataclass(frozen=True, slots=True)
class Received:
    """What a reading brought; `held` says why nothing of it counts yet."""

    employees: int
    changed: int
    held: tuple[GuardReason, ...]


@dataclass(slots=True)
class _Reading:
    """What is gathered while records stream by."""

    tenant_id: int
    period: CurrentPeriod
    known: Mapping[str, KnownEmployee]
    limits: GuardLimits
    seen: set[str] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)
    changed: int = 0
    twice: int = 0


def open_delivery(employer_id: int, link: UUID, entity_key: str, now: datetime) -> Opened:
    """The unfinished delivery of this entity when its answers are recent enough, else a new one.

    An answer that was not what the contract says is kept as evidence and never read again.
    """
    unfinished = (
        Delivery.objects.filter(
            employer_id=employer_id,
            source=link,
            entity_key=entity_key,
            state__in=(Delivery.State.FETCHING, Delivery.State.FAILED, Delivery.State.APPLYING),
            started_at__gt=now - RESUME_WITHIN,
        )
        .exclude(state=Delivery.State.FAILED, error_code__in=(UnexpectedFormat.code, "overtaken"))
        .order_by("-id")
        .first()
    )
    newest = Delivery.objects.filter(source=link, entity_key=entity_key).order_by("-id").first()
    if unfinished is not None and newest == unfinished:
        if unfinished.state == Delivery.State.FAILED:
            unfinished.state = Delivery.State.FETCHING
            unfinished.error_code = unfinished.error_nl = unfinished.error_en = ""
            unfinished.finished_at = None
            unfinished.save()
        return Opened(unfinished.reference, is_resumed=True)
    made = Delivery.objects.create(
        employer_id=employer_id, source=link, entity_key=entity_key, started_at=now
    )
    return Opened(made.reference, is_resumed=False)


def receive(reference: UUID, told: Told, limits: GuardLimits, now: datetime, *, tenant_id: int) -> Received:
    """Read the stream to its end, keep what is news, and let the guard judge. Runs its own scopes.

    Raises ConnectorError when the line breaks on the way. The second time it answers what it did the first.
    """
    with tenant_scope(tenant_id, actor="job:receive"):
        delivery = Delivery.objects.get(reference=reference)
        if delivery.state != Delivery.State.FETCHING:
            return _as_received(delivery)
        ReceivedRecord.objects.filter(delivery=delivery, applied_at__isnull=True).delete()
        known = employees_of_source(delivery.source, delivery.employer_id)
    reading = _Reading(tenant_id, told.current_period, known, limits)
    stream = iter(told.records)
    while batch := list(islice(stream, BATCH)):
        fresh = _fresh(batch, reading)
        if fresh:
            with tenant_scope(tenant_id, actor="job:receive"):
                _keep(delivery, fresh, reading)
    with tenant_scope(tenant_id, actor="job:receive"):
        return _conclude(delivery.id, told, reading, now)


def _fresh(batch: Iterable[PayrollRecord], reading: _Reading) -> list[tuple[PayrollRecord, str]]:
    found = []
    for record in batch:
        if record.employee_key in reading.seen:
            reading.twice += 1
            continue
        reading.seen.add(record.employee_key)
        print_now = kept.fingerprint(reading.tenant_id, record, reading.period)
        before = reading.known.get(record.employee_key)
        if before is None or before.fingerprint != print_now:
            found.append((record, print_now))
    return found


def _keep(delivery: Delivery, fresh: list[tuple[PayrollRecord, str]], reading: _Reading) -> None:
    known = reading.known
    ids = [known[one.employee_key].employee_id for one, _ in fresh if one.employee_key in known]
    values = values_of(ids, WATCHED) if ids else {}
    for record, _ in fresh:
        before = known.get(record.employee_key)
        if before is not None:
            reading.tally.add(record, values.get(before.employee_id, {}), reading.limits)
    ReceivedRecord.objects.bulk_create(
        ReceivedRecord(
            tenant_id=delivery.tenant_id,
            delivery=delivery,
            employee_key=record.employee_key,
            fingerprint=print_now,
            record=kept.sealed(record),
        )
        for record, print_now in fresh
    )
    reading.changed += len(fresh)


def _conclude(delivery_id: int, told: Told, reading: _Reading, now: datetime) -> Received:
    """The whole is known: judge it, and either hold it or let it count."""
    delivery = Delivery.objects.select_for_update().get(id=delivery_id)
    if delivery.state != Delivery.State.FETCHING:
        return _as_received(delivery)
    named = reading.seen | told.employee_keys
    serving = in_service_on(delivery.source, delivery.employer_id, day_of(now))
    missing = {
        one.employee_id
        for key, one in reading.known.items()
        if key not in named and one.employee_id in serving
    }
    told_before = issues.not_named(delivery.employer_id)
    held = judge(
        reading.tally,
        named=len(named),
        gone=len(missing - told_before),
        known=len(serving - told_before),
        limits=reading.limits,
    )
    keep.seen(delivery.source, sorted(named & reading.known.keys()), now)
    remarks = [*told.remarks, *([_twice(reading.twice)] if reading.twice else [])]
    issues.keep(delivery.employer_id, None, remarks, delivery.reference, now)
    _overtake(delivery, now)
    if not held:
        _note_missing(delivery, missing - told_before, told_before - missing, now)
    delivery.state = Delivery.State.HELD if held else Delivery.State.APPLYING
    delivery.guard = [reason.as_dict() for reason in held]
    delivery.employees, delivery.changed = len(named), reading.changed
    delivery.current_period = _period_as_kept(told.current_period)
    delivery.save(update_fields=["state", "guard", "employees", "changed", "current_period"])
    return Received(len(named), reading.changed, held)


def _note_missing(delivery: Delivery, missing: Iterable[int], back: Iterable[int], now: datetime) -> None:
    issues.open_not_named(delivery.employer_id, sorted(missing), delivery.reference, now)
    issues.close_not_named(delivery.employer_id, sorted(back), now)


def _overtake(delivery: Delivery, now: datetime) -> None:
    """What an older reading of the same entity still held or had not applied is out of date now."""
    older = Delivery.objects.select_for_update().filter(
        source=delivery.source, entity_key=delivery.entity_key, id__lt=delivery.id
    )
    waiting = older.filter(state__in=(Delivery.State.HELD, Delivery.State.APPLYING, Delivery.State.FETCHING))
    for one in waiting.order_by("id"):
        is_held = one.state == Delivery.State.HELD
        one.state = Delivery.State.REFUSED if is_held else Delivery.State.FAILED
        one.error_code, one.error_nl, one.error_en = "overtaken", OVERTAKEN_NL, OVERTAKEN_EN
        one.finished_at = now
        one.save(update_fields=["state", "error_code", "error_nl", "error_en", "finished_at"])
        ReceivedRecord.objects.filter(delivery=one, applied_at__isnull=True).delete()


def _twice(count: int) -> Remark:
    return Remark(
        "employee-twice-in-answer",
        f"De salarisadministratie noemde {count} keer een werknemer die al genoemd was. Alleen de eerste keer telt. "
        "Meld dit bij de beheerder van de koppeling.",
        f"Payroll named an employee who was named already {count} times. Only the first counts. Tell the operator "
        "of the link.",
    )


def _period_as_kept(period: CurrentPeriod) -> dict[str, str | int]:
    return {
        "kind": period.kind,
        "year": period.year,
        "number": period.number,
        "start": period.start.isoformat(),
        "until": period.until.isoformat(),
    }


def _as_received(delivery: Delivery) -> Received:
    is_held = delivery.state == Delivery.State.HELD
    held = tuple(GuardReason.from_dict(one) for one in delivery.guard) if is_held else ()
    return Received(delivery.employees, delivery.changed, held)


def fail(reference: UUID, error: ConnectorError, now: datetime) -> None:
    """The line broke. What was received so far is kept; nothing of it counts."""
    Delivery.objects.filter(reference=reference, state=Delivery.State.FETCHING).update(
        state=Delivery.State.FAILED,
        finished_at=now,
        error_code=error.code,
        error_nl=error.message("nl"),
        error_en=error.message("en"),
    )


def pending(reference: UUID) -> list[str]:
    """The employees whose record still waits to be applied, in the order they came."""
    rows = ReceivedRecord.objects.filter(
        delivery__reference=reference, delivery__state=Delivery.State.APPLYING, applied_at__isnull=True
    )
    return list(rows.order_by("id").values_list("employee_key", flat=True))


def horizon(reference: UUID) -> date:
    """The day until which amounts are calculated: the end of the wage period payroll works in.

    What payroll knows of later periods stands in the facts and counts when that period comes.
    """
    period = Delivery.objects.values_list("current_period", flat=True).get(reference=reference)
    return date.fromisoformat(period["until"])


def finish(reference: UUID, now: datetime) -> None:
    """Nothing waits any more: the delivery is applied."""
    waiting = ReceivedRecord.objects.filter(delivery__reference=reference, applied_at__isnull=True)
    if not waiting.exists():
        Delivery.objects.filter(reference=reference, state=Delivery.State.APPLYING).update(
            state=Delivery.State.APPLIED, finished_at=now
        )


def release(reference: UUID, now: datetime) -> bool:
    """A person says that a held delivery is right: it may be applied. False when it no longer waited."""
    delivery = Delivery.objects.select_for_update().get(reference=reference)
    if delivery.state != Delivery.State.HELD:
        return False
    known = employees_of_source(delivery.source, delivery.employer_id)
    serving = in_service_on(delivery.source, delivery.employer_id, day_of(now))
    missing = {
        one.employee_id
        for one in known.values()
        if one.employee_id in serving and (one.last_seen_at is None or one.last_seen_at < delivery.started_at)
    }
    before = issues.not_named(delivery.employer_id)
    _note_missing(delivery, missing - before, before - missing, now)
    delivery.state = Delivery.State.APPLYING
    delivery.save(update_fields=["state"])
    return True


def refuse(reference: UUID, now: datetime) -> bool:
    """A person says that a held delivery is wrong: nothing of it is taken in. False when it no longer waited."""
    delivery = Delivery.objects.select_for_update().get(reference=reference)
    if delivery.state != Delivery.State.HELD:
        return False
    ReceivedRecord.objects.filter(delivery=delivery).delete()
    delivery.state, delivery.finished_at = Delivery.State.REFUSED, now
    delivery.save(update_fields=["state", "finished_at"])
    return True
