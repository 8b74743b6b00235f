"""One run of the chain: whose data, by which clock, over which lines, and who is watching."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from schakel.connectors.carrier_channel import CarrierChannel
from schakel.connectors.errors import ConnectorError
from schakel.connectors.payroll_source import PayrollSource
from schakel.connectors.registry import open_channel, open_source
from schakel.intake import receive
from schakel.links import health
from schakel.links.credentials import OpenLink, open_link
from schakel.schemes.agreed import Agreements, agreements_of
from schakel.tenancy.scope import Scope, tenant_scope

Clock = Callable[[], datetime]

Report = Callable[[str, int, int], None]
"""Called with (what, done, total) so that whoever waits can see how far it is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """For runs nobody watches."""


@dataclass(slots=True)
class Run:
    """What every step needs. What holds for the whole run is looked up once; channels are given back at its end."""

    tenant_id: int
    clock: Clock
    report: Report = silent
    _channels: dict[UUID, CarrierChannel] = field(default_factory=dict)
    _agreements: dict[int, Agreements] = field(default_factory=dict)
    _horizons: dict[UUID, date] = field(default_factory=dict)
    _answered: dict[UUID, datetime] = field(default_factory=dict)

    @contextmanager
    def scope(self, step: str) -> Iterator[Scope]:
        """One transaction in this tenant, in the name of one step."""
        with tenant_scope(self.tenant_id, actor=f"job:{step}") as scope:
            yield scope

    def channel(self, link: UUID) -> CarrierChannel:
        """The channel of a carrier link."""
        if link not in self._channels:
            opened = self._opened(link)
            self._channels[link] = open_channel(opened.connector, opened.settings)
        return self._channels[link]

    def agreements(self, employer_id: int) -> Agreements:
        """What an employer has agreed, as it was when this run first asked. Only inside a scope."""
        if employer_id not in self._agreements:
            self._agreements[employer_id] = agreements_of(employer_id)
        return self._agreements[employer_id]

    def horizon(self, delivery: UUID) -> date:
        """The day until which a delivery is calculated. Only inside a scope."""
        if delivery not in self._horizons:
            self._horizons[delivery] = receive.horizon(delivery)
        return self._horizons[delivery]

    def carrier_answered(self, link: UUID, at: datetime) -> None:
        """A carrier link is healthy; noted now and then, not for each of ten thousand answers. Inside a scope."""
        noted = self._answered.get(link)
        if noted is None or noted + health.NOTED_EVERY <= at:
            health.carrier_went_well(link, at)
            self._answered[link] = at

    def carrier_failed(self, link: UUID, error: ConnectorError, at: datetime) -> None:
        """A carrier link is not healthy; the next answer over it is news. Inside a scope."""
        health.went_wrong(link, None, error, at)
        self._answered.pop(link, None)

    def source(self, link: UUID) -> PayrollSource:
        """The payroll system behind a link."""
        opened = self._opened(link)
        return open_source(opened.connector, opened.settings)

    def _opened(self, link: UUID) -> OpenLink:
        with self.scope("open-link"):
            return open_link(link)

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()


@contextmanager
def new_run(tenant_id: int, clock: Clock, report: Report = silent) -> Iterator[Run]:
    """A run whose lines are closed whatever happens."""
    run = Run(tenant_id, clock, report)
    try:
        yield run
    finally:
        run.close()
