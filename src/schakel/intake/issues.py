"""Issues: what a person must look at. Open once, and closed by themselves when the cause is gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from schakel.connectors.payroll_source import Remark
from schakel.intake.models import Issue
from schakel.tenancy.scope import current_scope
from schakel.tenancy.statements import ask

NOT_NAMED = "not-in-answer"

OURS = frozenset({"unknown-element", "report-not-ready", "employee-twice-in-answer"})
"""Kinds of remarks that payroll cannot mend: the operator of the link must look."""

OPEN = """
SELECT id, code, fact FROM intake_issue
WHERE tenant_id = %(tenant)s AND employer_id = %(employer)s
  AND (employee_id = %(employee)s OR (%(employee)s IS NULL AND employee_id IS NULL))
  AND resolved_at IS NULL AND code <> %(not_named)s
"""


def keep(
    employer_id: int, employee_id: int | None, remarks: Sequence[Remark], delivery: UUID, at: datetime
) -> None:
    """These are the issues of one employee (None: of the employer's deliveries) now; others are closed.

    Whether an employee is named at all is not in a record, so that issue is left alone here.
    """
    found = ask(OPEN, employer=employer_id, employee=employee_id, not_named=NOT_NAMED)
    standing = {(code, fact): issue_id for issue_id, code, fact in found}
    wanted = {(remark.code, remark.fact or ""): remark for remark in remarks}
    gone = [issue_id for key, issue_id in standing.items() if key not in wanted]
    if gone:
        Issue.objects.filter(id__in=gone).update(resolved_at=at)
    for key, remark in wanted.items():
        if key in standing:
            Issue.objects.filter(id=standing[key]).update(
                message_nl=remark.what_nl, message_en=remark.what_en, delivery=delivery
            )
    _open(
        Issue(
            employer_id=employer_id,
            employee_id=employee_id,
            code=remark.code,
            fact=remark.fact or "",
            who="operator" if remark.code in OURS else "payroll",
            message_nl=remark.what_nl,
            message_en=remark.what_en,
            delivery=delivery,
            opened_at=at,
        )
        for key, remark in wanted.items()
        if key not in standing
    )


def open_not_named(employer_id: int, employee_ids: Iterable[int], delivery: UUID, at: datetime) -> None:
    """These employees are in service and an answer did not name them. Nobody is withdrawn for that."""
    _open(
        Issue(
            employer_id=employer_id,
            employee_id=employee_id,
            code=NOT_NAMED,
            who="payroll",
            message_nl="Deze werknemer is in dienst, maar wordt door de salarisadministratie niet meer genoemd. "
            "Er is niets gewijzigd. Zet in de salarisadministratie een einddatum, of herstel de zichtbaarheid.",
            message_en="This employee is in service, but payroll no longer names them. Nothing was changed. Enter "
            "an end date in payroll, or make the employee visible again.",
            delivery=delivery,
            opened_at=at,
        )
        for employee_id in employee_ids
    )


def not_named(employer_id: int) -> frozenset[int]:
    """The employees of whom it is known already that payroll does not name them."""
    rows = Issue.objects.filter(employer_id=employer_id, code=NOT_NAMED, resolved_at__isnull=True)
    return frozenset(rows.values_list("employee_id", flat=True))


def close_not_named(employer_id: int, employee_ids: Iterable[int], at: datetime) -> None:
    """These employees are named again, or no longer in service."""
    Issue.objects.filter(
        employer_id=employer_id,
        employee_id__in=list(employee_ids),
        code=NOT_NAMED,
        resolved_at__isnull=True,
    ).update(resolved_at=at)


def _open(issues: Iterable[Issue]) -> None:
    tenant_id = current_scope().tenant_id
    rows = list(issues)
    for row in rows:
        row.tenant_id = tenant_id
    if rows:
        Issue.objects.bulk_create(rows, ignore_conflicts=True)
