"""Stored terms as the engine reads them, as known on any moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schakel.engine.timeline import Period, Step, Timeline
from schakel.schemes.models import TermsVersion


def terms_of(benefit_id: int, known_at: datetime | None = None) -> Timeline[Mapping[str, Any]]:
    """The employer's choices for one benefit over time (None: as known now)."""
    rows = TermsVersion.objects.filter(benefit_id=benefit_id)
    rows = rows.filter(known__upper_inf=True) if known_at is None else rows.filter(known__contains=known_at)
    return Timeline(Step(Period(row.valid.lower, row.valid.upper), row.terms) for row in rows)


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """What is agreed of one benefit, and when the last of it became known."""

    terms: Timeline[Mapping[str, Any]]
    known_since: datetime | None


def known_terms(benefit_ids: Collection[int]) -> dict[int, KnownTerms]:
    """The terms of several benefits as known now; a benefit without terms has an empty timeline."""
    found: dict[int, list[TermsVersion]] = {one: [] for one in benefit_ids}
    for row in TermsVersion.objects.filter(benefit_id__in=found, known__upper_inf=True):
        found[row.benefit_id].append(row)
    return {
        benefit_id: KnownTerms(
            Timeline(Step(Period(row.valid.lower, row.valid.upper), row.terms) for row in rows),
            max((row.known.lower for row in rows), default=None),
        )
        for benefit_id, rows in found.items()
    }
