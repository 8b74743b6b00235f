"""What recalculations changed, told per person: the benefits of one employee and delivery belong together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from schakel.desk.access import Act, Visitor, employer_or_not_found, inside
from schakel.desk.fact_words import fact_words
from schakel.desk.totals import RevisionShown, revisions_shown
from schakel.desk.words import Words
from schakel.engine.catalogue import BENEFITS
from schakel.participation import queries as participation
from schakel.records import queries as records

NOT_KNOWN_BEFORE = Words("nieuw", "new")
NEW_IN_SERVICE = Words("nieuw in dienst", "new in service")
IN_SERVICE = fact_words("is_employed")


@dataclass(frozen=True, slots=True)
class Revised:
    """What one delivery changed for one employee, over all benefits."""

    employee_id: int
    employee_reference: UUID
    employee_name: str
    made_at: datetime
    effective_from: date  #: the earliest of the benefits
    cause: tuple[Words, ...]  #: the facts that changed; of somebody not known before only that
    is_new: bool  #: there were no amounts before
    revisions: tuple[RevisionShown, ...]  #: per benefit
    premium_difference: int  #: cents, over the benefits


def revised(visitor: Visitor, employer_id: int, now: datetime, limit: int = 8) -> tuple[Revised, ...]:
    """The employees for whom something changed last, the newest first. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        employer_or_not_found(visitor, employer_id)
        # One delivery makes one revision per benefit at most, so the people asked for are there whole.
        lines = participation.revisions(employer_id=employer_id, limit=limit * len(BENEFITS))
        return together(revisions_shown(lines), now)[:limit]


def together(revisions: Iterable[RevisionShown], now: datetime) -> tuple[Revised, ...]:
    """Revisions of the same employee and delivery as one; inside a visitor's scope."""
    groups: dict[tuple[int, UUID | datetime], list[RevisionShown]] = {}
    for one in revisions:
        groups.setdefault((one.employee_id, one.delivery or one.made_at), []).append(one)
    newcomers = {group[0].employee_id for group in groups.values() if _is_new(group)}
    since = {line.id: line.since for line in records.lines(newcomers, localdate(now)).values()}
    return tuple(_revised(group, since) for group in groups.values())


def _is_new(group: Sequence[RevisionShown]) -> bool:
    """Whether service began to be known and no amount was there before."""
    told = {words for one in group for words in one.facts_changed}
    return IN_SERVICE in told and all(change.old is None for one in group for change in one.changes)


def _revised(group: Sequence[RevisionShown], since: dict[int, date | None]) -> Revised:
    first, is_new = group[0], _is_new(group)
    effective_from = min(one.effective_from for one in group)
    cause = tuple(dict.fromkeys(words for one in group for words in one.facts_changed))
    if is_new:
        began = since.get(first.employee_id)
        # Who was in service before the benefits are administered is new to us, not to the employer.
        cause = (NEW_IN_SERVICE if began == effective_from else NOT_KNOWN_BEFORE,)
    return Revised(
        employee_id=first.employee_id,
        employee_reference=first.employee_reference,
        employee_name=first.employee_name,
        made_at=max(one.made_at for one in group),
        effective_from=effective_from,
        cause=cause,
        is_new=is_new,
        revisions=tuple(group),
        premium_difference=sum(one.premium_difference for one in group),
    )
