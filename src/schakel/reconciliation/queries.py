"""Questions about differences between what we told carriers and what they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Abs

from schakel.reconciliation.models import Difference


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One thing a carrier holds that is not what we told it."""

    id: int
    policy_id: int
    employee_id: int
    employer_id: int
    message_id: UUID
    what: str
    start: date | None
    until: date | None
    ours: Any
    theirs: Any
    worth: int | None
    owner: str
    next_step_nl: str
    next_step_en: str
    found_at: datetime
    resolved_at: datetime | None


def open_differences() -> int:
    """How many differences in scope are open."""
    return Difference.objects.filter(resolved_at=None).count()


def differences(
    *,
    employer_id: int | None = None,
    employee_ids: Collection[int] | None = None,
    message_id: UUID | None = None,
    with_resolved: bool = False,
    limit: int = 500,
) -> list[DifferenceLine]:
    """Differences in scope, the largest worth first, either way; those without a worth at the end."""
    rows = Difference.objects.select_related("employee")
    if employer_id is not None:
        rows = rows.filter(employee__employer_id=employer_id)
    if employee_ids is not None:
        rows = rows.filter(employee_id__in=employee_ids)
    if message_id is not None:
        rows = rows.filter(message_id=message_id)
    if not with_resolved:
        rows = rows.filter(resolved_at=None)
    ordered = rows.order_by(Abs("worth").desc(nulls_last=True), "found_at", "id")
    return [
        DifferenceLine(
            row.id,
            row.policy_id,
            row.employee_id,
            row.employee.employer_id,
            row.message_id,
            row.what,
            row.start,
            row.until,
            row.ours,
            row.theirs,
            row.worth,
            row.owner,
            row.next_step_nl,
            row.next_step_en,
            row.found_at,
            row.resolved_at,
        )
        for row in ordered[:limit]
    ]
