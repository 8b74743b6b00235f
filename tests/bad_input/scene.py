"""A firm with two entities behind a simulated Nmbrs and two simulated carriers, as production sees them.

The first reading is done and verified once per module; each test starts from there and is undone after it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from schakel.chain import runs
from schakel.cli.demo.firm import Firm, set_up
from schakel.cli.demo.stand_ins import (
    INSURER_POLICIES,
    PENSION_POLICIES,
    CarrierLine,
    Desk,
    EntityThere,
    StandIns,
)
from schakel.delivery.models import CarrierMessage
from schakel.delivery.sealed import open_state
from schakel.desk.access import Role, Visitor
from schakel.intake.models import Delivery, Issue
from schakel.links.models import Link
from schakel.participation.models import AmountLine, NotCalculable, Participation
from schakel.records.models import Employee, Fact
from schakel.records.rows import opened
from schakel.tenancy.scope import tenant_scope
from schakel_simulators.carriers import CarrierSimulator, Policy
from schakel_simulators.nmbrs import NmbrsSimulator
from schakel_simulators.nmbrs.books import changes, model

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PEOPLE, SEED = 15, 4
MONTHLY, FOUR_WEEKLY = 0, 1
KNOWN_SINCE = date(2020, 1, 1)
RAISE_FROM = date(2026, 10, 5)  #: the first day of a four-weekly period, and in an open year of both
PATIENCE: Mapping[str, Any] = {
    "call_seconds": 2.0,
    "list_seconds": 4.0,
    "total_seconds": 6.0,
    "first_retry_seconds": 0.01,
    "report_poll_seconds": 0.01,
}
"""Settings of the payroll link, so that what never answers is given up soon."""
CARRIER_DEADLINE = 1.0

State = Mapping[str, Any]


@dataclass
class Scene:
    """The firm, its payroll, its carriers, and a clock that only goes on."""

    nmbrs: NmbrsSimulator
    carriers: Mapping[str, CarrierSimulator]
    firm: Firm
    now: datetime = START
    _books_of_carriers: Mapping[str, Any] = field(default_factory=dict)

    # The chain, as the worker runs it.

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def sync(self, *, hours: float = 3) -> runs.SyncReport:
        """One ordinary reading of the payroll link."""
        self.now += timedelta(hours=hours)
        return runs.sync_link(self.firm.tenant_id, self.firm.link, self.clock)

    def outbox(self) -> runs.OutboxReport:
        return runs.work_outbox(self.firm.tenant_id, self.clock)

    def come_to_rest(self, *, hours: float = 24) -> None:
        """Rounds of the outbox until every message is verified or given way, or the time is over."""
        until = self.now + timedelta(hours=hours)
        while self.now < until and set(self.states()) - {"verified", "superseded", "rejected"}:
            self.outbox()
            self.now += timedelta(minutes=1)

    def release(self, delivery: Delivery) -> runs.SyncReport:
        return runs.release_delivery(
            self.firm.tenant_id, delivery.employer_id, delivery.reference, self.clock
        )

    def visitor(self, role: Role = Role.ADVISER) -> Visitor:
        """Somebody at the desk who may see every employer."""
        return Visitor(1, self.firm.tenant_id, role)

    # Who is in the payroll.

    @property
    def books(self) -> Any:
        return self.nmbrs.books

    def company(self, place: int) -> int:
        return self.nmbrs.companies[place].id

    def serving(self, place: int) -> list[model.Employee]:
        """Who is in service all of this year and longer, on a salary, in order of id."""
        return [
            one
            for one in self.books.employees_of(self.company(place))
            if len(one.employments) == 1
            and one.employments[0].end_on is None
            and one.employments[0].start_on < date(2026, 1, 1)
            and all(row.type is model.SalaryType.GROSS_FULL_TIME for row in one.salaries)
        ]

    def raise_of(self, person: model.Employee, percent: int = 300) -> None:
        """An ordinary raise, in hundredths of a percent, from the last wage period but one."""
        changes.raise_salary(self.books, person.id, from_on=RAISE_FROM, by_percent=percent)

    # What we know and told.

    @contextmanager
    def seen(self) -> Iterator[None]:
        with tenant_scope(self.firm.tenant_id):
            yield

    def employer(self, place: int) -> int:
        return self.firm.employers[place]

    def our_id(self, person: model.Employee) -> int:
        with self.seen():
            return int(Employee.objects.values_list("id", flat=True).get(employee_key=str(person.id)))

    def known(self, place: int, *, without: model.Employee | None = None) -> State:
        """Facts, amounts and messages of one employer as they are now; of everybody, or of all but one."""
        with self.seen():
            mine = Employee.objects.filter(employer_id=self.employer(place))
            if without is not None:
                mine = mine.exclude(employee_key=str(without.id))
            return self._state(list(mine.values_list("id", flat=True)))

    def known_of(self, person: model.Employee) -> State:
        """The same of one employee."""
        employee_id = self.our_id(person)
        with self.seen():
            return self._state([employee_id])

    def _state(self, ids: list[int]) -> State:
        facts = Fact.objects.filter(employee_id__in=ids, known__upper_inf=True)
        lines = AmountLine.objects.filter(participation__employee_id__in=ids, known_until=None)
        told = CarrierMessage.objects.filter(employee_id__in=ids)
        parts = Participation.objects.filter(employee_id__in=ids)
        return {
            "facts": sorted(
                (one.employee_id, one.name, str(one.valid.lower), str(one.valid.upper), repr(opened(one)))
                for one in facts
            ),
            "amounts": sorted(
                (one.participation_id, one.start, repr(sorted(one.amounts.items()))) for one in lines
            ),
            "takes_part": sorted((one.employee_id, one.benefit_id, repr(one.stretches)) for one in parts),
            "messages": sorted(str(one) for one in told.values_list("message_id", flat=True)),
        }

    def fact(self, person: model.Employee, name: str) -> list[tuple[Any, Any, Any]]:
        """The values of one fact of one employee, with their days."""
        employee_id = self.our_id(person)
        with self.seen():
            rows = Fact.objects.filter(employee_id=employee_id, name=name, known__upper_inf=True)
            return [(one.valid.lower, one.valid.upper, opened(one)) for one in rows.order_by("valid")]

    def states(self) -> Counter[str]:
        with self.seen():
            return Counter(CarrierMessage.objects.values_list("state", flat=True))

    def messages(self, **which: Any) -> list[CarrierMessage]:
        with self.seen():
            return list(CarrierMessage.objects.filter(**which).select_related("policy").order_by("id"))

    def messages_of(self, person: model.Employee) -> list[CarrierMessage]:
        """What carriers were told of one employee after the first reading."""
        return self.messages(employee_id=self.our_id(person), sequence__gt=1)

    def told_and_verified(self, *people: model.Employee) -> None:
        """These changes went on to the end: told, accepted, and read back as told."""
        self.come_to_rest()
        for person in people:
            told = [one for one in self.messages_of(person) if one.state != "superseded"]
            assert told
            assert {one.state for one in told} == {"verified"}
        assert self.held_by_carriers_is_what_was_told()

    def issues(self, **which: Any) -> list[Issue]:
        """What is open."""
        with self.seen():
            return list(Issue.objects.filter(resolved_at=None, **which).order_by("id"))

    def issues_of(self, person: model.Employee) -> dict[str, Issue]:
        return {one.code: one for one in self.issues(employee_id=self.our_id(person))}

    def refusals(self) -> list[NotCalculable]:
        with self.seen():
            return list(NotCalculable.objects.all())

    def deliveries(self, place: int, **which: Any) -> list[Delivery]:
        """The readings of one entity, the newest first."""
        with self.seen():
            rows = Delivery.objects.filter(employer_id=self.employer(place), **which)
            return list(rows.order_by("-id"))

    def link(self) -> Link:
        with self.seen():
            found: Link = Link.objects.get(reference=self.firm.link)
            return found

    def carrier_link(self, kind: str) -> Link:
        with self.seen():
            found: Link = Link.objects.get(name=self.carriers[kind].name)
            return found

    def held_by_carriers_is_what_was_told(self) -> bool:
        """Of everybody in every policy the carrier holds the newest state that was not replaced."""
        with self.seen():
            rows = CarrierMessage.objects.exclude(state__in=("superseded", "rejected"))
            last = {
                (row.policy_id, row.employee_id): open_state(row.told) for row in rows.order_by("sequence")
            }
        return bool(last) and all(
            self._amounts_held(told.policy_number, told.person.reference)
            == [(a.quantity, a.start.isoformat(), a.until.isoformat(), a.amount) for a in told.amounts]
            for told in last.values()
        )

    def _amounts_held(self, policy: str, reference: str) -> list[tuple[str, str, str, int]] | None:
        carrier = self.carriers["pension_provider" if policy in PENSION_POLICIES else "insurer"]
        held = carrier.held(policy, reference, self.now.date())
        if held is None:
            return None
        return [(one["quantity"], one["from"], one["until"], one["amount"]) for one in held["amounts"]]


def stand_ins(nmbrs: NmbrsSimulator, carriers: Mapping[str, CarrierSimulator], desk: Desk) -> StandIns:
    """The same things the demonstration is given, in this process."""
    return StandIns(
        host=urlsplit(nmbrs.base_url).netloc,
        username=nmbrs.username,
        domain=nmbrs.domain,
        entities=tuple(EntityThere(one.id, one.name) for one in nmbrs.companies),
        carriers=tuple(CarrierLine(kind, one.name, one.address, one.token) for kind, one in carriers.items()),
        desk=desk,
        token=nmbrs.token,
    )


@contextmanager
def payroll(port: int = 0) -> Iterator[NmbrsSimulator]:
    """The same books every time, at the same address when the port is given."""
    with NmbrsSimulator(port, PEOPLE, SEED, report_seconds=0.0) as nmbrs:
        nmbrs.set_profile(delay="off")
        yield nmbrs


@contextmanager
def both_carriers() -> Iterator[dict[str, CarrierSimulator]]:
    pension = [Policy(number, KNOWN_SINCE) for number in PENSION_POLICIES]
    insured = [Policy(number, KNOWN_SINCE) for both in INSURER_POLICIES for number in both]
    with (
        CarrierSimulator("pension_provider", policies=pension) as one,
        CarrierSimulator("insurer", policies=insured) as two,
    ):
        yield {"pension_provider": one, "insurer": two}


def set_the_scene(nmbrs: NmbrsSimulator, carriers: Mapping[str, CarrierSimulator]) -> Scene:
    """Connect, read for the first time, and tell the carriers until all of it is verified."""
    desk = Desk(nmbrs.desk)
    try:
        firm = set_up(stand_ins(nmbrs, carriers, desk), START, calls_per_second=0)
    finally:
        desk.close()
    scene = Scene(nmbrs, carriers, firm)
    with scene.seen():
        for link in Link.objects.all():
            patience = PATIENCE if link.kind == "payroll" else {"deadline_seconds": CARRIER_DEADLINE}
            link.settings = {**link.settings, **patience}
            link.save()
    report = scene.sync()
    assert (report.errors, report.held) == ([], [])
    scene.come_to_rest()
    assert set(scene.states()) == {"verified"}
    return scene


def carrier_books(carriers: Mapping[str, CarrierSimulator]) -> dict[str, Any]:
    """What each carrier has heard and holds, to come back to."""
    return {kind: deepcopy((one.ledger.messages, one.ledger.versions)) for kind, one in carriers.items()}


def put_back(carriers: Mapping[str, CarrierSimulator], kept: Mapping[str, Any]) -> None:
    for kind, one in carriers.items():
        one.faults.clear()
        one.ledger.messages, one.ledger.versions = deepcopy(kept[kind])
