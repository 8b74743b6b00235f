"""What stands in amount lines, added up per benefit and wage period, kept in step within the same transaction.

A page shows totals over hundreds of thousands of lines; here they are one row each. Only differences are added,
so that writing costs the same however many employees there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from schakel.tenancy.statements import as_json, ask

# Two at once wait for each other here until the first commits; neither reads what it then writes over.
ADD = """
INSERT INTO participation_periodtotal AS kept (
    tenant_id, benefit_id, start, until, year, number, participants, sums)
SELECT %(tenant)s, benefit_id, start, until, year, number, participants, sums
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    benefit_id bigint, start date, until date, year smallint, number smallint, participants integer, sums jsonb)
ON CONFLICT (tenant_id, benefit_id, start, until, year, number) DO UPDATE SET
    participants = kept.participants + excluded.participants,
    sums = (
        SELECT jsonb_object_agg(name, coalesce((kept.sums ->> name)::bigint, 0)
                                    + coalesce((excluded.sums ->> name)::bigint, 0))
        FROM jsonb_object_keys(kept.sums || excluded.sums) AS name
    )
"""


class Place(NamedTuple):
    """One benefit in one wage period."""

    benefit_id: int
    start: date
    until: date
    year: int
    number: int


@dataclass(slots=True)
class Difference:
    """By how much one total changes."""

    participants: int = 0
    sums: Counter[str] = field(default_factory=Counter)


def add(
    gone: Iterable[tuple[Place, Mapping[str, int]]], new: Iterable[tuple[Place, Mapping[str, int]]]
) -> None:
    """Take lines out of the totals and put others in; only inside the transaction that writes the lines."""
    found: dict[Place, Difference] = {}
    for sign, lines in ((-1, gone), (1, new)):
        for place, amounts in lines:
            difference = found.setdefault(place, Difference())
            difference.participants += sign
            for quantity, amount in amounts.items():
                difference.sums[quantity] += sign * amount
    keep(found)


def keep(found: Mapping[Place, Difference]) -> None:
    """Totals change by this much; only inside the transaction that writes the lines."""
    changed = {
        place: one for place, one in sorted(found.items()) if one.participants or any(one.sums.values())
    }
    if changed:
        _write(changed)


def _write(changed: Mapping[Place, Difference]) -> None:
    """In one order for everybody, so that two writers never wait for each other in a circle."""
    rows = [
        {**place._asdict(), "participants": one.participants, "sums": one.sums}
        for place, one in changed.items()
    ]
    ask(ADD, rows=as_json(rows))
