"""A believable Dutch employer of any size, from a seed: the same arguments give the same books.

There is no "today" here: `start_on` is the day on which the story begins and lies in every company's current
period.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from schakel_simulators.nmbrs.books.books import Books, Ids
from schakel_simulators.nmbrs.books.careers import SHARES, Careers, Profile
from schakel_simulators.nmbrs.books.environment import Company, Debtor, Environment, Run, RunKind, User
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.people import People
from schakel_simulators.nmbrs.books.periods import PayPeriod, PeriodKind, period_of
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.books.runs import normal_run, period_name, ran_at

FEWEST, MOST = 1, 100_000
USERNAME = "koppeling@vlierhof.example"
SUB_DOMAIN = "vlierhofpayroll"
FIRST_COMPANY_ID = 41001
_GOLDEN = 40_503  # 2^16 divided by the golden ratio: consecutive multiples fall evenly over the range


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    """A company to invent: `share` is its part of the employees, relative to the others'."""

    name: str
    kind: PeriodKind
    share: int
    kvk_number: str
    full_time_hours: int = 4000


DEFAULT_COMPANIES = (
    CompanyPlan("Vlierhof Techniek B.V.", PeriodKind.MONTH, 3, "90000011"),
    CompanyPlan("Vlierhof Montage B.V.", PeriodKind.FOUR_WEEKS, 2, "90000022"),
)
"""An employer group that does not exist: one entity paid monthly, one per four weeks."""

WEEKLY_COMPANY = CompanyPlan("Vlierhof Uitzendkrachten B.V.", PeriodKind.WEEK, 1, "90000033")
"""A third entity, paid weekly, for whoever wants one."""


def token_of(seed: int, issue: int = 0) -> str:
    """The API token: 32 hexadecimal characters; `issue` counts the times a new one was made."""
    return hashlib.sha256(f"nmbrs token {seed} {issue}".encode()).hexdigest()[:32]


def generate(
    *,
    start_on: date,
    employees: int = 120,
    seed: int = 1,
    companies: Sequence[CompanyPlan] = DEFAULT_COMPANIES,
) -> Books:
    """Books of an invented employer group. Raises RefusedError when the size is out of range."""
    if not FEWEST <= employees <= MOST:
        raise RefusedError(
            f"Een bedrijf heeft hier {FEWEST} tot {MOST} werknemers.",
            f"A company here has {FEWEST} to {MOST} employees.",
            field="employees",
            allowed=[f"{FEWEST}..{MOST}"],
        )
    ids = Ids()
    user = User(USERNAME, token_of(seed))
    debtor = Debtor(3001, "1", "Vlierhof Groep")
    made: list[Company] = []
    everybody: list[Employee] = []
    for place, (plan, size) in enumerate(zip(companies, _sizes(companies, employees), strict=True)):
        draw = random.Random(f"{seed} {place}")
        company, late_raise_at = _company(plan, place, debtor.id, start_on, ids)
        people = People(draw, ids, start_on, company.email.partition("@")[2])
        careers = Careers(draw, ids, company, late_raise_at)
        staff = list(_employees(draw, company, people, careers, size))
        made.append(_with_late_raises(company, staff, late_raise_at))
        everybody.extend(staff)
    return Books(
        Environment(SUB_DOMAIN, "nmbrs.nl", (user,)),
        (debtor,),
        made,
        everybody,
        clock=datetime.combine(start_on, time(9, 0)),
        ids=ids,
        seed=seed,
    )


def _sizes(companies: Sequence[CompanyPlan], employees: int) -> list[int]:
    """Employees per company, by share; together exactly as many as asked."""
    total = sum(plan.share for plan in companies)
    ends = [employees * part // total for part in accumulate(plan.share for plan in companies)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _company(
    plan: CompanyPlan, place: int, debtor_id: int, start_on: date, ids: Ids
) -> tuple[Company, datetime | None]:
    """A company with its runs so far, and when the late raises of this year were entered, if any were."""
    period = period_of(plan.kind, start_on)
    late_raise_at: datetime | None = None
    if period.number > 2:
        late_raise_at = ran_at(PayPeriod(plan.kind, period.year, 1)) + timedelta(days=2)
    company = Company(
        FIRST_COMPANY_ID + place,
        place + 1,
        debtor_id,
        plan.name,
        plan.kvk_number,
        plan.kind,
        period,
        plan.full_time_hours,
        phone=f"0300{100 + place:06d}",
        email=f"hr@{plan.name.split()[0].lower()}.example",
        website="https://vlierhof.example",
        runs=tuple(_past_runs(period, ids, late_raise_at)),
    )
    return company, late_raise_at


def _past_runs(current: PayPeriod, ids: Ids, late_raise_at: datetime | None) -> Iterator[Run]:
    """Every period of last year and of this year before the current one was run and approved."""
    for year in (current.year - 1, current.year):
        number = 0
        period = PayPeriod(current.kind, year, 1)
        while period.year == year and period.place < current.place:
            number += 1
            yield normal_run(ids.next("run"), number, period)
            if late_raise_at is not None and period.place == (current.year, 1):
                number += 1
                settled = normal_run(ids.next("run"), number, period, late_raise_at + timedelta(days=1))
                yield replace(settled, description=f"TWK {period_name(period)}", kind=RunKind.TWK)
            period = period.following()


def _with_late_raises(company: Company, staff: list[Employee], at: datetime | None) -> Company:
    """The TWK run of this year settles those whose raise came late; without any there is no such run."""
    late = frozenset(one.id for one in staff if any(row.created_at == at for row in one.salaries))
    runs = (
        replace(run, employee_ids=late) if run.kind is RunKind.TWK else run
        for run in company.runs
        if run.kind is RunKind.NORMAL or late
    )
    return replace(company, runs=tuple(runs))


def _employees(
    draw: random.Random, company: Company, people: People, careers: Careers, size: int
) -> Iterator[Employee]:
    offset = draw.randrange(65_536)
    for place in range(size):
        profile = _profile((offset + place * _GOLDEN) % 65_536)
        birth_on = _birth_on(draw, profile, people.today)
        household = people.household(birth_on)
        career = careers.career(profile, birth_on)
        since = career.employments[0]
        addresses = people.home(since.start_on, since.created_at)
        yield Employee(
            id=people.ids.next("employee"),
            company_id=company.id,
            # Numbers are chosen by people: one in two hundred was given out twice.
            number=1001 + place - (1 if place % 200 == 199 else 0),
            person=household.person,
            addresses=addresses,
            bank_accounts=(people.bank_account(household.person, addresses[0].city),),
            contracts=career.contracts,
            employments=career.employments,
            salaries=career.salaries,
            schedules=career.schedules,
            insurance=career.insurance,
            partner=household.partner,
            children=household.children,
            fixed_components=career.fixed_components,
            variable_components=career.variable_components,
        )


def _profile(point: int) -> Profile:
    """The profile at a point of 65,536, in proportion to the shares."""
    thousandth = point * 1000 // 65_536
    for profile, share in SHARES:
        thousandth -= share
        if thousandth < 0:
            return profile
    return Profile.FULL_TIME


def _birth_on(draw: random.Random, profile: Profile, start_on: date) -> date:
    if profile is Profile.YOUNG:
        # Below the entry age of 18 (Pensioenwet since 2024): unverified.
        days = draw.randrange(int(16.2 * 365), 17 * 365 + 200)
    else:
        lowest = 30 if profile is Profile.ABOVE_CAP else 23 if profile is Profile.REHIRED else 20
        days = int(min(66.5, max(lowest, draw.gauss(43, 12))) * 365) + draw.randrange(180)
    return start_on - timedelta(days=days)
