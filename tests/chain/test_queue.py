"""The queue keeps its word when the database goes away, and nobody reads a link twice at a time."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from tests.chain.works import Works

from schakel.chain import jobs, queue, runs


def job(attempts: int = 0) -> Job:
    return Job(
        id=7, queue="payroll", lock=None, queueing_lock="sync:x", task_name="sync_link", attempts=attempts
    )


def away() -> ConnectorException:
    error = ConnectorException()
    error.__cause__ = psycopg.OperationalError()
    return error


def test_a_database_that_goes_away_does_not_use_up_the_tries() -> None:
    patience = queue.Patience()
    assert patience.get_retry_decision(exception=OperationalError(), job=job(attempts=50)) is not None
    assert patience.get_retry_decision(exception=ValueError(), job=job(attempts=2)) is not None
    assert patience.get_retry_decision(exception=ValueError(), job=job(attempts=3)) is None


def test_every_job_of_the_chain_is_patient() -> None:
    ours = [task for task in set(app.tasks.values()) if task.func.__module__ == jobs.__name__]
    assert len(ours) == 6
    assert all(isinstance(task.retry_strategy, queue.Patience) for task in ours)


class Line:
    """A connector that fails as it is told, and remembers what reached it."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.written = list(failures), list[str]()

    async def execute_query_async(self, query: str, **_arguments: object) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.written.append("finish" if "finish_job" in query else "retry")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "AGAIN_SECONDS", 0)


@pytest.mark.usefixtures("quick")
def test_an_outcome_is_written_when_the_database_is_back() -> None:
    line = Line(away(), away())
    asyncio.run(queue.PatientJobs(line).finish_job(job(), Status.SUCCEEDED, True))  # type: ignore[arg-type]  # a stand-in with the one method that is called
    assert line.written == ["finish"]


@pytest.mark.usefixtures("quick")
def test_what_is_wrong_for_another_reason_is_told_at_once() -> None:
    line = Line(ConnectorException())
    with pytest.raises(ConnectorException):
        asyncio.run(queue.PatientJobs(line).finish_job(job(), Status.SUCCEEDED, True))  # type: ignore[arg-type]  # a stand-in with the one method that is called
    assert line.written == []


@pytest.mark.usefixtures("quick")
def test_a_job_that_comes_back_while_the_same_one_waits_gives_way() -> None:
    line = Line(UniqueViolation(constraint_name="x", queueing_lock="sync:x"))
    asyncio.run(queue.PatientJobs(line).retry_job(job()))  # type: ignore[arg-type]  # a stand-in with the one method that is called
    assert line.written == ["finish"]


def test_procrastinate_keeps_jobs_the_patient_way() -> None:
    assert isinstance(app.job_manager, queue.PatientJobs)


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[psycopg.Connection]:
    """Another process' connection."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_only_one_has_the_turn_and_it_comes_back_by_itself(
    works: Works, elsewhere: psycopg.Connection
) -> None:
    elsewhere.execute("SELECT pg_advisory_lock(hashtextextended('sync|a', 0))")
    with queue.turn("sync|a") as is_ours, queue.turn("sync|b") as is_also_ours:
        assert (is_ours, is_also_ours) == (False, True)
    elsewhere.close()  # as when the process dies
    for _ in range(100):
        with queue.turn("sync|a") as is_ours:
            if is_ours:
                break
    assert is_ours


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(jobs, "wake", lambda name, _key, **_: found.append(name))
    return found


def test_a_reading_that_meets_another_is_put_back(
    works: Works, woken: list[str], elsewhere: psycopg.Connection
) -> None:
    elsewhere.execute(f"SELECT pg_advisory_lock(hashtextextended('sync|{works.link}', 0))".encode())
    jobs.sync_link(works.tenant_id, str(works.link))
    assert woken == ["sync_link"]
    assert works.payroll.calls == []


@pytest.mark.parametrize(("resumed", "follows"), [(0, ["work_outbox"]), (3, ["sync_link", "work_outbox"])])
def test_answers_of_an_earlier_try_are_followed_by_a_reading_of_its_own(
    works: Works, woken: list[str], monkeypatch: pytest.MonkeyPatch, resumed: int, follows: list[str]
) -> None:
    monkeypatch.setattr(runs, "sync_link", lambda *_: runs.SyncReport(resumed=resumed))
    jobs.sync_link(works.tenant_id, str(uuid4()))
    assert woken == follows
