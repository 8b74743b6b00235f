"""One simulated carrier as a server on loopback, for tests and for `schakel simulate carriers`."""

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self

from waitress import wasyncore
from waitress.server import create_server

from schakel_simulators.carriers.checks import Kind
from schakel_simulators.carriers.faults import Faults
from schakel_simulators.carriers.ledger import Ledger, Message, Policy
from schakel_simulators.carriers.wsgi import CarrierApplication, Entry

NAMES: dict[Kind, str] = {
    "pension_provider": "Pensioenfonds Voorbeeld (nagebootst)",
    "insurer": "Verzekeraar Voorbeeld (nagebootst)",
}
DEFAULT_POLICIES: dict[Kind, tuple[Policy, ...]] = {
    "pension_provider": (
        Policy("PEN-1001", date(2020, 1, 1), "pensioenregeling"),
        Policy("PEN-1002", date(2020, 1, 1), "partner- en wezenpensioen"),
    ),
    "insurer": (
        Policy("WGA-2001", date(2020, 1, 1), "WGA-hiaat"),
        Policy("ONG-2002", date(2020, 1, 1), "collectieve ongevallen"),
        Policy("PAR-2003", date(2020, 1, 1), "partner- en wezenpensioen op risicobasis"),
    ),
}
"""Policies a carrier knows when none are given."""


class CarrierSimulator:
    """A carrier that runs between `with` and its end; everything it keeps is in memory.

    `decide_after_seconds` 0 means a verdict at once, before the receipt is even on its way back. `clock`
    gives seconds and only decides when a verdict is due. `accept_any_policy` takes unknown policy numbers
    as known.
    """

    def __init__(
        self,
        kind: Kind = "pension_provider",
        port: int = 0,
        seed: int = 1,
        policies: Sequence[Policy] | None = None,
        *,
        decide_after_seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        accept_any_policy: bool = False,
        threads: int = 16,
        name: str = "",
        token: str = "",
    ) -> None:
        self.kind = kind
        self.name = name or NAMES[kind]
        # 32 hex digits, so that a log that lets it through would be caught by the same filter as a real one.
        self.token = token or hashlib.sha256(f"{kind} {seed}".encode()).hexdigest()[:32]
        self.faults = Faults(seed)
        self.ledger = Ledger(
            kind,
            DEFAULT_POLICIES[kind] if policies is None else policies,
            seed=seed,
            decide_after_seconds=decide_after_seconds,
            clock=clock,
            accept_any_policy=accept_any_policy,
        )
        self.application = CarrierApplication(self.name, self.ledger, self.faults, self.token)
        self._port = port
        self._threads = threads
        self._server: Any = None
        self._map: dict[int, Any] = {}
        self._loop: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where the interface is reached: `http://127.0.0.1:PORT/`."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def desk(self) -> str:
        """Where the desk is reached."""
        return f"{self.address}desk/"

    @property
    def port(self) -> int:
        """The port, also when 0 (any free one) was asked."""
        return self._port if self._server is None else int(self._server.effective_port)

    @property
    def log(self) -> list[Entry]:
        """Every request at the interface, oldest first."""
        return list(self.application.log)

    @property
    def messages(self) -> dict[str, Message]:
        """Every message by id."""
        return self.ledger.messages

    @property
    def policies(self) -> list[Policy]:
        """Every policy this carrier knows."""
        return list(self.ledger.policies.values())

    def held(self, policy: str, reference: str, on: date) -> dict[str, Any] | None:
        """What this carrier holds, in the form of its own read-back."""
        return self.ledger.held(policy, reference, on)

    def start(self) -> Self:
        """Listen; returns when connections are taken."""
        # Bound here and not by waitress, which leaves its half-made server behind when the port is taken.
        listening = socket.create_server(("127.0.0.1", self._port))
        self._server = create_server(
            self.application,
            map=self._map,
            sockets=[listening],
            threads=self._threads,
            ident=None,
            max_request_body_size=64 * 1024 * 1024,
        )
        self._loop = threading.Thread(target=self._serve, name=f"carrier-{self.kind}", daemon=True)
        self._loop.start()
        return self

    def stop(self) -> None:
        """Close every connection; requests that hang are let go."""
        if self._server is None or self._loop is None:
            return
        self.application.stopping.set()
        self._server.pull_trigger()
        self._loop.join(10)
        self._port = self.port
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._map, ignore_all=True)
        self._server = self._loop = None

    def _serve(self) -> None:
        while not self.application.stopping.is_set():
            wasyncore.loop(timeout=1.0, map=self._map, count=1, use_poll=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
