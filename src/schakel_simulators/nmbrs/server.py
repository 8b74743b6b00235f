"""The simulated Nmbrs as a server on loopback, for tests and for `schakel simulate nmbrs`."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import Any, Self

from waitress import wasyncore
from waitress.server import create_server

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.environment import Company, User
from schakel_simulators.nmbrs.books.generator import DEFAULT_COMPANIES, CompanyPlan, generate
from schakel_simulators.nmbrs.desk import desk_app
from schakel_simulators.nmbrs.soap.application import NmbrsApplication
from schakel_simulators.nmbrs.soap.journal import Entry, Journal
from schakel_simulators.nmbrs.soap.mishaps import Mishaps
from schakel_simulators.nmbrs.soap.profile import Profile

STORY_STARTS_ON = date(2026, 11, 16)
"""The day in whose pay period everything begins when no other is given: the same seed, the same bytes."""


class NmbrsSimulator:
    """A simulated Nmbrs that runs between `with` and its end; everything it keeps is in memory.

    `clock` gives seconds, for the brake on calls and for reports in the background, which are ready after
    `report_seconds`. `books` takes the place of generated ones.
    """

    def __init__(
        self,
        port: int = 0,
        employees: int = 120,
        seed: int = 1,
        *,
        start_on: date = STORY_STARTS_ON,
        companies: Sequence[CompanyPlan] = DEFAULT_COMPANIES,
        books: Books | None = None,
        profile: Profile | None = None,
        report_seconds: float = 0.2,
        clock: Callable[[], float] = time.monotonic,
        threads: int = 48,
    ) -> None:
        self.books = books or generate(start_on=start_on, employees=employees, seed=seed, companies=companies)
        journal = Journal()
        self.application = NmbrsApplication(
            self.books,
            desk_app(self.books, lambda: journal.entries),
            journal,
            seed=seed,
            profile=profile or Profile(),
            report_seconds=report_seconds,
            clock=clock,
        )
        self._port = port
        self._threads = threads
        self._server: Any = None
        self._map: dict[int, Any] = {}
        self._loop: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port, also when 0 (any free one) was asked."""
        return self._port if self._server is None else int(self._server.effective_port)

    @property
    def address(self) -> str:
        """The root: the clerk's page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def base_url(self) -> str:
        """Where the services are: `http://127.0.0.1:PORT/soap/v3/`."""
        return f"{self.address}soap/v3/"

    @property
    def desk(self) -> str:
        """Where the desk is: `http://127.0.0.1:PORT/desk/`."""
        return f"{self.address}desk/"

    @property
    def user(self) -> User:
        """The login that was handed out."""
        return self.books.environment.users[0]

    @property
    def username(self) -> str:
        return self.user.email

    @property
    def token(self) -> str:
        """32 characters; empty once it is revoked."""
        return self.user.token

    @property
    def domain(self) -> str:
        return self.books.environment.sub_domain

    @property
    def companies(self) -> tuple[Company, ...]:
        """Every company, also those that are hidden."""
        return tuple(self.books.companies.values())

    @property
    def journal(self) -> Journal:
        return self.application.journal

    @property
    def log(self) -> list[Entry]:
        """Every call, oldest first."""
        return self.journal.entries

    @property
    def mishaps(self) -> Mishaps:
        """What is made to go wrong: `simulator.mishaps.add("html", operation="List_GetAll")`."""
        return self.application.mishaps

    def set_profile(self, **settings: Any) -> None:
        """Change how the wire behaves, by the names of `Profile`."""
        self.application.profile = replace(self.application.profile, **settings)

    def start(self) -> Self:
        """Listen; returns when connections are taken."""
        # Bound here and not by waitress, which leaves its half-made server behind when the port is taken.
        listening = socket.create_server(("127.0.0.1", self._port), backlog=512)
        self._server = create_server(
            self.application,
            map=self._map,
            sockets=[listening],
            threads=self._threads,
            ident=None,
            connection_limit=1000,
            channel_timeout=600,
            # A company-wide answer waits for its reader after a megabyte, so that it is never held whole.
            outbuf_high_watermark=1024 * 1024,
        )
        self.application.base_url = self.base_url
        self._loop = threading.Thread(target=self._serve, name="nmbrs", daemon=True)
        self._loop.start()
        return self

    def stop(self) -> None:
        """Close every connection; calls that hang are let go."""
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
