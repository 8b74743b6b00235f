"""The benefits one employee is in: amounts per wage period, and why some could not be calculated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from schakel.desk.words import WHO_ACTS, Words, said
from schakel.engine.catalogue import Benefit
from schakel.engine.catalogue import benefit as benefit_named
from schakel.participation import queries as participation
from schakel.schemes import queries as schemes


@dataclass(frozen=True, slots=True)
class QuantityShown:
    """One amount that a benefit gives."""

    name: str
    words: Words
    kind: str  #: spread (adds up over periods), held (as it stands), rest
    is_premium: bool  #: what is paid for the benefit, of which the employee and employer parts are parts


@dataclass(frozen=True, slots=True)
class PeriodAmounts:
    """The amounts of one wage period, in cents per quantity."""

    year: int
    number: int
    start: date
    until: date
    amounts: Mapping[str, int]
    known_from: datetime

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """Why a wage period could not be calculated, and who must act. Never a zero."""

    start: date
    until: date
    code: str
    who: Words
    message: Words


@dataclass(frozen=True, slots=True)
class BenefitAmounts:
    """One employee in one benefit."""

    participation_id: int
    benefit_id: int
    benefit: str
    words: Words
    scheme_name: str
    policy_number: str
    carrier_name: str
    stretches: tuple[tuple[date, date | None], ...]  #: in which the employee takes part
    takes_part: bool  #: on the day asked
    quantities: tuple[QuantityShown, ...]
    periods: tuple[PeriodAmounts, ...]  #: oldest first
    refusals: tuple[RefusalShown, ...]
    calculated_at: datetime
    facts_known_at: datetime


def benefits_of(
    employer_id: int, employee_id: int, on: date, known_at: datetime | None
) -> tuple[BenefitAmounts, ...]:
    """Every benefit the employee is or was in; inside a visitor's scope."""
    lines = participation.participations(employee_id)
    ids = [line.id for line in lines]
    periods: dict[int, list[PeriodAmounts]] = {}
    for one in participation.amounts(ids, known_at):
        shown = PeriodAmounts(one.year, one.number, one.start, one.until, one.amounts, one.known_from)
        periods.setdefault(one.participation_id, []).append(shown)
    refusals: dict[int, list[RefusalShown]] = {}
    for refusal in participation.refusals(ids):
        refusals.setdefault(refusal.participation_id, []).append(_refusal(refusal))
    agreed = {one.id: one for one in schemes.benefits(employer_id)}
    policies = schemes.policies(employer_id)
    return tuple(
        _benefit(
            line,
            agreed[line.benefit_id],
            policies,
            periods=tuple(periods.get(line.id, ())),
            refusals=tuple(refusals.get(line.id, ())),
            on=on,
        )
        for line in lines
    )


def _benefit(
    line: participation.ParticipationLine,
    agreed: schemes.BenefitLine,
    policies: Mapping[int, schemes.PolicyLine],
    *,
    periods: tuple[PeriodAmounts, ...],
    refusals: tuple[RefusalShown, ...],
    on: date,
) -> BenefitAmounts:
    one = benefit_named(line.benefit)
    policy = None if agreed.policy_id is None else policies[agreed.policy_id]
    return BenefitAmounts(
        participation_id=line.id,
        benefit_id=line.benefit_id,
        benefit=line.benefit,
        words=Words(one.nl, one.en),
        scheme_name=agreed.scheme_name,
        policy_number="" if policy is None else policy.number,
        carrier_name="" if policy is None else policy.carrier_name,
        stretches=line.stretches,
        takes_part=line.takes_part_on(on),
        quantities=quantities_of(one),
        periods=periods,
        refusals=refusals,
        calculated_at=line.calculated_at,
        facts_known_at=line.facts_known_at,
    )


def quantities_of(one: Benefit) -> tuple[QuantityShown, ...]:
    """The amounts a benefit gives, in the order of the catalogue."""
    return tuple(
        QuantityShown(
            quantity.name,
            Words(quantity.nl, quantity.en),
            quantity.kind,
            participation.is_whole_premium(one, quantity),
        )
        for quantity in one.quantities
    )


def _refusal(line: participation.RefusalLine) -> RefusalShown:
    return RefusalShown(
        line.start,
        line.until,
        line.code,
        said(WHO_ACTS, line.who),
        Words(line.message_nl, line.message_en),
    )
