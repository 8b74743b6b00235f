"""The audit line: who did or saw what."""

from datetime import datetime

from schakel.tenancy.models import AuditLine
from schakel.tenancy.scope import current_scope


def record(act: str, subject: str, at: datetime, **detail: str | int | bool | None) -> None:
    """Add one line in the tenant in scope. `subject` and `detail` hold references, no personal data."""
    AuditLine.objects.create(at=at, actor=current_scope().actor, act=act, subject=subject, detail=detail)
