"""Employers: all of them on one page, and one with its schemes, totals and what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from schakel.delivery import queries as delivery
from schakel.desk.access import Act, Visitor, employer_or_not_found, inside
from schakel.desk.link_health import LinkShown, links_in_scope, links_of_employer
from schakel.desk.terms import TermsShown, terms_of
from schakel.desk.words import CARRIER_KINDS, NOTHING, WAGE_PERIOD_KINDS, Words, said
from schakel.engine.catalogue import benefit as benefit_named
from schakel.intake import queries as intake
from schakel.links import queries as stored_links
from schakel.participation import queries as participation
from schakel.records import queries as records
from schakel.schemes import queries as schemes
from schakel.tenancy import queries as tenants


@dataclass(frozen=True, slots=True)
class LinkGlance:
    """A link in one cell: how it is and how fresh."""

    reference: UUID
    name: str
    kind: str
    state: str
    state_words: Words
    last_success_at: datetime | None
    age: timedelta | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One employer in the overview."""

    id: int
    name: str
    group_name: str
    registration_number: str
    wage_period_kind: str  #: month, four_weeks, week; empty before the first sync
    wage_period_words: Words
    in_service: int
    open_issues: int
    links: tuple[LinkGlance, ...]  #: the payroll links of this employer
    messages: Mapping[str, int]  #: state → how many; only states that occur
    premium_total: (
        int | None
    )  #: cents, premiums and contributions of `total_period`; None: not for this role, or none yet
    total_start: date | None  #: the wage period of the total
    total_until: date | None

    @property
    def needs_attention(self) -> bool:
        """An open issue, a link that is stale, or a message that is stuck."""
        stuck = sum(self.messages.get(state, 0) for state in ("rejected", "overdue", "different"))
        return bool(self.open_issues or stuck or any(link.is_stale for link in self.links))


@dataclass(frozen=True, slots=True)
class Overview:
    """All employers of a visitor, and the sums over them."""

    rows: tuple[EmployerRow, ...]
    in_service: int
    open_issues: int
    messages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BenefitShown:
    """One benefit in a scheme, with its terms over time and who carries it."""

    id: int
    benefit: str  #: name in the engine's catalogue
    words: Words
    line: str  #: pension, wia, accident, not_insurable
    mechanic: str  #: per_person, wage_sum
    administered_from: date
    participants: int  #: employees who take part on the day asked
    not_calculable: int  #: employees with a wage period that could not be calculated
    policy_number: str  #: empty: no carrier holds it
    carrier_name: str
    carrier_kind_words: Words
    terms: tuple[TermsShown, ...]  #: oldest first


@dataclass(frozen=True, slots=True)
class SchemeShown:
    """What an employer offers, under one name."""

    id: int
    name: str
    benefits: tuple[BenefitShown, ...]


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """One employer, without amounts."""

    id: int
    name: str
    group_name: str
    registration_number: str
    wage_period_kind: str
    wage_period_words: Words
    in_service: int
    open_issues: int
    messages: Mapping[str, int]
    links: tuple[LinkShown, ...]  #: payroll links, then carrier links
    schemes: tuple[SchemeShown, ...]
    sees_amounts: bool  #: whether this role may ask for totals, revisions and employees


def overview(
    visitor: Visitor, now: datetime, order_by: str = "name", *, descending: bool = False
) -> Overview:
    """Every employer this visitor may see; as many queries for one as for hundreds.

    `order_by` is one of ORDERS; another raises ValueError. An operator gets no totals.
    """
    if order_by not in ORDERS:
        raise ValueError(f"employers can be ordered by {', '.join(ORDERS)}")
    with inside(visitor, Act.SEE_EMPLOYERS):
        figures = _figures(visitor, now)
        rows = [_row(line, figures) for line in tenants.employers()]
    rows.sort(key=ORDERED_BY[order_by], reverse=descending)
    messages: dict[str, int] = {}
    for row in rows:
        for state, number in row.messages.items():
            messages[state] = messages.get(state, 0) + number
    return Overview(
        tuple(rows), sum(row.in_service for row in rows), sum(row.open_issues for row in rows), messages
    )


ORDERED_BY: Mapping[str, Callable[[EmployerRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "group": lambda row: (row.group_name.casefold(), row.name.casefold()),
    "in_service": lambda row: row.in_service,
    "open_issues": lambda row: row.open_issues,
    "premium_total": lambda row: -1 if row.premium_total is None else row.premium_total,
    "freshness": lambda row: max((one.age or timedelta.max for one in row.links), default=timedelta.max),
    "attention": lambda row: (not row.needs_attention, row.name.casefold()),
}
ORDERS = tuple(ORDERED_BY)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is counted for all employers at once."""

    in_service: Mapping[int, int]
    open_issues: Mapping[int, int]
    messages: Mapping[int, Mapping[str, int]]
    links: Mapping[int, tuple[LinkGlance, ...]]
    totals: Mapping[int, tuple[int, date, date]]


def _figures(visitor: Visitor, now: datetime) -> _Figures:
    return _Figures(
        records.in_service_by_employer(localdate(now)),
        intake.open_issues_by_employer(),
        delivery.states_by_employer(),
        _links_by_employer(now),
        _premiums(localdate(now)) if visitor.may(Act.SEE_EMPLOYEES) else {},
    )


def _links_by_employer(now: datetime) -> dict[int, tuple[LinkGlance, ...]]:
    shown = {link.reference: link for link in links_in_scope(now)}
    found: dict[int, tuple[LinkGlance, ...]] = {}
    for entity in stored_links.entities():
        if entity.link in shown:
            glance = _glance(shown[entity.link], entity.last_success_at, now)
            found[entity.employer_id] = (*found.get(entity.employer_id, ()), glance)
    return found


def _glance(link: LinkShown, read_at: datetime | None, now: datetime) -> LinkGlance:
    """A link for one employer: its own entity may be older than the link as a whole."""
    return LinkGlance(
        link.reference,
        link.name,
        link.kind,
        link.state,
        link.state_words,
        read_at,
        None if read_at is None else now - read_at,
        link.is_stale or read_at is None or (link.every is not None and now - read_at > 2 * link.every),
    )


def _premiums(on: date) -> dict[int, tuple[int, date, date]]:
    """What is paid to carriers in the last wage period that began by a day, per employer."""
    found: dict[int, tuple[int, date, date]] = {}
    per_person, over_sums = participation.latest_totals(on)
    told = [(one, one.premium) for one in per_person] + [(one, one.premium) for one in over_sums]
    for line, premium in told:
        before = found.get(line.employer_id, (0, line.start, line.until))
        found[line.employer_id] = (before[0] + premium, line.start, line.until)
    return found


def _row(line: tenants.EmployerLine, figures: _Figures) -> EmployerRow:
    total, start, until = figures.totals.get(line.id, (None, None, None))
    return EmployerRow(
        id=line.id,
        name=line.name,
        group_name=line.group_name,
        registration_number=line.registration_number,
        wage_period_kind=line.wage_period_kind,
        wage_period_words=said(WAGE_PERIOD_KINDS, line.wage_period_kind),
        in_service=figures.in_service.get(line.id, 0),
        open_issues=figures.open_issues.get(line.id, 0),
        links=figures.links.get(line.id, ()),
        messages=figures.messages.get(line.id, {}),
        premium_total=total,
        total_start=start,
        total_until=until,
    )


def employer(visitor: Visitor, employer_id: int, now: datetime) -> EmployerPage:
    """One employer with its schemes, terms in words and links. Raises NotFound."""
    with inside(visitor, Act.SEE_EMPLOYERS):
        line = employer_or_not_found(visitor, employer_id)
        policies, on = schemes.policies(employer_id), localdate(now)
        return EmployerPage(
            id=line.id,
            name=line.name,
            group_name=line.group_name,
            registration_number=line.registration_number,
            wage_period_kind=line.wage_period_kind,
            wage_period_words=said(WAGE_PERIOD_KINDS, line.wage_period_kind),
            in_service=records.in_service_by_employer(on, employer_id).get(employer_id, 0),
            open_issues=intake.open_issues_by_employer(employer_id).get(employer_id, 0),
            messages=delivery.states_by_employer(employer_id).get(employer_id, {}),
            links=tuple(links_of_employer(employer_id, now)),
            schemes=_schemes(employer_id, policies, on),
            sees_amounts=visitor.may(Act.SEE_EMPLOYEES),
        )


def _schemes(
    employer_id: int, policies: Mapping[int, schemes.PolicyLine], on: date
) -> tuple[SchemeShown, ...]:
    participants = participation.participants_by_benefit(employer_id, on)
    refused = participation.not_calculable_by_benefit(employer_id)
    terms: dict[int, list[schemes.TermsLine]] = {}
    for version in schemes.terms(employer_id):
        terms.setdefault(version.benefit_id, []).append(version)
    found: dict[int, SchemeShown] = {}
    for line in schemes.benefits(employer_id):
        before = found.get(line.scheme_id, SchemeShown(line.scheme_id, line.scheme_name, ()))
        one = benefit_named(line.benefit)
        policy = None if line.policy_id is None else policies[line.policy_id]
        shown = BenefitShown(
            id=line.id,
            benefit=line.benefit,
            words=Words(one.nl, one.en),
            line=one.line,
            mechanic=one.mechanic,
            administered_from=line.administered_from,
            participants=participants.get(line.id, 0),
            not_calculable=refused.get(line.id, 0),
            policy_number="" if policy is None else policy.number,
            carrier_name="" if policy is None else policy.carrier_name,
            carrier_kind_words=NOTHING if policy is None else said(CARRIER_KINDS, policy.carrier_kind),
            terms=tuple(terms_of(one, version) for version in terms.get(line.id, ())),
        )
        found[line.scheme_id] = replace(before, benefits=(*before.benefits, shown))
    return tuple(found.values())
