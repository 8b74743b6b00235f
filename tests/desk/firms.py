"""Two adviser firms with employers, employees, links, deliveries and messages, and the members who ask."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from tests.fakes.carrier import FakeCarrier
from tests.rooms.conftest import AGREED_AT, TERMS
from tests.rooms.intake.told import LINK, NOVEMBER, Reader, Synced, Told, delivery, fact

from schakel.chain.steps import person_for
from schakel.connectors.carrier_channel import ParticipantState
from schakel.connectors.payroll_source import Entity, Origin, PayrollRecord
from schakel.delivery import compose, send
from schakel.desk.access import Visitor, visit
from schakel.engine.timeline import Period
from schakel.intake import receive
from schakel.intake.answers import KeptAnswers
from schakel.links import health, preflight
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.participation.state import state_in_policy
from schakel.records.timelines import identity_on
from schakel.schemes import agree
from schakel.schemes.agreed import benefits_of, carrier_of
from schakel.schemes.models import Carrier
from schakel.tenancy.access import Role
from schakel.tenancy.employers import add_member, employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

HIRED = date(2020, 3, 1)
BSN = "999990019"
OPERATION = "EmployeeService.Salary_GetAll_AllEmployeesByCompany"
TOKEN = "0123456789abcdef0123456789abcdef"
PENSION = ("retirement_pension", "partner_pension", "orphan_pension")


@dataclass
class Firm:
    """One firm. `seen` is the employer named for its officers; `unseen` is in the same firm, and is not."""

    tenant_id: int
    group: int
    seen: int
    unseen: int
    benefits: dict[str, int]
    employee: int
    unseen_employee: int
    payroll_link: UUID
    carrier_link: UUID
    delivery: UUID
    held: UUID
    message: UUID
    now: datetime

    def visitor(self, role: Role) -> Visitor:
        """A new member of this role; officers get the one employer."""
        user = get_user_model().objects.create_user(f"{role}-{self.tenant_id}@example.org")
        named = (self.seen,) if role in {Role.HR_OFFICER, Role.PAYROLL_OFFICER} else ()
        with tenant_scope(self.tenant_id):
            add_member(user.id, role, named)
        return visit(user.id, self.tenant_id)


def make_firm(name: str) -> Firm:
    """A firm in which everything has happened once: a raise two months back, and a held delivery."""
    tenant_id = create_tenant(name, Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(tenant_id):
        group = employer_group("Groep Noord").id
        seen = employer_named(group, "Voorbeeld Kozijnen B.V.", "12345678")
        other = employer_named(employer_group("Groep Zuid").id, "Voorbeeld Montage B.V.")
        payroll_link, carrier_link = _links(group, seen)
        benefits = _agree(seen, carrier_link)
        reader, caused_by, employee = _read(seen, tenant_id)
        message = _tell(employee, benefits["retirement_pension"], reader, caused_by)
        health.went_well(payroll_link, "41001", NOVEMBER, reader.now)
        hidden = Reader(other, reader.now).sync([Told(key="7001", number="71", name="Verborgen")])
        held, _ = reader.take_in(delivery([], named=()))
        return Firm(
            tenant_id=tenant_id,
            group=group,
            seen=seen,
            unseen=other,
            benefits=benefits,
            employee=employee,
            unseen_employee=hidden.applied[0].employee_id,
            payroll_link=payroll_link,
            carrier_link=carrier_link,
            delivery=caused_by,
            held=held,
            message=message,
            now=reader.now + timedelta(minutes=5),
        )


def _links(group: int, employer_id: int) -> tuple[UUID, UUID]:
    settings = {"username": "api@voorbeeld.example", "domain": "voorbeeld", "calls_per_second": 20}
    made = make_link(
        group_id=group,
        kind=Link.Kind.PAYROLL,
        connector="nmbrs_soap",
        name="Nmbrs voorbeeld",
        settings=settings,
        secrets={"token": TOKEN},
    )
    # The reader of these tests reads over a link of a fixed reference.
    Link.objects.filter(reference=made).update(reference=LINK)
    preflight.join_entity(LINK, employer_id, Entity("41001", "Voorbeeld Kozijnen B.V.", "month", "12345678"))
    carrier = make_link(
        group_id=group,
        kind=Link.Kind.CARRIER,
        connector="schakel_json",
        name="Pensioen Noord",
        settings={},
        secrets={},
    )
    return LINK, carrier


def _agree(employer_id: int, carrier_link: UUID) -> dict[str, int]:
    provider = agree.carrier("Pensioen Noord", Carrier.Kind.PENSION_PROVIDER, carrier_link)
    insurer = agree.carrier("Verzekeraar Zuid", Carrier.Kind.INSURER, None)
    pension = agree.policy(employer_id, provider, "P-1", "Pensioenwet art. 94")
    income = agree.policy(employer_id, insurer, "V-1")
    scheme = agree.scheme(employer_id, "Regeling 2026")
    made = {}
    for name, terms in TERMS.items():
        policy = pension if name in PENSION else None if name == "home_working_allowance" else income
        made[name] = agree.benefit(scheme, name, policy, date(2026, 1, 1))
        agree.agree_terms(made[name], terms, Period(date(2019, 1, 1)), AGREED_AT, "regeling 2026, bijlage 1")
    return made


def _read(employer_id: int, tenant_id: int) -> tuple[Reader, UUID, int]:
    """A first reading of one employee with its answer kept, then a raise two months back."""
    reader = Reader(employer_id)
    opened = receive.open_delivery(employer_id, LINK, "41001", reader.clock())
    answers = KeptAnswers(tenant_id, opened.reference, reader.clock)
    origin = Origin(OPERATION, "Salary/Value", answers.keep("salaries", OPERATION, b"<Salary/>"))
    answers.flush()
    reference, got = reader.take_in(delivery([somebody(Told(), origin)]))
    first = reader.follow_all(reference, Synced(reference, got))
    raised = Told(salaries=((HIRED, date(2026, 9, 1), 400_000), (date(2026, 9, 1), None, 420_000)))
    reader.sync([somebody(raised, origin)])
    return reader, first.delivery, first.applied[0].employee_id


def somebody(told: Told, origin: Origin) -> PayrollRecord:
    """An ordinary employee with a name, an address and a BSN."""
    record = told.record(NOVEMBER, origin)
    whole = {
        "name": {"initials": "A.", "first_name": "Anna", "prefix": "de", "last_name": told.name},
        "address": {"street": "Dorpsweg", "house_number": "1", "postal_code": "1234 AB", "city": "Voorbeeld"},
        "bsn": BSN,
    }
    more = [fact(name, [(HIRED, None, value)], origin=origin) for name, value in whole.items()]
    kept = [one for one in record.stated if one.fact not in whole]
    return replace(record, stated=(*kept, *more))


def _tell(employee_id: int, benefit_id: int, reader: Reader, caused_by: UUID) -> UUID:
    """The pension provider has the state of the employee and is looking at it."""
    policy_id = next(one.policy_id for one in benefits_of(reader.employer_id) if one.id == benefit_id)
    assert policy_id is not None
    held = state_in_policy(employee_id, policy_id)
    assert held is not None
    person = person_for(identity_on(employee_id, reader.now.date()), carrier_of(policy_id))
    told = ParticipantState("P-1", person, held.participates, held.amounts)
    carrier = FakeCarrier()
    to_tell = compose.ToTell(policy_id, told, carrier.compose)
    message = next(iter(compose.compose(employee_id, [to_tell], reader.clock(), caused_by)), None)
    assert message is not None
    outgoing = send.begin(message, reader.clock())
    assert outgoing is not None
    answer = carrier.submit(str(message), outgoing.body)
    send.settle(message, outgoing.attempt, answer, reader.clock())
    return message
