"""Stored terms as the engine reads them, as known on any moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from schakel.engine.timeline import Period, Step, Timeline
from schakel.schemes.models import TermsVersion


def terms_of(benefit_id: int, known_at: datetime | None = None) -> Timeline[Mapping[str, Any]]:
    """The employer's choices for one benefit over time (None: as known now)."""
    rows = TermsVersion.objects.filter(benefit_id=benefit_id)
    rows = rows.filter(known__upper_inf=True) if known_at is None else rows.filter(known__contains=known_at)
    return Timeline(Step(Period(row.valid.lower, row.valid.upper), row.terms) for row in rows)
