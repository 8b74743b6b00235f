"""Every call as it is kept for tests: operation, ids, moment, outcome. Never a token, a name or a BSN."""

import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. Ids are 0 when the call has none."""

    number: int
    at: str
    service: str
    operation: str
    company_id: int
    employee_id: int
    parameters: Mapping[str, str]
    version: str
    outcome: str  #: `ok`, one of Nmbrs' codes, `client`, `unroutable` or another role of a SOAP fault
    mishap: str  #: what was made to go wrong; empty when nothing was
    status: int  #: 0: the connection was closed without an answer
    delayed: bool
    milliseconds: int


class Journal:
    """The last hundred thousand calls, and how many there were of each operation since it was cleared."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()
        self._number = 0
        self._lock = threading.Lock()

    def write(self, **told: Any) -> None:
        """Add one call; number and moment are given here."""
        with self._lock:
            self._number += 1
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            self._entries.append(Entry(number=self._number, at=at, **told))
            self._counts[told["operation"]] += 1

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        with self._lock:
            self._entries.clear()
            self._counts.clear()

    @property
    def entries(self) -> list[Entry]:
        """Every call that is kept, oldest first."""
        with self._lock:
            return list(self._entries)

    @property
    def counts(self) -> dict[str, int]:
        """Calls per operation, also of those that are no longer kept."""
        with self._lock:
            return dict(self._counts)

    def told(self, *, after: int = 0, operation: str = "", at_most: int = KEPT) -> dict[str, Any]:
        """The journal as JSON shows it: the newest `at_most` of the calls asked for."""
        wanted = [
            asdict(entry)
            for entry in self.entries
            if entry.number > after and operation in ("", entry.operation)
        ]
        return {"counts": self.counts, "requests": wanted[-at_most:]}
