"""Programs that another one started end with it, also when it was killed and could not say so."""

import os
import signal
import sys
import threading

END_WITH_INPUT = "SCHAKEL_END_WITH_INPUT"


def end_with_input() -> None:
    """When asked to (by environment), stop this process as soon as its input ends."""
    if os.environ.pop(END_WITH_INPUT, "") == "1":
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
