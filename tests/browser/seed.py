"""A firm with two employers, seen through the chain's own steps: every amount and message is really made.

Only the outside world is replaced: payroll is in memory, and so are the two carriers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management import call_command
from tests.browser.payroll import FakePayroll, Person, bsn
from tests.fakes.carrier import FakeCarrier

from schakel.chain import run, runs
from schakel.connectors.carrier_channel import CarrierRemark, ParticipantState
from schakel.connectors.payroll_source import Entity, Remark, Right
from schakel.engine.timeline import Period
from schakel.links.credentials import make_link
from schakel.links.models import Link
from schakel.links.preflight import join_entity, keep_rights
from schakel.schemes import agree
from schakel.schemes.models import Carrier
from schakel.tenancy.access import Role
from schakel.tenancy.employers import add_member, employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

PASSWORD = "vier losse woorden samen"
TERMS: dict[str, dict[str, Any]] = {
    "retirement_pension": {"contribution_rate": "26.5", "employee_rate": "5"},
    "partner_pension": {"partner_share": "30", "premium_rate": "0.95"},
    "orphan_pension": {"orphan_share": "15", "premium_rate": "0.06"},
    "wga_gap": {"premium_rate": "0.62", "employee_rate": "0.31"},
    "accident": {
        "death_multiple": "1",
        "disability_multiple": "2",
        "death_maximum": "250000",
        "disability_maximum": "500000",
        "death_rate": "0.4",
        "disability_rate": "0.3",
    },
    "home_working_allowance": {},
}


@dataclass
class World:
    """What was made, for tests to walk through."""

    tenant_id: int
    employers: tuple[int, int]
    link: UUID
    emails: dict[str, str]
    moment: datetime
    payroll: FakePayroll
    carriers: dict[str, FakeCarrier] = field(default_factory=dict)

    def clock(self) -> datetime:
        """Time that moves a little at each look."""
        self.moment += timedelta(milliseconds=50)
        return self.moment

    def go_to(self, moment: datetime) -> None:
        """Later."""
        self.moment = max(moment, self.moment)

    @contextmanager
    def outside(self) -> Iterator[None]:
        """The outside world as this test has it."""

        def channel(_connector: str, settings: Any) -> FakeCarrier:
            return self.carriers[settings["address"]]

        with (
            mock.patch.object(run, "open_source", return_value=self.payroll),
            mock.patch.object(run, "open_channel", channel),
        ):
            yield

    def sync(self) -> runs.SyncReport:
        """One ordinary sync, and the outbox until it is quiet."""
        with self.outside():
            report = runs.sync_link(self.tenant_id, self.link, self.clock)
            for _ in range(20):
                self.moment += timedelta(seconds=40)
                if not runs.work_outbox(self.tenant_id, self.clock).did_something:
                    break
        return report


def people(year: int) -> dict[str, list[Person]]:
    """Nine people at the monthly employer and five at the four-weekly one."""

    def on(month: int, day: int = 1, years: int = 0) -> date:
        return date(year - years, month, day)

    wood = [
        Person(
            "101",
            "1001",
            "J.P.",
            "Aalbers",
            on(3, 14, 46),
            on(1, 1, 6),
            {on(1, 1, 1): 412_500, on(1): 425_000},
            prefix="",
        ),
        Person(
            "102",
            "1002",
            "S.",
            "Bakker",
            on(9, 2, 33),
            on(5, 1, 3),
            {on(5, 1, 3): 338_000},
            {on(5, 1, 3): 4000, on(7): 3200},
            partner_birth_on=on(2, 20, 34),
        ),
        Person("103", "1003", "F.", "Çelik", on(12, 24, 29), on(2, 15), {on(2, 15): 295_000}),
        Person(
            "104",
            "1004",
            "M.A.",
            "Dam",
            on(6, 6, 57),
            on(9, 1, 21),
            {on(1, 1, 1): 1_240_000},
            prefix="van",
            partner_birth_on=on(1, 9, 55),
            children=(on(8, 3, 19), on(4, 30, 16)),
        ),
        Person(
            "105",
            "1005",
            "L.",
            "Eikenboom",
            on(10, 11, 41),
            on(3, 1, 9),
            {on(1): 389_900},
            {on(3, 1, 9): 2400},
        ),
        Person("106", "1006", "O.", "Fischer", on(7, 19, 24), on(6), {on(6): 261_500}),
        Person(
            "107",
            "1007",
            "R.",
            "Graaf",
            on(5, 28, 38),
            on(4, 1, 4),
            {on(1): 447_700},
            prefix="de",
            until=on(9),
        ),
        Person("108", "1008", "T.", "Hendriks", on(1, 30, 50), on(11, 1, 12), {on(1): None}),
        Person(
            "109",
            "1009",
            "A.",
            "Ibrahim",
            on(8, 8, 44),
            on(2, 1, 7),
            {on(1): 512_300},
            children=(on(3, 3, 6),),
        ),
    ]
    steel = [
        Person("201", "7001", "K.", "Jansen", on(2, 17, 52), on(1, 1, 15), {on(1): 356_000}),
        Person("202", "7002", "N.", "Kuiper", on(11, 5, 27), on(3, 1, 1), {on(1): 248_000}),
        Person(
            "203",
            "7003",
            "P.J.",
            "Lange",
            on(4, 21, 61),
            on(5, 1, 30),
            {on(1): 402_000},
            prefix="de",
            partner_birth_on=on(6, 1, 60),
        ),
        Person(
            "204", "7004", "I.", "Mulder", on(9, 13, 36), on(7, 1, 2), {on(1): 312_000}, {on(7, 1, 2): 3000}
        ),
        Person("205", "7005", "Y.", "Nguyen", on(12, 3, 31), on(10), {on(10): 288_500}),
    ]
    for number, one in enumerate([*wood, *steel], start=1):
        one.bsn = bsn(number)
    wood[5].bsn = ""
    wood[5].remarks = (
        Remark(
            "bsn-fails-eleven-test",
            "Het burgerservicenummer klopt niet. Herstel het in de salarisadministratie; tot dan melden wij deze "
            "werknemer zonder nummer.",
            "The citizen service number cannot be right. Correct it in payroll; carriers are not told it until then.",
            "bsn",
        ),
    )
    return {"3001": wood, "3002": steel}


RIGHTS = (
    ("CompanyService.List_GetAll", "granted"),
    ("CompanyService.Company_GetCurrentPeriod", "granted"),
    ("EmployeeService.List_GetByCompany", "granted"),
    ("EmployeeService.PersonalInfo_GetCurrent", "granted"),
    ("EmployeeService.Salary_GetAll_AllEmployeesByCompany", "granted"),
    ("EmployeeService.Schedule_GetCurrent", "granted"),
    ("EmployeeService.BankAccount_GetListCurrent", "not_needed"),
    ("EmployeeService.Partner_Get", "granted"),
)


def seed(now: datetime) -> World:
    """Everything, as of `now`: a first sync, a raise two months back, a rejection, a held delivery."""
    tenant_id = create_tenant("Adviesbureau Aalberse", Tenant.Kind.ADVISER_FIRM)
    second_tenant = create_tenant("Benefits & Partners", Tenant.Kind.ADVISER_FIRM)
    entities = (
        Entity("3001", "Voorbeeld Kozijnen B.V.", "month", "01234567"),
        Entity("3002", "Voorbeeld Staal B.V.", "four_weeks", "07654321"),
    )
    with tenant_scope(tenant_id):
        group = employer_group("Voorbeeld Groep")
        employers = tuple(employer_named(group.id, e.name, e.registration_number or "") for e in entities)
        carriers = {"noord": FakeCarrier(), "zuid": FakeCarrier()}
        lines = {
            key: make_link(
                group_id=group.id,
                kind=Link.Kind.CARRIER,
                connector="schakel_json",
                name=name,
                settings={"address": key},
                secrets={"token": "geheim-genoeg"},
            )
            for key, name in (("noord", "Pensioenuitvoerder Noord"), ("zuid", "Verzekeraar Zuid"))
        }
        for number, employer_id in enumerate(employers, start=1):
            _agree(employer_id, lines, number, date(now.year, 1, 1), now - timedelta(days=300))
        link = make_link(
            group_id=group.id,
            kind=Link.Kind.PAYROLL,
            connector="nmbrs_soap",
            name="Nmbrs voorbeeldgroep",
            settings={
                "username": "koppeling@example.com",
                "domain": "voorbeeldgroep",
                "calls_per_second": 20,
            },
            secrets={"token": "x" * 32},
        )
        for entity, employer_id in zip(entities, employers, strict=True):
            join_entity(link, employer_id, entity)
            keep_rights(link, entity.key, _rights(entity.key), now)
    payroll = FakePayroll(people(now.year), entities, now.date())
    emails = _people_who_look(tenant_id, second_tenant, employers)
    world = World(tenant_id, employers, link, emails, now - timedelta(days=20), payroll, carriers)  # type: ignore[arg-type]  # the fakes keep the protocols by shape
    world.sync()
    _go_on(world, now)
    return world


def _go_on(world: World, now: datetime) -> None:
    """A raise two months back, a rejection, and an answer that lacks most people."""
    world.go_to(now - timedelta(days=2))
    two_back = date(now.year, now.month, 1) - timedelta(days=45)
    world.payroll.people["3001"][0].salary[two_back.replace(day=1)] = 448_000
    world.sync()
    world.carriers["zuid"].decide = _salary_too_high
    world.go_to(now - timedelta(hours=3))
    world.payroll.people["3001"][3].salary[two_back.replace(day=1)] = 1_310_000
    world.sync()
    world.go_to(now - timedelta(minutes=12))
    world.payroll.hidden = {"201", "202", "203", "204"}
    world.sync()


def _salary_too_high(_state: ParticipantState) -> tuple[CarrierRemark, ...]:
    return (
        CarrierRemark(
            "sum-above-maximum",
            "Het verzekerde bedrag is hoger dan de polis toelaat.",
            "The sum insured is above what the policy allows.",
        ),
    )


def _rights(entity_key: str) -> list[Right]:
    rights = []
    for operation, state in RIGHTS:
        refused = entity_key == "3002" and operation.endswith("Partner_Get")
        nl = "Geen regeling van deze werkgever vraagt om een bankrekening." if state == "not_needed" else ""
        en = "No scheme of this employer asks for a bank account." if state == "not_needed" else ""
        if refused:
            nl = "Zet dit recht aan in Nmbrs: Instellingen › API-sjabloon › Partner › Lezen."
            en = "Switch this right on in Nmbrs: Settings › API template › Partner › Read."
        rights.append(Right(operation, "refused" if refused else state, nl, en))  # type: ignore[arg-type]  # one of the four states, from the list above
    return rights


def _agree(employer_id: int, lines: dict[str, UUID], number: int, start: date, agreed_at: datetime) -> None:
    provider = agree.carrier("Pensioenuitvoerder Noord", Carrier.Kind.PENSION_PROVIDER, lines["noord"])
    insurer = agree.carrier("Verzekeraar Zuid", Carrier.Kind.INSURER, lines["zuid"])
    pension = agree.policy(employer_id, provider, f"PN-{number}0041", "Pensioenwet art. 94")
    income = agree.policy(employer_id, insurer, f"VZ-{number}2210")
    policies = {
        "retirement_pension": pension,
        "partner_pension": pension,
        "orphan_pension": pension,
        "wga_gap": income,
        "accident": income,
    }
    scheme = agree.scheme(employer_id, "Arbeidsvoorwaarden")
    for name, terms in TERMS.items():
        made = agree.benefit(scheme, name, policies.get(name), start)
        agree.agree_terms(
            made, terms, Period(date(start.year - 1, 1, 1)), agreed_at, "regeling, bijlage 1 (voorbeeld)"
        )


def _people_who_look(tenant_id: int, second: int, employers: tuple[int, ...]) -> dict[str, str]:
    emails = {
        "adviser": "adviseur@example.com",
        "hr": "hr@example.com",
        "operator": "beheer@example.com",
        "stranger": "nieuw@example.com",
        "everywhere": "overal@example.com",
    }
    users = {}
    for who, email in emails.items():
        users[who] = get_user_model().objects.create_user(username=email, email=email, password=PASSWORD)
        EmailAddress.objects.create(user=users[who], email=email, verified=True, primary=True)
    with tenant_scope(tenant_id):
        add_member(users["adviser"].pk, Role.ADVISER)
        add_member(users["hr"].pk, Role.HR_OFFICER, (employers[0],))
        add_member(users["operator"].pk, Role.OPERATOR)
        add_member(users["everywhere"].pk, Role.ADVISER)
    with tenant_scope(second):
        add_member(users["everywhere"].pk, Role.ADVISER)
    return emails


def utc_now() -> datetime:
    """For programs that seed outside a test."""
    return datetime.now(UTC)


@contextmanager
def seeded(blocker: Any) -> Iterator[World]:
    """The world, really committed, so that a web server in another thread sees it; gone afterwards."""
    with blocker.unblock():
        try:
            yield seed(utc_now())
        finally:
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
