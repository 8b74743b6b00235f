"""Programs that another one started end with it, also when it was killed and could not say so."""

import os
import signal
import threading

END_WITH_INPUT = "SCHAKEL_END_WITH_INPUT"


def end_with_input() -> None:
    """When asked to (by environment), stop this process as soon as its input ends."""
    if os.environ.pop(END_WITH_INPUT, "") == "1":
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # Not through sys.stdin: a thread that waits in there keeps its lock, and Python then aborts when it ends.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
