"""How the queue keeps its word when processes and the database die: no wake-up is lost, no work is doubled."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import psycopg
from django.db import InterfaceError, OperationalError, connection
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import RetryDecision

AGAIN_SECONDS = 2
WRITING_TRIES = 10

DATABASE_AWAY = (OperationalError, InterfaceError, ConnectorException)


class Patience(RetryStrategy):
    """Three tries for what fails by itself; as many as it takes for what failed because the database went away."""

    def __init__(self) -> None:
        super().__init__(max_attempts=3, exponential_wait=5)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None: no more."""
        if isinstance(exception, DATABASE_AWAY):
            # Says nothing of the job: a server that restarts five times must not use up its tries.
            return RetryDecision(retry_in={"seconds": AGAIN_SECONDS})
        return super().get_retry_decision(exception=exception, job=job)


class PatientJobs(JobManager):
    """Writes down how a job went, also when the database was away at that very moment.

    Procrastinate writes it once. A job whose outcome got lost stays `doing`, and as long as its worker lives
    nobody takes it for stalled.
    """

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """Keep the outcome of a job that is over."""
        await _patiently(lambda: JobManager.finish_job(self, job, status, delete_job))

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back; when the same one waits already that one is enough, and this one goes."""
        try:
            await _patiently(lambda: JobManager.retry_job(self, job, retry_at, priority, queue, lock))
        except UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)


async def _patiently(write: Callable[[], Awaitable[None]]) -> None:
    for _ in range(WRITING_TRIES):
        try:
            return await write()
        except ConnectorException as error:
            if not isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                raise
            await asyncio.sleep(AGAIN_SECONDS)
    return await write()


def be_patient(app: App) -> None:
    """Called by Procrastinate when its app is ready (PROCRASTINATE_ON_APP_READY)."""
    app.job_manager = PatientJobs(app.connector)


@contextmanager
def turn(at: str) -> Iterator[bool]:
    """Whether it is ours to do now what only one may do at a time, among all processes.

    The lock is the database session's: it goes when the process dies or the connection breaks, at once. A lock
    in the queue would stay until the rescue.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [at])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            # A connection that broke has given it back already.
            with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [at])
