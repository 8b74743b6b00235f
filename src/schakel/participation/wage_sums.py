"""The premium of wage-sum policies: one rate over everybody's insured wage, per wage period, rounded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Max, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from schakel.engine.catalogue import benefit, check_terms
from schakel.engine.timeline import Timeline
from schakel.engine.wage_sum import WageSumAmounts, premium_over
from schakel.participation.models import PeriodTotal, WageSumPremium
from schakel.schemes.agreed import AgreedBenefit, benefits_of
from schakel.schemes.terms import known_terms
from schakel.tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class WageSumChange:
    """The premium of one wage-sum policy in one wage period, before and after; in cents."""

    benefit_id: int
    policy_id: int | None
    start: date
    until: date
    year: int
    number: int
    participants: int
    old: int | None
    new: int
    wage_sum: int
    employee_share: int


def settle_wage_sums(employer_id: int, now: datetime) -> tuple[WageSumChange, ...]:
    """Settle every wage-sum benefit of one employer over what is insured now. Twice writes nothing."""
    over_sum = [one for one in benefits_of(employer_id) if benefit(one.benefit).mechanic == "wage_sum"]
    if not over_sum:
        return ()
    agreed = known_terms([one.id for one in over_sum])
    return tuple(change for one in over_sum for change in _settle(one, agreed[one.id].terms, now))


def _settle(one: AgreedBenefit, terms: Timeline[Mapping[str, Any]], now: datetime) -> list[WageSumChange]:
    standing = {
        row.start: row
        for row in WageSumPremium.objects.select_for_update().filter(benefit_id=one.id, known_until=None)
    }
    sums = {row["start"]: row for row in _sums(one.id)}
    changes, closed, added = [], [], []
    for start in sorted(standing.keys() | sums.keys()):
        old, total = standing.get(start), sums.get(start)
        rate = _rate(one, terms, start if old is None or start in sums else old.start)
        if rate is None:
            continue
        made = _premium(one, old, total, rate)
        if old is not None and _says(old, made):
            continue
        if old is not None:
            closed.append(old)
        added.append(made)
        changes.append(_change(one, old, made))
    _store(closed, added, now)
    return changes


def _sums(benefit_id: int) -> list[dict[str, Any]]:
    """Per wage period what is insured of everybody: from the totals that are kept, however many lines there are."""
    totals = PeriodTotal.objects.filter(benefit_id=benefit_id, participants__gt=0)
    return list(
        totals.values("start")
        .annotate(
            until=Max("until"),
            year=Max("year"),
            number=Max("number"),
            people=Sum("participants"),
            wage_sum=_total("insured_wage"),
            employee_share=_total("employee_share"),
            # Few policies have a premium for each person; in the totals of all others there is none.
            personal_premium=_total("personal_premium"),
        )
        .order_by("start")
    )


def _total(quantity: str) -> Sum:
    return Sum(Cast(KeyTextTransform(quantity, "sums"), BigIntegerField()))


def _rate(one: AgreedBenefit, terms: Timeline[Mapping[str, Any]], start: date) -> int | None:
    """The premium rate on the first of our days in a wage period; None while nothing is agreed for it.

    Without terms the insured wages cannot be calculated either: that is told per employee, with who must act.
    """
    chosen = terms.at(max(start, one.administered_from))
    if chosen is None:
        return None
    rate = check_terms(one.benefit, chosen)["premium_rate"]
    assert isinstance(rate, int), "a premium rate is a number"
    return rate


def _premium(
    one: AgreedBenefit, old: WageSumPremium | None, total: Mapping[str, Any] | None, rate: int
) -> WageSumPremium:
    amounts = (
        premium_over(0, rate, 0)
        if total is None
        else premium_over(
            int(total["wage_sum"]),
            rate,
            int(total["employee_share"]),
            int(total["personal_premium"] or 0),
        )
    )
    return _row(one, old, total, amounts)


def _row(
    one: AgreedBenefit, old: WageSumPremium | None, total: Mapping[str, Any] | None, amounts: WageSumAmounts
) -> WageSumPremium:
    row = WageSumPremium(
        tenant_id=current_scope().tenant_id,
        benefit_id=one.id,
        participants=0 if total is None else total["people"],
        wage_sum=amounts.wage_sum,
        premium=amounts.premium,
        employee_share=amounts.employee_share,
    )
    for name in ("start", "until", "year", "number"):
        setattr(row, name, getattr(old, name) if total is None else total[name])
    return row


def _says(old: WageSumPremium, new: WageSumPremium) -> bool:
    names = ("until", "participants", "wage_sum", "premium", "employee_share")
    return all(getattr(old, name) == getattr(new, name) for name in names)


def _change(one: AgreedBenefit, old: WageSumPremium | None, new: WageSumPremium) -> WageSumChange:
    return WageSumChange(
        one.id,
        one.policy_id,
        new.start,
        new.until,
        new.year,
        new.number,
        new.participants,
        None if old is None else old.premium,
        new.premium,
        new.wage_sum,
        new.employee_share,
    )


def _store(closed: list[WageSumPremium], added: list[WageSumPremium], now: datetime) -> None:
    moment = max([now, *(row.known_from + timedelta(microseconds=1) for row in closed)])
    if closed:
        WageSumPremium.objects.filter(id__in=[row.id for row in closed]).update(known_until=moment)
    for row in added:
        row.known_from = moment
    if added:
        WageSumPremium.objects.bulk_create(added)
