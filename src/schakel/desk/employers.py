"""Employers: all of them on one page, and one with its schemes, totals and what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from schakel.desk.access import Visitor
from schakel.desk.links import LinkShown
from schakel.desk.words import Words


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


ORDERS = ("name", "group", "in_service", "open_issues", "premium_total", "freshness", "attention")


@dataclass(frozen=True, slots=True)
class TermShown:
    """One choice of the employer, in words: "26,5 %", "wettelijk bedrag", "ja"."""

    name: str
    words: Words
    value: Words


@dataclass(frozen=True, slots=True)
class TermsShown:
    """The choices for one period."""

    start: date
    until: date | None
    terms: tuple[TermShown, ...]
    known_since: datetime
    source: str  #: the document


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


@dataclass(frozen=True, slots=True)
class PeriodShown:
    """One wage period on an axis."""

    year: int
    number: int
    start: date
    until: date

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Series:
    """One benefit over the periods of a chart, in cents; None where there is no amount."""

    benefit_id: int
    benefit: str
    words: Words
    total: tuple[int | None, ...]  #: premium, contribution or allowance
    employee_part: tuple[int | None, ...]  #: what employees pay of it
    participants: tuple[int, ...]
    is_premium: bool  #: False: paid out to employees, such as an allowance


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one employer per wage period and benefit, ready for a chart."""

    periods: tuple[PeriodShown, ...]  #: oldest first
    series: tuple[Series, ...]
    premium_totals: tuple[int, ...]  #: cents per period, over the series that are premiums


@dataclass(frozen=True, slots=True)
class WageSumRow:
    """The premium of a wage-sum policy for one wage period, in cents."""

    benefit_id: int
    words: Words
    period: PeriodShown
    participants: int
    wage_sum: int
    premium: int
    employee_share: int
    employer_share: int
    known_from: datetime


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One amount, before and after (None: there was none)."""

    quantity: str
    words: Words
    start: date
    until: date
    old: int | None
    new: int | None

    @property
    def difference(self) -> int:
        return (self.new or 0) - (self.old or 0)


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """One recalculation that changed something."""

    id: int
    employee_id: int
    employee_number: str
    employee_name: str
    benefit_id: int
    benefit_words: Words
    made_at: datetime
    effective_from: date
    facts_changed: tuple[Words, ...]
    delivery: UUID | None
    changes: tuple[ChangeShown, ...]
    premium_difference: int  #: cents, over the premiums and contributions among the changes


def overview(
    visitor: Visitor, now: datetime, order_by: str = "name", *, descending: bool = False
) -> Overview:
    """Every employer this visitor may see; as many queries for one as for hundreds.

    `order_by` is one of ORDERS; another raises ValueError. An operator gets no totals.
    """
    raise NotImplementedError


def employer(visitor: Visitor, employer_id: int, now: datetime) -> EmployerPage:
    """One employer with its schemes, terms in words and links. Raises NotFound."""
    raise NotImplementedError


def totals(visitor: Visitor, employer_id: int, now: datetime, periods: int = 13) -> Totals:
    """What each benefit came to in the last wage periods up to now. Raises NotFound, AccessRefused."""
    raise NotImplementedError


def wage_sums(visitor: Visitor, employer_id: int, now: datetime, periods: int = 13) -> tuple[WageSumRow, ...]:
    """The premiums over the wage sum, the newest period first. Raises NotFound, AccessRefused."""
    raise NotImplementedError


def revisions(visitor: Visitor, employer_id: int, limit: int = 50) -> tuple[RevisionShown, ...]:
    """What was recalculated and changed, the newest first. Raises NotFound, AccessRefused."""
    raise NotImplementedError
