"""Programs that another one started: they end with its pipe, and by themselves without a crash."""

import signal
import subprocess
import sys

from schakel.cli.ending import END_WITH_INPUT

WAITS = "from schakel.cli.ending import end_with_input; import time; end_with_input(); time.sleep(30)"
ENDS = "from schakel.cli.ending import end_with_input; import time; end_with_input(); time.sleep(0.2)"


def started(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={END_WITH_INPUT: "1"},
    )


def test_it_ends_with_its_input() -> None:
    with started(WAITS) as program:
        assert program.stdin is not None
        program.stdin.close()
        assert program.wait(timeout=20) == -signal.SIGTERM


def test_it_ends_by_itself_while_its_input_is_open() -> None:
    with started(ENDS) as program:
        assert program.wait(timeout=20) == 0
        assert program.stderr is not None
        assert program.stderr.read() == b""
