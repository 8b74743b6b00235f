"""A firm with one or two employers, a payroll system and two carriers; and the whole chain between them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.fakes.carrier import FakeCarrier
from tests.fakes.payroll import FakePayroll
from tests.rooms.conftest import agree_all

from schakel.chain import runs
from schakel.connectors.carrier_channel import CarrierChannel, ParticipantState
from schakel.delivery.models import CarrierMessage
from schakel.delivery.sealed import open_state
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.links.preflight import join_entity
from schakel.reconciliation.models import Difference
from schakel.schemes import agree
from schakel.schemes.models import Carrier
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group
from schakel.tenancy.scope import tenant_scope

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NORTH, SOUTH = "Pensioen Noord", "Verzekeraar Zuid"
BSNS = ("999990007", "999990019", "999990020", "999990032", "999990044")


@dataclass
class Works:
    """One tenant's chain, with a clock of its own that only goes on."""

    tenant_id: int
    payroll: FakePayroll
    carriers: dict[str, Any]
    link: UUID
    links: dict[str, UUID]
    employers: list[int]
    now: datetime = START
    errors: list[str] = field(default_factory=list)

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def sync(self) -> runs.SyncReport:
        """One ordinary reading of the payroll link."""
        self.wait(hours=3)
        return runs.sync_link(self.tenant_id, self.link, self.clock)

    def round(self) -> runs.OutboxReport:
        """One round of the outbox."""
        return runs.work_outbox(self.tenant_id, self.clock)

    def come_to_rest(self, *, hours: float = 24) -> None:
        """Rounds of the outbox, as the worker makes them, until nothing is left to do."""
        until = self.now + timedelta(hours=hours)
        while self.now < until and self.unsettled():
            self.round()
            self.wait(seconds=30)

    def unsettled(self) -> int:
        states = self.states()
        return sum(states.values()) - states["verified"] - states["superseded"] - states["rejected"]

    def states(self) -> Counter[str]:
        with tenant_scope(self.tenant_id):
            return Counter(CarrierMessage.objects.values_list("state", flat=True))

    def messages(self, **which: object) -> list[CarrierMessage]:
        with tenant_scope(self.tenant_id):
            rows = CarrierMessage.objects.filter(**which).select_related("policy__carrier").order_by("id")
            return list(rows)

    def differences(self) -> list[Difference]:
        with tenant_scope(self.tenant_id):
            return list(Difference.objects.filter(resolved_at=None))

    def link_of(self, carrier: str) -> Link:
        with tenant_scope(self.tenant_id):
            found: Link = Link.objects.get(reference=self.links[carrier])
            return found

    def told_last(self) -> dict[tuple[str, int], ParticipantState]:
        """Of every policy and employee the newest state that was not replaced."""
        with tenant_scope(self.tenant_id):
            rows = CarrierMessage.objects.exclude(state="superseded").select_related("policy")
            return {
                (row.policy.number, row.employee_id): open_state(row.told)
                for row in rows.order_by("sequence")
            }

    def held(self, channel: CarrierChannel, told: ParticipantState) -> ParticipantState | None:
        return channel.read_back(told.policy_number, told.person.reference, self.now.date())


def everything_is_verified(works: Works) -> None:
    """No message lost, none half-way; both carriers hold what was told last; nothing differs."""
    assert set(works.states()) <= {"verified", "superseded"}
    channels = {"P": works.carriers[NORTH], "V": works.carriers[SOUTH]}
    told_last = works.told_last()
    assert told_last
    for told in told_last.values():
        assert works.held(channels[told.policy_number[0]], told) == told
    assert works.differences() == []


def make_works(tenant_id: int, payroll: FakePayroll, carriers: dict[str, Any] | None = None) -> Works:
    """Employers for every entity of the payroll, with all benefits agreed from 2026 on."""
    channels = carriers or {NORTH: FakeCarrier(), SOUTH: FakeCarrier()}
    with tenant_scope(tenant_id):
        group = employer_group("Groep").id
        link = _link(group, Link.Kind.PAYROLL, "Nmbrs")
        links = {name: _link(group, Link.Kind.CARRIER, name) for name in channels}
        employers = [employer_named(group, entity.name) for entity in payroll.people]
        for entity, employer in zip(payroll.people, employers, strict=True):
            join_entity(link, employer, entity)
            agree_all(employer, date(2026, 1, 1))
        agree.carrier(NORTH, Carrier.Kind.PENSION_PROVIDER, links[NORTH])
        agree.carrier(SOUTH, Carrier.Kind.INSURER, links[SOUTH])
    return Works(tenant_id, payroll, channels, link, links, employers)


def _link(group: int, kind: Link.Kind, name: str) -> UUID:
    return make_link(
        group_id=group, kind=kind, connector="fake", name=name, settings={"name": name}, secrets={}
    )
