"""One employer with a policy at a carrier, and hands that put messages through the outbox."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from tests.fakes.carrier import FakeCarrier

from schakel.connectors.carrier_channel import (
    Acknowledgement,
    AmountInPeriod,
    CarrierRemark,
    ParticipantState,
    Person,
    Verdict,
)
from schakel.connectors.errors import ConnectorError
from schakel.delivery import acknowledge, compose, send
from schakel.delivery.models import CarrierMessage
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.records.models import Employee
from schakel.schemes import agree
from schakel.schemes.models import Carrier
from schakel.tenancy.employers import employer_named
from schakel.tenancy.queries import employer_group

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
BSN = "999990019"
SINCE_OCTOBER = ((OCTOBER, None),)


@dataclass
class Office:
    """The outbox of one tenant, a clock, and a carrier at the other end."""

    policy: int
    employer: int
    link: UUID
    carrier: FakeCarrier = field(default_factory=FakeCarrier)
    now: datetime = START

    def employee(self) -> int:
        made = Employee.objects.create(
            employer_id=self.employer, source=uuid4(), employee_key="8001", employee_number="1024"
        )
        return int(made.id)

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def tell(self, employee: int, cents: int = 100, **other: object) -> UUID | None:
        """Compose a state of this employee, with this amount in November."""
        told = state(employee, cents, **other)
        to_tell = compose.ToTell(self.policy, told, self.carrier.compose)
        return next(iter(compose.compose(employee, [to_tell], self.now, None)), None)

    def due(self) -> list[UUID]:
        return send.due(self.now, 100)

    def try_once(self, message: UUID) -> str | None:
        """One whole try, as the chain makes it."""
        outgoing = send.begin(message, self.now)
        if outgoing is None:
            return None
        return send.settle(message, outgoing.attempt, self.submit(outgoing), self.now)

    def submit(self, outgoing: send.Outgoing) -> Acknowledgement | ConnectorError:
        try:
            return self.carrier.submit(str(outgoing.message_id), outgoing.body)
        except ConnectorError as error:
            return error

    def ask_all(self) -> None:
        for one in acknowledge.waiting(self.now):
            acknowledge.acknowledge(
                one.message_id, self.carrier.acknowledgement(str(one.message_id)), self.now
            )

    def accepted(self, employee: int, cents: int = 100) -> UUID:
        """A message that was told and accepted."""
        message = self.tell(employee, cents)
        assert message is not None
        self.try_once(message)
        self.ask_all()
        assert row(message).state == "accepted"
        return message


def make_office() -> Office:
    """An employer with one policy; only inside a tenant scope."""
    group = employer_group("Groep").id
    link = make_link(
        group_id=group,
        kind=Link.Kind.CARRIER,
        connector="fake",
        name=f"Uitvoerder {uuid4()}",
        settings={},
        secrets={},
    )
    employer = employer_named(group, "Voorbeeld Kozijnen B.V.")
    carrier = agree.carrier(f"Pensioenfonds {link}", Carrier.Kind.PENSION_PROVIDER, link)
    return Office(agree.policy(employer, carrier, "PEN-1001"), employer, link)


def state(employee: int, cents: int = 100, **other: object) -> ParticipantState:
    """A participant with the same amount in October always, and this one in November."""
    chosen = {"participates": SINCE_OCTOBER, "october": 50, "last_name": "Voorbeeld"} | other
    amounts = (
        AmountInPeriod("contribution", OCTOBER, NOVEMBER, int(str(chosen["october"]))),
        AmountInPeriod("contribution", NOVEMBER, DECEMBER, cents),
    )
    return ParticipantState(
        policy_number="PEN-1001",
        person=Person(
            reference=f"ref-{employee}",
            employee_number="1024",
            initials="A.B.",
            prefix="",
            last_name=str(chosen["last_name"]),
            birth_on=date(1984, 5, 17),
            bsn=BSN,
        ),
        participates=chosen["participates"],  # type: ignore[arg-type]  # periods, or none of them
        amounts=amounts if chosen["participates"] else (),
    )


def row(message: UUID | None) -> CarrierMessage:
    found: CarrierMessage = CarrierMessage.objects.get(message_id=message)
    return found


def answer(message: UUID, verdict: Verdict, *codes: str) -> Acknowledgement:
    remarks = tuple(CarrierRemark(code, "Niet akkoord.", "Not agreed.") for code in codes)
    return Acknowledgement(str(message), verdict, "PF-1", remarks)
