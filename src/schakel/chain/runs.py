"""Whole runs of the chain: one sync of a payroll link, one round of the outbox, and what each brought."""

import time
from dataclasses import dataclass, field
from uuid import UUID

from schakel.chain import steps
from schakel.chain.run import Clock, Report, Run, new_run, silent
from schakel.connectors.errors import AuthorisationExpired, ConnectorError
from schakel.delivery import acknowledge, send
from schakel.intake import receive
from schakel.links import preflight

OUTBOX_BATCH = 200


@dataclass(slots=True)
class SyncReport:
    """What a sync brought, added up over the entities it read."""

    calls: int = 0
    resumed: int = 0
    employees: int = 0
    records_changed: int = 0
    facts_changed: int = 0
    employees_recalculated: int = 0
    amounts_changed: int = 0
    cents: dict[str, int] = field(default_factory=dict)  #: quantity → new minus old, over all periods
    messages: int = 0
    wage_sums_changed: int = 0
    seconds: float = 0.0
    reading_seconds: float = 0.0
    budget_waited_seconds: float = 0.0
    held: list[str] = field(default_factory=list)  #: codes of the guard, per entity
    errors: list[ConnectorError] = field(default_factory=list)


@dataclass(slots=True)
class OutboxReport:
    """What one round of the outbox did."""

    handed_over: int = 0
    answered: int = 0
    verified: int = 0
    different: int = 0
    rescued: int = 0
    overdue: int = 0

    @property
    def did_something(self) -> bool:
        return bool(self.handed_over or self.answered or self.verified or self.different or self.rescued)


def sync_link(tenant_id: int, link: UUID, clock: Clock, report: Report = silent) -> SyncReport:
    """Read every entity of one payroll link and follow each change to the outbox.

    An entity that fails or is held does not stop the others; its error stands in the report and on the link.
    Only a log-in that is not accepted does: it is the same for all.
    """
    started = time.perf_counter()
    result = SyncReport()
    with new_run(tenant_id, clock, report) as run:
        with run.scope("sync"):
            entities = preflight.entities_to_read(link)
        for to_read in entities:
            try:
                _sync_entity(run, to_read, result)
            except ConnectorError as error:
                result.errors.append(error)
                if isinstance(error, AuthorisationExpired):
                    # The log-in is that of every entity; asking on would count as so many wrong log-ins.
                    break
    result.seconds = time.perf_counter() - started
    return result


def _sync_entity(run: Run, to_read: preflight.EntityToRead, result: SyncReport) -> None:
    taken = steps.take_in(run, to_read)
    result.calls += taken.traffic.calls
    result.resumed += taken.traffic.resumed
    result.reading_seconds += taken.traffic.seconds
    result.budget_waited_seconds += taken.traffic.waited_seconds
    result.employees += taken.employees
    result.records_changed += taken.changed
    result.held += [reason.code for reason in taken.held]
    if not taken.held:
        apply_delivery(run, to_read.employer_id, taken.delivery, result)


def apply_delivery(run: Run, employer_id: int, delivery: UUID, result: SyncReport) -> None:
    """Follow every record of a delivery that still waits; safe to run again after a crash at any point."""
    with run.scope("sync"):
        waiting = receive.pending(delivery)
    for done, employee_key in enumerate(waiting, start=1):
        _count(steps.follow(run, delivery, employer_id, employee_key), result)
        run.report("follow", done, len(waiting))
    if waiting:
        result.wage_sums_changed += len(steps.settle(run, employer_id))
    with run.scope("sync"):
        receive.finish(delivery, run.clock())


def _count(followed: steps.Followed, result: SyncReport) -> None:
    result.facts_changed += len(followed.facts_changed)
    result.employees_recalculated += bool(followed.revisions)
    result.messages += len(followed.messages)
    for revision in followed.revisions:
        result.amounts_changed += len(revision.changes)
        for change in revision.changes:
            difference = (change.new or 0) - (change.old or 0)
            result.cents[change.quantity] = result.cents.get(change.quantity, 0) + difference


def release_delivery(tenant_id: int, employer_id: int, delivery: UUID, clock: Clock) -> SyncReport:
    """A person released what the guard held: apply it."""
    result = SyncReport()
    with new_run(tenant_id, clock) as run:
        with run.scope("release"):
            receive.release(delivery, clock())
        apply_delivery(run, employer_id, delivery, result)
    return result


def work_outbox(tenant_id: int, clock: Clock, report: Report = silent) -> OutboxReport:
    """One round: send what is due, ask after what waits, verify what was accepted."""
    result = OutboxReport()
    with new_run(tenant_id, clock, report) as run:
        with run.scope("outbox"):
            result.rescued = send.rescue(clock())
            result.overdue = acknowledge.mark_overdue(clock())
        _send_all(run, result)
        _ask_all(run, result)
        _verify_all(run, result)
    return result


def _send_all(run: Run, result: OutboxReport) -> None:
    """Batch after batch, until nothing that is due now can still be handed over."""
    handed = 1
    while handed:
        with run.scope("outbox"):
            batch = send.due(run.clock(), OUTBOX_BATCH)
        handed = 0
        for done, message_id in enumerate(batch, start=1):
            handed += steps.hand_over(run, message_id) in {"received", "accepted", "rejected"}
            run.report("send", done, len(batch))
        result.handed_over += handed


def _ask_all(run: Run, result: OutboxReport) -> None:
    """One question without an answer is enough for a line, this round: each costs a deadline."""
    with run.scope("outbox"):
        waiting = acknowledge.waiting(run.clock())
    silent_lines: set[UUID] = set()
    for done, message in enumerate(waiting, start=1):
        if message.link not in silent_lines:
            state = steps.ask(run, message)
            result.answered += state in {"accepted", "rejected"}
            silent_lines |= {message.link} if state is None else set()
        run.report("acknowledge", done, len(waiting))


def _verify_all(run: Run, result: OutboxReport) -> None:
    """As with questions: a line that fails is left alone until the next round."""
    with run.scope("outbox"):
        accepted = acknowledge.to_verify(run.clock())
    silent_lines: set[UUID] = set()
    for done, ready in enumerate(accepted, start=1):
        if ready.link not in silent_lines:
            equal = steps.verify(run, ready)
            result.verified += equal is True
            result.different += equal is False
            silent_lines |= {ready.link} if equal is None else set()
        run.report("verify", done, len(accepted))
