"""The outside world of the demonstration: a simulated Nmbrs and two simulated carriers, and the clerk's desk."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from schakel.cli.demo.processes import Program, ProgramFailed

PENSION_POLICIES = ("PEN-1001", "PEN-1002")  # one for each entity
INSURER_POLICIES = (("WGA-2001", "ONG-2001"), ("WGA-2002", "ONG-2002"))
KNOWN_SINCE = "2020-01-01"


@dataclass(frozen=True, slots=True)
class EntityThere:
    """One entity as the simulated Nmbrs lists it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CarrierLine:
    """How a simulated carrier is reached."""

    kind: str
    name: str
    address: str
    token: str = field(repr=False)


class Desk:
    """The payroll clerk's desk of the simulated Nmbrs, over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._http = httpx.Client(base_url=address, timeout=30, trust_env=False)

    def ask(self, path: str, **query: Any) -> Any:
        """Look something up."""
        return self._answer(self._http.get(path, params=query))

    def do(self, action: str, **values: Any) -> Any:
        """Enter a change, as a clerk would."""
        return self._answer(self._http.post(action, json=values))

    def _answer(self, response: httpx.Response) -> Any:
        if response.is_error:
            raise ProgramFailed(f"the clerk's desk refused {response.request.url.path}: {response.text}")
        return response.json()

    def close(self) -> None:
        self._http.close()


@dataclass(frozen=True, slots=True)
class StandIns:
    """Everything outside that the demonstration talks to."""

    host: str
    username: str
    domain: str
    entities: tuple[EntityThere, ...]
    carriers: tuple[CarrierLine, ...]
    desk: Desk
    token: str = field(repr=False)


@contextmanager
def stand_ins(employees: int, seed: int, logs: Path, *, delays: bool = True) -> Iterator[StandIns]:
    """Start all of it; everything ends with the block. Without `delays` Nmbrs does not slow down who asks too much."""
    payroll = ["simulate", "nmbrs", "--json", "--employees", str(employees), "--seed", str(seed)]
    payroll += [] if delays else ["--profile", "delay=off"]
    carriers = ["simulate", "carriers", "--json", *_policies("--pension-policy", PENSION_POLICIES)]
    carriers += _policies("--insurer-policy", [number for both in INSURER_POLICIES for number in both])
    with Program(payroll, logs / "nmbrs.log") as one, Program(carriers, logs / "carriers.log") as two:
        told: Mapping[str, Any] = one.first_line()
        lines = two.first_line()["carriers"]
        desk = Desk(told["desk"])
        try:
            yield StandIns(
                host=urlsplit(told["base_url"]).netloc,
                username=told["username"],
                domain=told["domain"],
                entities=tuple(EntityThere(int(one["id"]), one["name"]) for one in told["companies"]),
                carriers=tuple(
                    CarrierLine(one["kind"], one["name"], one["address"], one["token"]) for one in lines
                ),
                desk=desk,
                token=told["token"],
            )
        finally:
            desk.close()


def _policies(option: str, numbers: Sequence[str]) -> list[str]:
    return [word for number in numbers for word in (option, f"{number}={KNOWN_SINCE}")]
