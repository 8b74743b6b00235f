"""Amounts of many employees written with a few statements: what differs is closed and added, never overwritten."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from schakel.tenancy.statements import as_json, ask

ROOM = """
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_line (
    employee_id bigint, benefit_id bigint, start date, until date, year smallint, number smallint, amounts jsonb
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_refusal (
    employee_id bigint, benefit_id bigint, start date, until date, code text, who text, nl text, en text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_stretches (
    employee_id bigint, benefit_id bigint, facts_known_at timestamptz
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_kept (id bigint, stretches jsonb) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_mine (
    id bigint, employee_id bigint, benefit_id bigint
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_standing (
    participation_id bigint, benefit_id bigint, start date, until date, year smallint, number smallint,
    id bigint, amounts jsonb
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_difference (
    participation_id bigint, benefit_id bigint, start date, until date, year smallint, number smallint,
    old_id bigint, old jsonb, new jsonb
) ON COMMIT DELETE ROWS
"""

TAKE = {
    "line": "COPY portfolio_line (employee_id, benefit_id, start, until, year, number, amounts) FROM STDIN",
    "refusal": "COPY portfolio_refusal (employee_id, benefit_id, start, until, code, who, nl, en) FROM STDIN",
    "stretches": "COPY portfolio_stretches (employee_id, benefit_id, facts_known_at) FROM STDIN",
    "kept": "COPY portfolio_kept (id, stretches) FROM STDIN",
}

MAKE = """
INSERT INTO participation_participation (
    tenant_id, employee_id, benefit_id, stretches, facts_known_at, calculated_at, calculated_until)
SELECT %(tenant)s, employee_id, benefit_id, '[]', facts_known_at, %(moment)s, %(until)s
FROM portfolio_stretches WHERE %(employers)s::bigint[] IS NULL
ORDER BY employee_id, benefit_id
ON CONFLICT (tenant_id, employee_id, benefit_id) DO NOTHING
"""

LOCK = """
SELECT p.id, p.employee_id, p.benefit_id, p.stretches FROM participation_participation p
JOIN portfolio_stretches s ON s.employee_id = p.employee_id AND s.benefit_id = p.benefit_id
WHERE p.tenant_id = %(tenant)s AND %(employers)s::bigint[] IS NULL ORDER BY p.id FOR UPDATE OF p
"""

# In three statements, each over a table of known size: in one, the planner goes through all pairs.
MINE = """
INSERT INTO portfolio_mine SELECT p.id, p.employee_id, p.benefit_id FROM participation_participation p
JOIN portfolio_stretches s ON s.employee_id = p.employee_id AND s.benefit_id = p.benefit_id
WHERE p.tenant_id = %(tenant)s AND %(employers)s::bigint[] IS NULL
"""

# A period that cannot be calculated keeps its amounts: it is in neither set.
STANDING = """
INSERT INTO portfolio_standing
SELECT a.participation_id, m.benefit_id, a.start, a.until, a.year, a.number, a.id, a.amounts
FROM portfolio_mine m JOIN participation_amountline a
  ON a.tenant_id = %(tenant)s AND a.participation_id = m.id AND a.known_until IS NULL
LEFT JOIN portfolio_refusal r
  ON r.employee_id = m.employee_id AND r.benefit_id = m.benefit_id AND r.start = a.start
WHERE a.until > %(start)s AND a.start < %(until)s AND r.start IS NULL AND %(employers)s::bigint[] IS NULL
"""

DIFFER = """
INSERT INTO portfolio_difference
SELECT coalesce(s.participation_id, n.id), coalesce(s.benefit_id, n.benefit_id), coalesce(s.start, n.start),
    coalesce(s.until, n.until), coalesce(n.year, s.year), coalesce(n.number, s.number), s.id, s.amounts, n.amounts
FROM portfolio_standing s FULL JOIN (
    SELECT m.id, l.* FROM portfolio_line l
    JOIN portfolio_mine m ON m.employee_id = l.employee_id AND m.benefit_id = l.benefit_id
) n ON s.participation_id = n.id AND s.start = n.start AND s.until = n.until
WHERE s.amounts IS DISTINCT FROM n.amounts AND %(tenant)s > 0 AND %(employers)s::bigint[] IS NULL
"""

# Knowledge only moves forward, also when the clock of a machine is set back.
MOMENT = """
SELECT greatest(%(moment)s::timestamptz, max(a.known_from) + interval '1 microsecond')
FROM participation_amountline a JOIN portfolio_difference d ON d.old_id = a.id
WHERE a.tenant_id = %(tenant)s AND %(employers)s::bigint[] IS NULL
"""

CLOSE = """
UPDATE participation_amountline a SET known_until = %(moment)s
FROM portfolio_difference d WHERE a.tenant_id = %(tenant)s AND a.id = d.old_id AND %(employers)s::bigint[] IS NULL
"""

ADD = """
INSERT INTO participation_amountline (tenant_id, participation_id, start, until, year, number, amounts, known_from)
SELECT %(tenant)s, participation_id, start, until, year, number, new, %(moment)s FROM portfolio_difference
WHERE new IS NOT NULL AND %(employers)s::bigint[] IS NULL
"""

REVISE = """
INSERT INTO participation_revision (
    tenant_id, participation_id, delivery, made_at, effective_from, facts_changed, changes)
SELECT %(tenant)s, coalesce(c.participation_id, t.participation_id), NULL, %(moment)s,
    least(c.effective_from, t.effective_from), '[]', coalesce(c.changes, '[]')
FROM (
    SELECT d.participation_id, min(d.start) AS effective_from, jsonb_agg(jsonb_build_object(
        'quantity', k.name, 'start', d.start, 'until', d.until,
        'old', d.old -> k.name, 'new', d.new -> k.name) ORDER BY d.start, k.name) AS changes
    FROM portfolio_difference d,
        LATERAL jsonb_object_keys(coalesce(d.old, '{}') || coalesce(d.new, '{}')) AS k(name)
    WHERE d.old -> k.name IS DISTINCT FROM d.new -> k.name GROUP BY 1
) c FULL JOIN jsonb_to_recordset(%(turned)s::jsonb) AS t(participation_id bigint, effective_from date)
    ON t.participation_id = c.participation_id
WHERE %(employers)s::bigint[] IS NULL
RETURNING participation_id
"""

ADD_UP = """
INSERT INTO participation_periodtotal AS kept (
    tenant_id, benefit_id, start, until, year, number, participants, sums)
SELECT %(tenant)s, benefit_id, start, until, year, number, max(participants), jsonb_object_agg(name, total)
FROM (
    SELECT benefit_id, start, until, year, number,
        sum((new IS NOT NULL)::int - (old IS NOT NULL)::int) AS participants
    FROM portfolio_difference GROUP BY 1, 2, 3, 4, 5
) places JOIN (
    SELECT benefit_id, start, until, year, number, k.name,
        sum(coalesce((new ->> k.name)::bigint, 0) - coalesce((old ->> k.name)::bigint, 0)) AS total
    FROM portfolio_difference, LATERAL jsonb_object_keys(coalesce(old, '{}') || coalesce(new, '{}')) AS k(name)
    GROUP BY 1, 2, 3, 4, 5, 6
) sums USING (benefit_id, start, until, year, number)
WHERE %(employers)s::bigint[] IS NULL
GROUP BY benefit_id, start, until, year, number ORDER BY benefit_id, start, until, year, number
ON CONFLICT (tenant_id, benefit_id, start, until, year, number) DO UPDATE SET
    participants = kept.participants + excluded.participants,
    sums = (
        SELECT jsonb_object_agg(name, coalesce((kept.sums ->> name)::bigint, 0)
                                    + coalesce((excluded.sums ->> name)::bigint, 0))
        FROM jsonb_object_keys(kept.sums || excluded.sums) AS name
    )
"""

FORGET_REFUSALS = """
DELETE FROM participation_notcalculable c USING participation_participation p, portfolio_stretches s
WHERE c.tenant_id = %(tenant)s AND p.tenant_id = %(tenant)s AND c.participation_id = p.id
  AND s.employee_id = p.employee_id AND s.benefit_id = p.benefit_id
  AND c.until > %(start)s AND c.start < %(until)s AND %(employers)s::bigint[] IS NULL
  AND NOT EXISTS (SELECT FROM portfolio_refusal r WHERE r.employee_id = p.employee_id AND r.code = c.code
                  AND r.benefit_id = p.benefit_id AND r.start = c.start AND r.nl = c.message_nl)
"""

REFUSE = """
INSERT INTO participation_notcalculable (
    tenant_id, participation_id, start, until, code, who, message_nl, message_en)
SELECT %(tenant)s, p.id, r.start, r.until, r.code, r.who, r.nl, r.en
FROM portfolio_refusal r JOIN participation_participation p
  ON p.tenant_id = %(tenant)s AND p.employee_id = r.employee_id AND p.benefit_id = r.benefit_id
WHERE %(employers)s::bigint[] IS NULL
ON CONFLICT (tenant_id, participation_id, start) DO NOTHING
"""

# Only a run over all that is administered says that everything was looked at with what is known now.
BRING_UP = """
UPDATE participation_participation p SET stretches = k.stretches,
    calculated_until = CASE WHEN %(start)s <= coalesce(p.calculated_until, %(start)s)
        THEN greatest(p.calculated_until, %(until)s) ELSE p.calculated_until END,
    facts_known_at = CASE WHEN %(whole)s THEN s.facts_known_at ELSE p.facts_known_at END,
    calculated_at = CASE WHEN %(whole)s THEN %(moment)s ELSE p.calculated_at END
FROM portfolio_kept k JOIN portfolio_mine m ON m.id = k.id
JOIN portfolio_stretches s ON s.employee_id = m.employee_id AND s.benefit_id = m.benefit_id
WHERE p.tenant_id = %(tenant)s AND p.id = k.id AND %(employers)s::bigint[] IS NULL
"""


JOINED_BY = {
    "line": "employee_id, benefit_id, start, until",
    "refusal": "employee_id, benefit_id, start",
    "stretches": "employee_id, benefit_id",
    "mine": "id, employee_id, benefit_id",
    "standing": "participation_id, start, until",
    "difference": "participation_id, benefit_id, start, old_id",
    "kept": "id",
}
"""What statements join a room by: of the amounts themselves the planner need know nothing."""
ROOMS = ("line", "refusal", "stretches", "mine", "standing", "difference", "kept")
EMPTY = "TRUNCATE " + ", ".join(f"portfolio_{name}" for name in ROOMS)


def make_room() -> None:
    """Empty rooms for one block; two blocks may share a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(EMPTY)


def take_in(table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows into one of the rooms of this transaction, in one stream."""
    with connection.cursor() as cursor, cursor.copy(TAKE[table]) as stream:
        for row in rows:
            stream.write_row(row)


def look_at(*names: str) -> None:
    """Tell the planner how much there is: of a table just filled it expects next to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(f"portfolio_{name} ({JOINED_BY[name]})" for name in names))


def make_missing(moment: datetime, until: date) -> None:
    """Participations that were never looked at."""
    ask(MAKE, moment=moment, until=until)


def locked() -> list[tuple[int, int, int, list[list[str | None]]]]:
    """The participations of this block, held until the transaction ends: id, employee, benefit, stretches."""
    return [(int(row[0]), int(row[1]), int(row[2]), as_list(row[3])) for row in ask(LOCK)]


def replace(
    start: date, until: date, moment: datetime, turned: list[dict[str, Any]], *, whole: bool
) -> set[int]:
    """Close what differs, add what is new, and say what changed. Returns the participations that are different."""
    ask(MINE)
    look_at("mine")
    ask(STANDING, start=start, until=until)
    look_at("standing")
    ask(DIFFER)
    look_at("difference")
    known_from = ask(MOMENT, moment=moment)[0][0] or moment
    ask(CLOSE, moment=known_from)
    ask(ADD, moment=known_from)
    changed = {int(row[0]) for row in ask(REVISE, moment=known_from, turned=as_json(turned))}
    ask(ADD_UP)
    ask(FORGET_REFUSALS, start=start, until=until)
    ask(REFUSE)
    ask(BRING_UP, start=start, until=until, moment=moment, whole=whole)
    return changed


def as_list(value: Any) -> list[list[str | None]]:
    """A JSON column as it comes: read already, or still text."""
    read: list[list[str | None]] = json.loads(value) if isinstance(value, str) else value
    return read
