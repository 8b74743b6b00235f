"""Why this amount: the tree down to the fact, and each fact down to the answer it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from schakel.desk.access import Act, Visitor, inside, not_found
from schakel.desk.employees import find
from schakel.desk.facts import OriginShown, origins_of
from schakel.desk.totals import PeriodShown
from schakel.desk.words import NOTHING, Words
from schakel.engine.benefit import Quantity
from schakel.engine.catalogue import benefit as benefit_named
from schakel.engine.employee import EmployeeTimeline
from schakel.engine.errors import SchakelError
from schakel.engine.explaining import explain
from schakel.engine.explanation import Explanation
from schakel.engine.wage_periods import WagePeriod
from schakel.participation import queries as participation
from schakel.participation.periods import administered, periods_of
from schakel.records import queries as records
from schakel.records.timelines import timeline_of
from schakel.schemes import queries as schemes
from schakel.schemes.terms import terms_of
from schakel.tenancy.audit import record

FACT = "fact:"


@dataclass(frozen=True, slots=True)
class Amount:
    """Which amount of whom."""

    employee_id: int
    benefit_id: int
    year: int
    number: int  #: of the wage period
    quantity: str


@dataclass(frozen=True, slots=True)
class Why:
    """One amount of one employee in one wage period, explained; or why there is none."""

    employee_id: int
    employee_reference: UUID
    employee_number: str
    employee_name: str
    benefit_id: int
    benefit_words: Words
    quantity: str
    quantity_words: Words
    period: PeriodShown
    known_at: datetime | None  #: facts and terms as known on this moment; None: now
    kept: int | None  #: cents, as kept at that moment; None when no amount was kept
    explanation: Explanation | None  #: None: it could not be calculated
    refusal: Words  #: why not; empty when it was explained
    refusal_code: str
    origins: Mapping[str, OriginShown]  #: by the `origin` of a fact in the tree

    @property
    def agrees(self) -> bool:
        """Whether the tree comes to the amount that was kept."""
        return self.explanation is not None and self.kept == self.explanation.value


def why(visitor: Visitor, amount: Amount, now: datetime, known_at: datetime | None = None) -> Why:
    """Explain one amount, as known on a moment. Writes an audit line. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = find(visitor, amount.employee_id, now)
        made = made_of(visitor, line, amount, now, known_at)
        one, period = benefit_named(made.agreed.benefit), made.wage_period.period
        tree, refusal = _explained(made, amount.quantity, known_at)
        record(
            "explain_amount",
            f"employee:{line.reference}",
            now,
            benefit=amount.benefit_id,
            quantity=amount.quantity,
        )
        return Why(
            employee_id=line.id,
            employee_reference=line.reference,
            employee_number=line.employee_number,
            employee_name=line.name,
            benefit_id=amount.benefit_id,
            benefit_words=Words(one.nl, one.en),
            quantity=amount.quantity,
            quantity_words=Words(made.quantity.nl, made.quantity.en),
            period=PeriodShown(amount.year, amount.number, period.start, period.end),
            known_at=known_at,
            kept=_kept(amount, made.wage_period, known_at),
            explanation=tree,
            refusal=NOTHING if refusal is None else Words(refusal.message("nl"), refusal.message("en")),
            refusal_code="" if refusal is None else refusal.code,
            origins={} if tree is None else _origins(tree),
        )


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What an amount is made of: the benefit that is agreed, and everything known of the employee."""

    agreed: schemes.BenefitLine
    quantity: Quantity
    facts: EmployeeTimeline
    wage_period: WagePeriod


def made_of(
    visitor: Visitor,
    line: records.EmployeeLine,
    amount: Amount,
    now: datetime,
    known_at: datetime | None = None,
) -> MadeOf:
    """What one amount of somebody in sight is made of. Raises NotFound."""
    agreed = next((one for one in schemes.benefits(line.employer_id) if one.id == amount.benefit_id), None)
    quantities = () if agreed is None else benefit_named(agreed.benefit).quantities
    found = next((one for one in quantities if one.name == amount.quantity), None)
    if agreed is None or found is None:
        raise not_found(visitor, f"benefit:{amount.benefit_id}")
    facts = administered(timeline_of(line.id, known_at), agreed.administered_from)
    wage_period = _wage_period(facts, agreed, amount.year, amount.number, now)
    if wage_period is None:
        raise not_found(visitor, f"wage period:{amount.year}-{amount.number}")
    return MadeOf(agreed, found, facts, wage_period)


def _wage_period(
    facts: EmployeeTimeline, agreed: schemes.BenefitLine, year: int, number: int, now: datetime
) -> WagePeriod | None:
    """The employee's wage period of that number, of the kind that payroll used at the time."""
    if not agreed.administered_from.year <= year <= localdate(now).year + 1:
        return None
    periods = periods_of(facts, agreed.administered_from, date(year + 1, 2, 1))
    return next((one for one in periods if (one.year, one.number) == (year, number)), None)


def _explained(
    made: MadeOf, quantity: str, known_at: datetime | None
) -> tuple[Explanation | None, SchakelError | None]:
    agreed = made.agreed
    terms = terms_of(agreed.id, known_at)
    try:
        return explain(agreed.benefit, made.facts, terms, made.wage_period, quantity), None
    except SchakelError as refusal:
        return None, refusal


def _kept(amount: Amount, wage_period: WagePeriod, known_at: datetime | None) -> int | None:
    taking_part = participation.participations(amount.employee_id)
    ids = [one.id for one in taking_part if one.benefit_id == amount.benefit_id]
    kept = [
        one.amounts.get(amount.quantity)
        for one in participation.amounts(ids, known_at)
        if one.start == wage_period.period.start
    ]
    return kept[0] if kept else None


def _origins(tree: Explanation) -> dict[str, OriginShown]:
    """Every fact in the tree, down to the answer it came from."""
    named = {
        node.origin: int(node.origin.removeprefix(FACT))
        for node in tree.walk()
        if node.origin.startswith(FACT)
    }
    origins = origins_of(records.facts_named(named.values()).values())
    return {name: origins[fact_id] for name, fact_id in named.items()}
