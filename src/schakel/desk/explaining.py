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


def why(
    visitor: Visitor,
    employee_id: int,
    benefit_id: int,
    *,
    year: int,
    number: int,
    quantity: str,
    now: datetime,
    known_at: datetime | None = None,
) -> Why:
    """Explain one amount, as known on a moment. Writes an audit line. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        line = find(visitor, employee_id, now)
        asked = amount_asked(visitor, line, benefit_id, year, number, quantity, now, known_at)
        agreed, found, wage_period = asked.agreed, asked.quantity, asked.wage_period
        one = benefit_named(agreed.benefit)
        tree, refusal = _explained(agreed, asked.facts, wage_period, quantity, known_at)
        record("explain_amount", f"employee:{line.reference}", now, benefit=benefit_id, quantity=quantity)
        return Why(
            employee_id=employee_id,
            employee_reference=line.reference,
            employee_number=line.employee_number,
            employee_name=line.name,
            benefit_id=benefit_id,
            benefit_words=Words(one.nl, one.en),
            quantity=quantity,
            quantity_words=Words(found.nl, found.en),
            period=PeriodShown(year, number, wage_period.period.start, wage_period.period.end),
            known_at=known_at,
            kept=_kept(employee_id, benefit_id, wage_period, quantity, known_at),
            explanation=tree,
            refusal=NOTHING if refusal is None else Words(refusal.message("nl"), refusal.message("en")),
            refusal_code="" if refusal is None else refusal.code,
            origins={} if tree is None else _origins(tree),
        )


@dataclass(frozen=True, slots=True)
class AmountAsked:
    """Which amount, and what is known for it."""

    agreed: schemes.BenefitLine
    quantity: Quantity
    facts: EmployeeTimeline
    wage_period: WagePeriod


def amount_asked(  # noqa: PLR0917 - who asks, and the parts of an address
    visitor: Visitor,
    line: records.EmployeeLine,
    benefit_id: int,
    year: int,
    number: int,
    quantity: str,
    now: datetime,
    known_at: datetime | None = None,
) -> AmountAsked:
    """One amount of somebody the visitor may see. Raises NotFound."""
    agreed = next((one for one in schemes.benefits(line.employer_id) if one.id == benefit_id), None)
    quantities = () if agreed is None else benefit_named(agreed.benefit).quantities
    found = next((one for one in quantities if one.name == quantity), None)
    if agreed is None or found is None:
        raise not_found(visitor, f"benefit:{benefit_id}")
    facts = administered(timeline_of(line.id, known_at), agreed.administered_from)
    wage_period = _wage_period(facts, agreed, year, number, now)
    if wage_period is None:
        raise not_found(visitor, f"wage period:{year}-{number}")
    return AmountAsked(agreed, found, facts, wage_period)


def _wage_period(
    facts: EmployeeTimeline, agreed: schemes.BenefitLine, year: int, number: int, now: datetime
) -> WagePeriod | None:
    """The employee's wage period of that number, of the kind that payroll used at the time."""
    if not agreed.administered_from.year <= year <= localdate(now).year + 1:
        return None
    periods = periods_of(facts, agreed.administered_from, date(year + 1, 2, 1))
    return next((one for one in periods if (one.year, one.number) == (year, number)), None)


def _explained(
    agreed: schemes.BenefitLine,
    facts: EmployeeTimeline,
    wage_period: WagePeriod,
    quantity: str,
    known_at: datetime | None,
) -> tuple[Explanation | None, SchakelError | None]:
    try:
        return explain(agreed.benefit, facts, terms_of(agreed.id, known_at), wage_period, quantity), None
    except SchakelError as refusal:
        return None, refusal


def _kept(
    employee_id: int, benefit_id: int, wage_period: WagePeriod, quantity: str, known_at: datetime | None
) -> int | None:
    ids = [one.id for one in participation.participations(employee_id) if one.benefit_id == benefit_id]
    kept = [
        one.amounts.get(quantity)
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
