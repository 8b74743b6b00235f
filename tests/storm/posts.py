"""The programs that are killed, and who starts them again."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from schakel.cli.demo.processes import Program

WORKERS = 2


@dataclass(slots=True)
class Post:
    """One program that should always run; `lives` counts how often it was started."""

    name: str
    arguments: Sequence[str]
    folder: Path
    module: str = "schakel.cli.main"
    environment: Mapping[str, str] = field(default_factory=dict)
    program: Program | None = None
    lives: int = 0

    def start(self) -> None:
        """Begin another life, with a log of its own."""
        if self.program is not None:
            self.program.stop()  # it is dead; this closes its pipes
        self.lives += 1
        log = self.folder / f"{self.name}-{self.lives:04}.log"
        self.program = Program(self.arguments, log, self.environment, module=self.module)

    @property
    def is_running(self) -> bool:
        return self.program is not None and self.program.is_running()

    @property
    def pids(self) -> list[int]:
        """Its process, and the ones it started."""
        if self.program is None or not self.program.is_running():
            return []
        return [self.program.process.pid, *children(self.program.process.pid)]


def children(pid: int) -> list[int]:
    """The processes that a process started; none where the system has no list of them."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def posts_of(folder: Path, port: int, *, is_naive: bool) -> list[Post]:
    """The portal and the workers, each known to the database by its own name."""
    module = "tests.storm.naive" if is_naive else "schakel.cli.main"
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)} if is_naive else {}
    web = Post("web", ["serve", "--port", str(port)], folder, environment={"PGAPPNAME": "storm-web"})
    workers = [
        Post(f"worker-{one}", ["worker"], folder, module, {"PGAPPNAME": f"storm-worker-{one}", **paths})
        for one in range(1, WORKERS + 1)
    ]
    return [web, *workers]


def tend(posts: Sequence[Post], stop: threading.Event) -> None:
    """Start again whatever died, at once, until told to stop."""
    while not stop.is_set():
        for post in posts:
            if not post.is_running:
                post.start()
        time.sleep(0.02)


@contextmanager
def ended(posts: Sequence[Post]) -> Iterator[None]:
    """End every program with the block."""
    try:
        yield
    finally:
        for post in posts:
            if post.program is not None:
                post.program.stop()


def kill(pid: int) -> bool:
    """SIGKILL; False when the process was gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
