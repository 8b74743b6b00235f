"""The vendor's brake: above 150 calls in a second each call waits half a second, of the whole environment."""

import threading
from collections import deque
from collections.abc import Callable

CALLS_PER_SECOND = 150
DELAY_SECONDS = 0.5


class Throttle:
    """Counts the calls of the last second; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()

    def delay(self) -> float:
        """Count one call; how many seconds it has to wait."""
        with self._lock:
            now = self._clock()
            while self._recent and self._recent[0] <= now - 1.0:
                self._recent.popleft()
            self._recent.append(now)
            return DELAY_SECONDS if len(self._recent) > CALLS_PER_SECOND else 0.0
