"""When the chain runs, and what happens after a failure.

Jobs carry ids only. A job is a wake-up: the truth about what must still happen stands in the tables, so a
lost, doubled or stalled job costs time, never a message. This is the only place that may catch everything.
"""

import logging
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from schakel.chain import runs
from schakel.chain.queue import Patience, turn
from schakel.links import health
from schakel.tenancy.queries import tenant_ids
from schakel.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)

STALLED_AFTER_SECONDS = 30
SOON_SECONDS = 2


def clock() -> datetime:
    """The only clock of the worker."""
    return datetime.now(UTC)


def wake(name: str, key: str, *, seconds: int = 0, **arguments: int | str) -> bool:
    """Put a job in the queue unless the same one waits already. Returns whether it was put."""
    schedule = {"seconds": seconds} if seconds else None
    try:
        # A savepoint, so that "already waiting" does not spoil the caller's transaction.
        with transaction.atomic():
            app.configure_task(name, queueing_lock=key, schedule_in=schedule).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="sync_link", queue="payroll", retry=Patience())
def sync_link(tenant_id: int, link: str) -> None:
    """Read one payroll link and follow every change; one reading of a link at a time."""
    with turn(f"sync|{link}") as is_ours:
        result = runs.sync_link(tenant_id, UUID(link), clock) if is_ours else None
    if result is None or result.resumed:
        # Whoever asked was promised a reading that begins after the question. One that was under way, or that
        # took over the answers of one that broke off, is not it.
        wake("sync_link", f"sync:{link}", seconds=SOON_SECONDS, tenant_id=tenant_id, link=link)
    if result is None:
        return
    logger.info(
        "sync finished",
        extra={
            "tenant": tenant_id,
            "link": link,
            "calls": result.calls,
            "employees": result.employees,
            "messages": result.messages,
            "held": result.held,
            "errors": [error.code for error in result.errors],
        },
    )
    wake("work_outbox", f"outbox:{tenant_id}", tenant_id=tenant_id)


@app.task(name="work_outbox", queue="delivery", retry=Patience())
def work_outbox(tenant_id: int) -> None:
    """One round of a tenant's outbox; the next round soon, as long as rounds find something to do."""
    result = runs.work_outbox(tenant_id, clock)
    if result.did_something:
        wake("work_outbox", f"outbox:{tenant_id}", seconds=SOON_SECONDS, tenant_id=tenant_id)


@app.task(name="release_delivery", queue="payroll", retry=Patience())
def release_delivery(tenant_id: int, employer_id: int, delivery: str) -> None:
    """Apply a delivery that a person released."""
    runs.release_delivery(tenant_id, employer_id, UUID(delivery), clock)
    wake("work_outbox", f"outbox:{tenant_id}", tenant_id=tenant_id)


@app.periodic(cron="* * * * * */15")
@app.task(name="sweep_outboxes", queue="sweep", queueing_lock="sweep_outboxes", retry=Patience())
def sweep_outboxes(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic task its moment
    """Wake the outbox of every tenant, so that a lost wake-up costs seconds."""
    for tenant_id in tenant_ids():
        wake("work_outbox", f"outbox:{tenant_id}", tenant_id=tenant_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="sync_due_links", queue="sweep", queueing_lock="sync_due_links", retry=Patience())
def sync_due_links(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic task its moment
    """Start a sync of every payroll link that was not read for longer than it should."""
    for tenant_id in tenant_ids():
        with tenant_scope(tenant_id, actor="job:sweep"):
            due = health.due_for_reading(clock())
        for link in due:
            wake("sync_link", f"sync:{link}", tenant_id=tenant_id, link=str(link))


@app.periodic(cron="* * * * * */20")
@app.task(
    name="rescue_stalled", queue="rescue", queueing_lock="rescue_stalled", retry=Patience(), pass_context=True
)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - as above
    """Start again what a killed worker left behind: it stays `doing` for ever otherwise."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await _retry(jobs, job)


async def _retry(jobs: JobManager, job: Job) -> None:
    try:
        await jobs.retry_job(job)
    except Exception:
        # One job that cannot be retried must not keep the others waiting; it is tried again next time.
        logger.exception("stalled job could not be started again", extra={"job": job.id})
