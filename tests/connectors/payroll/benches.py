"""A payroll source on a test bench: the same scripts for the real source and for the fake."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from tests.connectors.payroll.recorded import deliver
from tests.fakes.payroll_source import FakeSource

from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    TemporarilyUnavailable,
    UnexpectedFormat,
)
from schakel.connectors.payroll_source import Entity, PayrollSource
from schakel.connectors.registry import open_source
from schakel_simulators.nmbrs import NmbrsSimulator

BREAKS: dict[str, type[ConnectorError]] = {
    "unavailable": TemporarilyUnavailable,
    "unauthorised": AuthorisationExpired,
    "unexpected": UnexpectedFormat,
}
SOURCES = ("nmbrs_soap", "fake")


class Bench(Protocol):
    """What the conformity suite can do to a payroll system."""

    source: PayrollSource

    def break_reading(self, how: str) -> None:
        """A reading breaks part-way with the error of this name, until `mend`."""

    def mend(self) -> None:
        """All goes well again."""

    def refuse(self) -> None:
        """One call is taken away."""


class NmbrsBench:
    """The real source, talking to the simulated Nmbrs."""

    def __init__(self, simulator: NmbrsSimulator) -> None:
        self.simulator = simulator
        self.source: PayrollSource = open_source("nmbrs_soap", link_settings(simulator))

    def break_reading(self, how: str) -> None:
        mishaps = self.simulator.mishaps
        second = sorted(self.simulator.books.employees)[2]
        operation = "Contract_GetCurrentPeriod"
        if how == "unavailable":
            mishaps.add("unavailable_503", operation=operation, employee_id=second, times=None)
        elif how == "unauthorised":
            mishaps.add("nmbrs_fault", operation=operation, employee_id=second, code=1001, times=None)
        else:
            mishaps.add("html", operation=operation, employee_id=second, times=None)

    def mend(self) -> None:
        self.simulator.mishaps.clear()

    def refuse(self) -> None:
        self.simulator.mishaps.add("nmbrs_fault", operation="Address_GetListCurrent", code=1002, times=None)


class FakeBench:
    """The fake source, with the one employee of the recorded answers three times."""

    def __init__(self) -> None:
        delivery, (record,) = deliver()
        records = [replace(record, employee_key=str(700101 + place)) for place in range(3)]
        entity = delivery.entity
        self.fake = FakeSource({entity.key: records}, [entity, Entity("41009", "Leeg B.V.", "month")])
        self.source: PayrollSource = self.fake

    def break_reading(self, how: str) -> None:
        self.fake.fail(BREAKS[how](operation="employee"), at=2)

    def mend(self) -> None:
        """A scripted failure of the fake happens once."""

    def refuse(self) -> None:
        self.fake.refused.add("employees")


def link_settings(simulator: NmbrsSimulator, **more: Any) -> dict[str, Any]:
    """The settings of a link to a simulated Nmbrs, with hardly a wait between tries."""
    return {
        "username": simulator.username,
        "token": simulator.token,
        "domain": simulator.domain,
        "host": f"127.0.0.1:{simulator.port}",
        "calls_per_second": 0,
        "first_retry_seconds": 0.001,
        "report_poll_seconds": 0.05,
        **more,
    }


@contextmanager
def bench(name: str) -> Iterator[Bench]:
    """A payroll system of this kind, running."""
    if name == "fake":
        yield FakeBench()
        return
    with NmbrsSimulator(employees=12, report_seconds=0.05) as simulator:
        yield NmbrsBench(simulator)
