"""Stored terms as the engine reads them, as known on any moment."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schakel.engine.timeline import Period, Step, Timeline
from schakel.schemes.models import TermsVersion
from schakel.tenancy.statements import ask

# Asked anew for every employee: whoever keeps terms would miss what is agreed in the meantime.
KNOWN_NOW = """
SELECT benefit_id, lower(valid), upper(valid), terms, lower(known) FROM schemes_termsversion
WHERE tenant_id = %(tenant)s AND benefit_id = ANY(%(benefits)s) AND upper_inf(known)
"""


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
    steps: dict[int, list[Step[Mapping[str, Any]]]] = {one: [] for one in benefit_ids}
    since: dict[int, datetime] = {}
    for benefit_id, start, until, chosen, known_from in ask(KNOWN_NOW, benefits=list(benefit_ids)):
        steps[benefit_id].append(Step(Period(start, until), json.loads(chosen)))
        since[benefit_id] = max(known_from, since.get(benefit_id, known_from))
    return {one: KnownTerms(Timeline(found), since.get(one)) for one, found in steps.items()}
