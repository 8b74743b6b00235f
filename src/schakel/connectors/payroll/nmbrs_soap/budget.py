"""The budget of calls per second of one link, shared by every thread of this process.

Two processes that read the same link each have a budget of their own; the chain reads a link in one job at a
time, so that is the exception.
"""

import threading
import weakref
from collections.abc import Callable

Seconds = Callable[[], float]
Sleep = Callable[[float], None]


class CallBudget:
    """Hands out moments to call at, evenly; what was not used for a moment may be caught up on."""

    def __init__(self, calls_per_second: float, catch_up: int, clock: Seconds, sleep: Sleep) -> None:
        self._interval = 1.0 / calls_per_second
        self._slack = catch_up * self._interval
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def take(self) -> float:
        """Wait for the next moment; returns the seconds waited."""
        with self._lock:
            now = self._clock()
            moment = max(self._next, now - self._slack)
            self._next = moment + self._interval
        wait = moment - now
        if wait <= 0:
            return 0.0
        self._sleep(wait)
        return wait


_shared: "weakref.WeakValueDictionary[tuple[str, str, str, float], CallBudget]" = (
    weakref.WeakValueDictionary()
)
_shared_lock = threading.Lock()


def shared_budget(
    address: str, username: str, domain: str, calls_per_second: float, make: Callable[[], CallBudget]
) -> CallBudget:
    """The one budget of a log-in at an address, for as long as somebody uses it."""
    key = (address, username, domain, calls_per_second)
    with _shared_lock:
        budget = _shared.get(key)
        if budget is None:
            budget = _shared[key] = make()
        return budget
