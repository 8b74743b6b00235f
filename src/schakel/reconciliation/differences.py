"""Keeping differences: what is new is opened, what is gone is closed, and what is found twice is one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from schakel.reconciliation.compare import Found
from schakel.reconciliation.models import Difference
from schakel.tenancy.scope import current_scope
from schakel.tenancy.statements import ask

# Nearly every reading finds nothing: one statement, and no rows to look at.
CLOSE = """
UPDATE reconciliation_difference SET resolved_at = %(now)s
WHERE tenant_id = %(tenant)s AND policy_id = %(policy)s AND employee_id = %(employee)s AND resolved_at IS NULL
"""


def keep(policy_id: int, employee_id: int, message_id: UUID, found: Sequence[Found], now: datetime) -> None:
    """Everything that differs now, for one employee in one policy; nothing found closes what was open."""
    if not found:
        ask(CLOSE, policy=policy_id, employee=employee_id, now=now)
        return
    open_rows = Difference.objects.filter(policy_id=policy_id, employee_id=employee_id, resolved_at=None)
    standing = {(row.what, row.start): row for row in open_rows.select_for_update()}
    wanted = {(one.what, one.start): one for one in found}
    same = {key for key, row in standing.items() if key in wanted and _says(row) == _says(wanted[key])}
    gone = [row.id for key, row in standing.items() if key not in same]
    Difference.objects.filter(id__in=gone).update(resolved_at=now)
    # Another reading of the same books may have opened it just now; then it is open, which is what we want.
    Difference.objects.bulk_create(
        [
            _row(policy_id, employee_id, message_id, one, now)
            for key, one in wanted.items()
            if key not in same
        ],
        ignore_conflicts=True,
    )


def _says(one: Difference | Found) -> tuple[Any, ...]:
    return one.until, one.ours, one.theirs, one.owner, one.next_step_nl, one.next_step_en


def _row(policy_id: int, employee_id: int, message_id: UUID, one: Found, now: datetime) -> Difference:
    return Difference(
        tenant_id=current_scope().tenant_id,
        policy_id=policy_id,
        employee_id=employee_id,
        message_id=message_id,
        what=one.what,
        start=one.start,
        until=one.until,
        ours=one.ours,
        theirs=one.theirs,
        worth=one.worth,
        owner=one.owner,
        next_step_nl=one.next_step_nl,
        next_step_en=one.next_step_en,
        found_at=now,
    )
