"""One storm from the first kill to the last answer of the oracles, and the JSON that tells of it."""

import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.storm import posts as programs
from tests.storm.clerk import Clerk
from tests.storm.killer import Killer
from tests.storm.plan import Plan
from tests.storm.stage import Stage, clock, stage
from tests.storm.visitor import Visitor
from tests.storm.watch import Watch

from schakel.cli.demo.command import free_port

ASK_AGAIN_SECONDS = 0.5


@dataclass(slots=True)
class Result:
    """What one storm showed."""

    plan: Plan
    killed: dict[str, int]
    changes: int
    promised: int
    refused: int
    kept: int
    storm_seconds: float
    drain_seconds: float
    outages: list[float]
    moving: dict[str, int]  #: what had not come to rest when the time was up
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Nothing lost, nothing doubled, nothing invented, nothing different, and every promise kept."""
        return not any(self.verdict().values())

    def verdict(self) -> dict[str, int]:
        """The figures that must be zero."""
        found = self.found
        return {
            "lost": found["lost"] + found["unsaved"],
            "doubled": found["doubled"],
            "phantom": found["phantom"],
            "differences": found["recalculated_otherwise"] + found["held_otherwise"] + found["other_bytes"],
            "out_of_order": found["out_of_order"],
            "promises_broken": self.promised - self.kept,
            "moving": sum(self.moving.values()),
            "stalled_jobs": found["stalled_jobs"],
            "failed_jobs": found["failed_jobs"],
            "rejected": found["rejected"],
        }

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "holds": self.holds,
            "control_without_outbox": self.plan.is_naive,
            "seed": self.plan.seed,
            "kills": {"all": sum(self.killed.values()), **self.killed},
            "changes_acknowledged": self.changes,
            "readings_promised": self.promised,
            "readings_kept": self.kept,
            "readings_refused": self.refused,
            "messages": self.found["messages"],
            "messages_delivered": self.found["delivered"],
            "wire_repeats": self.found["repeats"],
            **self.verdict(),
            "lost_changes": self.found["unsaved"],
            "lost_messages": self.found["lost"],
            "other_bytes": self.found["other_bytes"],
            "storm_seconds": round(self.storm_seconds, 1),
            "drain_seconds": round(self.drain_seconds, 1),
            "database_outages": len(self.outages),
            "median_outage_seconds": round(statistics.median(self.outages or [0.0]), 2),
            "longest_outage_seconds": round(max(self.outages, default=0.0), 2),
            "still_moving": self.moving,
            "details": self.found["details"][:20],
        }


@dataclass(slots=True)
class Hands:
    """Everybody who acts during the storm, each in a thread; what goes wrong with one stops the storm."""

    pool: ThreadPoolExecutor
    at_work: list[Future[None]] = field(default_factory=list)

    def check(self) -> None:
        """Raise what went wrong with any of them."""
        for one in self.at_work:
            if one.done():
                one.result()


def run(plan: Plan, folder: Path) -> Result:
    """Set up, storm, wait, and ask."""
    with stage(plan.seed, folder) as ready:
        port = free_port()
        watch, clerk = Watch(ready.server), Clerk(ready.outside, plan.seed)
        log_in = next(one for one in ready.firm.log_ins if one.role == "operator")
        visitor = Visitor(f"http://127.0.0.1:{port}", log_in, ready.firm.link, plan.seed)
        posts = programs.posts_of(folder, port, is_naive=plan.is_naive)
        killer = Killer(plan, posts, watch, visitor)
        with programs.ended(posts), tended(posts) as hands:
            begin(visitor, hands)
            with outdoors(hands, clerk, visitor, watch) as streams:
                started = time.monotonic()
                killer.storm(hands.check)
                lasted = time.monotonic() - started
                streams.set()
                return calm(ready, plan, hands, Outcome(clerk, visitor, watch, killer, lasted))


@dataclass(slots=True)
class Outcome:
    """Who did what during the storm."""

    clerk: Clerk
    visitor: Visitor
    watch: Watch
    killer: Killer
    lasted: float


@contextmanager
def tended(posts: list[programs.Post]) -> Iterator[Hands]:
    """Programs that are started again whenever they die, until the end of the block."""
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        hands = Hands(pool)
        hands.at_work.append(pool.submit(programs.tend, posts, stop))
        try:
            yield hands
        finally:
            stop.set()


def begin(visitor: Visitor, hands: Hands) -> None:
    """Wait for the portal, and log in."""
    while not visitor.is_served():
        hands.check()
        time.sleep(0.2)
    visitor.enter()


@contextmanager
def outdoors(hands: Hands, clerk: Clerk, visitor: Visitor, watch: Watch) -> Iterator[threading.Event]:
    """Clerk, visitor and watch at work; the event ends the streams of the first two, the block all of them."""
    streams, eye = threading.Event(), threading.Event()
    hands.at_work += [
        hands.pool.submit(clerk.enter_until, streams),
        hands.pool.submit(visitor.ask_until, streams),
        hands.pool.submit(watch.look_until, eye),
    ]
    try:
        yield streams
    finally:
        streams.set()
        eye.set()


def calm(ready: Stage, plan: Plan, hands: Hands, outcome: Outcome) -> Result:
    """One last promise, which covers the last change; then nobody helps until all has come to rest."""
    from tests.storm import oracle, rest  # noqa: PLC0415 - only after Django is set up

    _, visitor = outcome.clerk, outcome.visitor
    for stream in hands.at_work[1:3]:
        stream.result()
    while not visitor.ask():
        hands.check()
        time.sleep(ASK_AGAIN_SECONDS)
    promised_at = visitor.promises[-1]
    left, took = rest.wait(ready, promised_at, plan.drain_seconds, hands.check, is_naive=plan.is_naive)
    return Result(
        plan,
        killed=dict(sorted(outcome.killer.killed.items())),
        changes=outcome.clerk.changes,
        promised=len(visitor.promises),
        refused=visitor.refused,
        kept=rest.kept(ready, visitor.promises),
        storm_seconds=outcome.lasted,
        drain_seconds=took,
        outages=outcome.watch.outages,
        moving=asdict(left),
        found=asdict(oracle.ask(ready, outcome.clerk.acknowledged, clock())),
    )
