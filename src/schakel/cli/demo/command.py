"""`schakel demo`: everything on this machine, with nothing to set up."""

import fcntl
import os
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click
import httpx
from rich.console import Console

from schakel.cli import embedded_postgres
from schakel.cli.database import ready_database, var_folder
from schakel.cli.demo.outcome import Story
from schakel.cli.demo.processes import Program, ProgramFailed
from schakel.cli.demo.stand_ins import StandIns, stand_ins
from schakel.cli.progress import Watched, bars
from schakel.cli.serve import DEFAULT_PORT

CALLS_PER_SECOND = 140  # the stand-in counts as the vendor does: above 150 each call waits half a second


def clock() -> datetime:
    """The clock of the demonstration is the real one; the payroll periods are those of the story."""
    return datetime.now(UTC)


@click.command()
@click.option("--once", is_flag=True, help="Play the story, print and write its outcome, and end.")
@click.option("--employees", type=click.IntRange(20, 5000), default=120, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Other people, the same story.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True)
def demo(*, once: bool, employees: int, seed: int, port: int) -> None:
    """Show everything: a payroll clerk's change becomes amounts, messages and a screen that explains them.

    Starts a stand-in for Nmbrs and two for carriers, connects them, enrols everybody, and then plays a raise
    two months back, fewer hours, a hire, a leaver, a marriage, a correction, and a sync in which nothing
    changed. Without --once it then shows the portal's address and log-ins, and runs until Ctrl-C.

    The demonstration has a database of its own, made anew each time. The outcome is written to
    var/demo.json. Ends with 1 unless every step held.
    """
    console = Console(stderr=True)
    outcome_file = var_folder() / "demo.json"
    with ExitStack() as stack:
        folder = own_folder(var_folder(), stack)
        os.environ["SCHAKEL_VAR"] = str(folder)
        try:
            with console.status("Starting the database"):
                fresh_database(folder)
            console.print("[green]✔[/green] Database")
            outside = stack.enter_context(stand_ins(employees, seed, folder))
            console.print(f"[green]✔[/green] Nmbrs (nagebootst, {outside.host}) and two carriers")
            story, log_ins = play(outside, console, employees)
            console.print(story.as_table())
            story.write(outcome_file)
            console.print(f"Outcome: {outcome_file}")
            for step in story.steps:
                for problem in step.problems:
                    console.print(f"[red]✘[/red] {step.title}: {problem}")
            if not once:
                stay(console, folder, outside, log_ins, port)
        except ProgramFailed as error:
            console.print(f"[red]✘[/red] {error}")
            sys.exit(1)
    if not story.holds:
        sys.exit(1)


def own_folder(var: Path, stack: ExitStack) -> Path:
    """The folder of this run: that of the last one, or another when a demonstration runs already."""
    embedded_postgres.make_var(var)
    for name in ("demo", *(f"demo-{number}" for number in range(2, 100))):
        folder = var / name
        lock = os.open(var / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        stack.callback(os.close, lock)
        embedded_postgres.make_var(folder)
        return folder
    raise click.ClickException("There are 99 demonstrations running; stop one.")


def fresh_database(folder: Path) -> None:
    """An empty database of our own, migrated. In one of DATABASE_URL nothing is removed: the firm is new there."""
    if os.environ.get("DATABASE_URL"):
        ready_database()
        return
    with embedded_postgres.use(folder) as server:
        server.empty()
        ready_database()


def play(outside: StandIns, console: Console, employees: int) -> tuple[Story, list[str]]:
    """Set the firm up and play the story, with bars for whoever watches."""
    from schakel.cli.demo import firm, scenario  # noqa: PLC0415 - only after Django is set up

    with console.status("Agreeing schemes and connecting payroll"):
        made = firm.set_up(outside, clock(), calls_per_second=CALLS_PER_SECOND)
    console.print("[green]✔[/green] Schemes agreed, payroll connected, every right checked")
    with bars(console) as progress:
        story = scenario.play(made, outside, clock, Watched(progress), employees)
    return story, [f"{one.email:<32} {one.password:<14} {one.what}" for one in made.log_ins]


def stay(console: Console, folder: Path, outside: StandIns, log_ins: list[str], port: int) -> None:
    """Serve the portal and run the jobs until Ctrl-C."""
    port = port if port and is_free(port) else free_port()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with (
        Program(["serve", "--port", str(port)], folder / "serve.log") as portal,
        Program(["worker"], folder / "worker.log") as worker,
    ):
        with console.status("Starting the portal"):
            until_answering(portal, f"http://127.0.0.1:{port}/healthz")
        console.print(f"\n[bold]Portal[/bold]        http://127.0.0.1:{port}/")
        console.print(
            f"[bold]Clerk's desk[/bold]  {outside.desk.address} (enter a change, then sync in the portal)"
        )
        for carrier in outside.carriers:
            console.print(f"[bold]Carrier[/bold]       {carrier.address} ({carrier.name})")
        console.print("\n[bold]Log-ins[/bold]")
        for line in log_ins:
            console.print(f"  {line}", highlight=False)
        console.print("\nCtrl-C stops everything.")
        while not stop.wait(1):
            for program in (portal, worker):
                if not program.is_running():
                    raise ProgramFailed(f"“schakel {program.name}” ended: {program.last_words()}")


def until_answering(portal: Program, address: str) -> None:
    """Wait as long as it is starting: an address that is shown must work. Raises ProgramFailed."""
    while portal.is_running():
        try:
            httpx.get(address, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise ProgramFailed(f"“schakel {portal.name}” ended: {portal.last_words()}")


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port the machine has left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
