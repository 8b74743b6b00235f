"""The killer: draws a victim, waits until it stands, and sends SIGKILL."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg
from tests.storm.plan import LONGEST_GAP, SHORTEST_GAP, VICTIMS, Plan
from tests.storm.posts import Post, kill
from tests.storm.visitor import Visitor
from tests.storm.watch import Watch

PATIENCE_SECONDS = 120


class NothingToKill(Exception):
    """A victim did not come back; the message says which."""


@dataclass(slots=True)
class Killer:
    """Only what stands is hit: a program that is still starting would be an easy victim, and no work would be
    interrupted."""

    plan: Plan
    posts: Sequence[Post]
    watch: Watch
    visitor: Visitor
    killed: Counter[str] = field(default_factory=Counter)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"killer {self.plan.seed}")

    def storm(self, check: Callable[[], None]) -> None:
        """All the kills. `check` is called before each, and raises when something else went wrong."""
        while self.killed.total() < self.plan.kills:
            check()
            time.sleep(self._chance.uniform(SHORTEST_GAP, LONGEST_GAP))
            victim = self._chance.choices(tuple(VICTIMS), tuple(VICTIMS.values()))[0]
            self._hit(victim)
            self.killed[victim] += 1

    def _hit(self, victim: str) -> None:
        find = {
            "web": self._web,
            "worker": self._worker,
            "backend": self._backend,
            "postmaster": self._postmaster,
        }[victim]
        patience_ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < patience_ends:
            try:
                pid = find()
            except psycopg.Error:
                pid = None  # the database is on its way back
            if pid is not None and kill(pid):
                return
            time.sleep(0.05)
        raise NothingToKill(f"no {victim} stood for {PATIENCE_SECONDS} seconds")

    def _web(self) -> int | None:
        """The process that watches, or one of those that answer."""
        pids = self.posts[0].pids
        return self._chance.choice(pids) if pids and self.visitor.is_served() else None

    def _worker(self) -> int | None:
        listening = self.watch.listening()
        standing = [post.pids for post in self.posts[1:] if f"storm-{post.name}" in listening and post.pids]
        return self._chance.choice(standing)[0] if standing else None

    def _backend(self) -> int | None:
        pids = self.watch.backends()
        return self._chance.choice(pids) if pids else None

    def _postmaster(self) -> int | None:
        self.watch.backends()  # it answers
        return self.watch.postmaster()
