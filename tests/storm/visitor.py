"""Somebody at the portal who asks for a reading again and again. Each answer is a promise."""

import random
import re
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from uuid import UUID

    from schakel.cli.demo.firm import LogIn

SHORTEST_PAUSE, LONGEST_PAUSE = 0.3, 1.2
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NotLoggedIn(Exception):
    """The portal let nobody in; the message says what it answered."""


@dataclass(slots=True)
class Visitor:
    """Logged in once; the session is in the database and must outlive every process."""

    address: str
    log_in: "LogIn"
    link: "UUID"
    seed: int
    promises: list[float] = field(default_factory=list)  #: epoch seconds just before each was asked
    refused: int = 0  #: asked and not acknowledged: no promise was made
    _chance: random.Random = field(init=False)
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"visitor {self.seed}")
        self._http = httpx.Client(base_url=self.address, timeout=15, trust_env=False)

    def enter(self) -> None:
        """Log in as a person would. Raises NotLoggedIn."""
        form = self._http.get("/account/login/")
        told = TOKEN.search(form.text)
        if told is None:
            raise NotLoggedIn(f"the log-in page answered {form.status_code} without a form")
        answer = self._http.post(
            "/account/login/",
            data={
                "csrfmiddlewaretoken": told[1],
                "login": self.log_in.email,
                "password": self.log_in.password,
            },
            headers={"Referer": f"{self.address}/account/login/"},
        )
        if answer.status_code != 302 or "sessionid" not in self._http.cookies:
            raise NotLoggedIn(f"the log-in page answered {answer.status_code}")

    def ask_until(self, stop: threading.Event) -> None:
        """Ask again and again, until told to stop."""
        while not stop.wait(self._chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)):
            self.ask()

    def ask(self) -> bool:
        """Sync now. True: the portal said that it will happen."""
        asked_at = time.time()
        try:
            answer = self._http.post(
                f"/links/{self.link}/sync/",
                data={"csrfmiddlewaretoken": self._http.cookies["csrftoken"]},
                headers={"Referer": f"{self.address}/links/"},
            )
        except httpx.HTTPError:
            self.refused += 1
            return False
        if answer.status_code == 302 and str(self.link) in answer.headers.get("location", ""):
            self.promises.append(asked_at)
            return True
        self.refused += 1
        return False

    def is_served(self) -> bool:
        """Whether the portal answers at all now."""
        try:
            return httpx.get(f"{self.address}/account/login/", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def close(self) -> None:
        self._http.close()
