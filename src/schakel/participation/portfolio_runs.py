"""How far a recalculation of everybody is, so that a run that was broken off goes on where it stopped."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from schakel.participation.models import PortfolioRun
from schakel.participation.portfolio import Recalculated
from schakel.records import columns


@dataclass(frozen=True, slots=True)
class Progress:
    """One run over the employees of one employer."""

    run_id: int
    employer_id: int
    start: date
    until: date
    begun_at: datetime
    after_employee: int
    done: int
    total: int
    changed: int


def begin(employer_id: int, start: date, until: date, now: datetime) -> Progress:
    """A new run, or the one over the same days that was broken off."""
    row, _ = PortfolioRun.objects.get_or_create(
        employer_id=employer_id,
        start=start,
        until=until,
        finished_at=None,
        defaults={"begun_at": now, "total": columns.how_many(employer_id)},
    )
    return _progress(row)


def locked(run_id: int) -> Progress:
    """The run as it stands, held until the transaction ends: two who run it at once take turns."""
    return _progress(PortfolioRun.objects.select_for_update().get(id=run_id))


def went_on(run_id: int, block: Recalculated) -> None:
    """A block is stored; only inside the transaction that stored it."""
    PortfolioRun.objects.filter(id=run_id).update(
        after_employee=block.last,
        done=F("done") + block.employees,
        changed=F("changed") + len(block.changed),
    )


def finish(run_id: int, now: datetime) -> None:
    """Everybody is done."""
    PortfolioRun.objects.filter(id=run_id, finished_at=None).update(finished_at=now)


def _progress(row: PortfolioRun) -> Progress:
    return Progress(
        row.pk,
        row.employer_id,
        row.start,
        row.until,
        row.begun_at,
        row.after_employee,
        row.done,
        row.total,
        row.changed,
    )
