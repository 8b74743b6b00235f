"""The other programs of the demonstration, each a process of its own that ends with ours, however we end."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from schakel.cli.ending import END_WITH_INPUT


class ProgramFailed(Exception):
    """A program of the demonstration did not start; the message says which, and what it said last."""


class Program:
    """One running `schakel` command. Its input is a pipe of ours: when we are gone, it reads the end and stops."""

    def __init__(
        self,
        arguments: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
        *,
        module: str = "schakel.cli.main",
    ) -> None:
        self.name = " ".join(arguments[:2])
        self.log = log
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=handle,
                env={**os.environ, **(environment or {}), END_WITH_INPUT: "1"},
            )
        finally:
            os.close(handle)

    def first_line(self) -> Any:
        """The line of JSON a simulator begins with. Raises ProgramFailed."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise ProgramFailed(f"“schakel {self.name}” did not start: {self.last_words()}")
        return json.loads(line)

    def last_words(self) -> str:
        """The end of what it wrote, for the error message."""
        return self.log.read_text(encoding="utf-8", errors="replace").strip()[-600:] or "it said nothing"

    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and wait; what does not listen is killed."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
