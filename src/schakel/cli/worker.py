"""`schakel worker`: the jobs. The database may go away for a while; the worker then waits and begins anew."""

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the real import waits for Django
    from procrastinate import App

logger = logging.getLogger(__name__)

QUEUES = ("rescue", "sweep", "delivery", "payroll")
GRACE_SECONDS = 30
AGAIN_AFTER_SECONDS = 1


@click.command()
@click.option(
    "--queue", "queues", multiple=True, type=click.Choice(QUEUES), help="Only this queue; may be repeated."
)
@click.option(
    "--concurrency", type=click.IntRange(1, 64), default=4, show_default=True, help="Jobs at the same time."
)
@click.option("--once", is_flag=True, help="Do what waits, then end.")
def worker(queues: tuple[str, ...], concurrency: int, once: bool) -> None:
    """Run the jobs until Ctrl-C or SIGTERM; what runs then is finished first.

    Several workers may run, on several machines: each takes what no other has. A worker that was killed leaves
    its jobs behind, and any other starts them again within a minute. Without --queue it serves all of them:
    reading payroll, delivery to the carriers, the sweep that finds what was forgotten, and the rescue.
    """
    from schakel.cli.database import ready_database  # noqa: PLC0415 - help must not wait for Django

    ready_database()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - only after Django is set up

    asyncio.run(live(app, queues or QUEUES, concurrency, wait=not once))


async def live(app: "App", queues: tuple[str, ...], concurrency: int, *, wait: bool) -> None:
    """Worker after worker: one ends when it loses the database, and the next begins. A signal ends them all."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        life = asyncio.create_task(one_life(app, queues, concurrency, wait=wait))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait({life, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        life.cancel()  # Procrastinate takes this as: finish what runs, then leave
        is_well = await ended_well(life)
        if is_well and not wait:
            return
        if not stop.is_set():
            await asyncio.sleep(AGAIN_AFTER_SECONDS)


async def one_life(app: "App", queues: tuple[str, ...], concurrency: int, *, wait: bool) -> None:
    """One worker on connections of its own: Django's own connector cannot listen."""
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415 - only after Django is set up

    with app.replace_connector(DjangoConnector().get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async(
                queues=list(queues),
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",  # a job is a wake-up; what it did stands in the tables
                shutdown_graceful_timeout=GRACE_SECONDS,
                install_signal_handlers=False,
            )


async def ended_well(life: asyncio.Task[None]) -> bool:
    """Whether this worker ended by itself or was told to, and did not lose the database."""
    import psycopg  # noqa: PLC0415 - with Django, after the help
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415

    try:
        await life
    except asyncio.CancelledError:
        return True
    except (ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ if isinstance(error, ConnectorException) else error
        if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
            raise  # the database is there, and says that we are wrong
        logger.warning("worker lost the database", extra={"error": type(cause).__name__})
        return False
    return True
