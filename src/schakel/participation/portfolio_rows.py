"""Participations, amounts and refusals of many employees: read in one stream, written with a statement each.

What is new travels by COPY into a table of this session and from there, for behind the walls COPY itself is
refused. Only rows that differ travel at all.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from schakel.participation.portfolio_lines import Lines, Standing
from schakel.participation.rows import RefusalRow
from schakel.tenancy.scope import current_scope
from schakel.tenancy.statements import ask

ROOM = """
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_line (
    participation_id bigint, start date, until date, year smallint, number smallint, amounts jsonb
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_refusal (
    participation_id bigint, start date, until date, code text, who text, nl text, en text
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS portfolio_revision (
    participation_id bigint, effective_from date, changes jsonb
) ON COMMIT DELETE ROWS;
TRUNCATE portfolio_line, portfolio_refusal, portfolio_revision
"""

LOCK = """
SELECT id, employee_id, benefit_id, stretches::text, facts_known_at FROM participation_participation
WHERE tenant_id = %(tenant)s AND employee_id = ANY(%(employees)s) AND benefit_id = ANY(%(benefits)s)
ORDER BY id FOR UPDATE
"""

MAKE = """
INSERT INTO participation_participation (
    tenant_id, employee_id, benefit_id, stretches, facts_known_at, calculated_at, calculated_until)
SELECT %(tenant)s, employee_id, benefit_id, stretches::jsonb, facts_known_at, %(moment)s, %(until)s
FROM unnest(%(employees)s::bigint[], %(benefits)s::bigint[], string_to_array(%(stretches)s, E'\\n'),
    %(since)s::timestamptz[]) AS r(employee_id, benefit_id, stretches, facts_known_at)
ORDER BY employee_id, benefit_id
ON CONFLICT (tenant_id, employee_id, benefit_id) DO NOTHING
RETURNING id, employee_id, benefit_id
"""

# Only a run over all that is administered says that everything was looked at with what is known now.
BRING_UP = """
UPDATE participation_participation p SET stretches = r.stretches::jsonb,
    calculated_until = CASE WHEN %(start)s <= coalesce(p.calculated_until, %(start)s)
        THEN greatest(p.calculated_until, %(until)s) ELSE p.calculated_until END,
    facts_known_at = CASE WHEN %(whole)s THEN r.facts_known_at ELSE p.facts_known_at END,
    calculated_at = CASE WHEN %(whole)s THEN %(moment)s ELSE p.calculated_at END
FROM unnest(%(ids)s::bigint[], string_to_array(%(stretches)s, E'\\n'), %(since)s::timestamptz[])
    AS r(id, stretches, facts_known_at)
WHERE p.tenant_id = %(tenant)s AND p.id = r.id
"""

LINES = """
COPY (
    SELECT participation_id, start, until, amounts, id, year, number, known_from FROM participation_amountline
    WHERE tenant_id = %(tenant)s AND participation_id = ANY(%(ids)s) AND known_until IS NULL
      AND until > %(start)s AND start < %(until)s
) TO STDOUT
"""

CLOSE = """
UPDATE participation_amountline SET known_until = %(moment)s
WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)
"""

ADD = """
INSERT INTO participation_amountline (tenant_id, participation_id, start, until, year, number, amounts, known_from)
SELECT %(tenant)s, participation_id, start, until, year, number, amounts, %(moment)s FROM portfolio_line
"""

REVISE = """
INSERT INTO participation_revision (
    tenant_id, participation_id, delivery, made_at, effective_from, facts_changed, changes)
SELECT %(tenant)s, participation_id, NULL, %(moment)s, effective_from, '[]', changes FROM portfolio_revision
"""

REFUSALS = """
SELECT id, participation_id, start, code, message_nl FROM participation_notcalculable
WHERE tenant_id = %(tenant)s AND participation_id = ANY(%(ids)s) AND until > %(start)s AND start < %(until)s
"""

FORGET = "DELETE FROM participation_notcalculable WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)"

REFUSE = """
INSERT INTO participation_notcalculable (
    tenant_id, participation_id, start, until, code, who, message_nl, message_en)
SELECT %(tenant)s, participation_id, start, until, code, who, nl, en FROM portfolio_refusal
ON CONFLICT (tenant_id, participation_id, start) DO NOTHING
"""


class Kept(NamedTuple):
    """One participation as it stands, held until the transaction ends."""

    id: int
    employee_id: int
    benefit_id: int
    stretches: str  #: JSON
    facts_known_at: datetime


class ToKeep(NamedTuple):
    """What a participation must say: its days, as JSON, and the knowledge it rests on."""

    stretches: str
    facts_known_at: datetime


def locked(employees: Sequence[int], benefits: Sequence[int]) -> list[Kept]:
    """The participations of these employees in these benefits, held until the transaction ends."""
    return [Kept._make(row) for row in ask(LOCK, employees=employees, benefits=benefits)]


def make(
    new: Sequence[tuple[tuple[int, int], ToKeep]], moment: datetime, until: date
) -> dict[tuple[int, int], int]:
    """Participations that were never looked at; their ids by employee and benefit. Not of those just made elsewhere."""
    made = ask(
        MAKE,
        employees=[of[0] for of, _ in new],
        benefits=[of[1] for of, _ in new],
        stretches=_joined(one for _, one in new),
        since=[one.facts_known_at for _, one in new],
        moment=moment,
        until=until,
    )
    return {(employee, benefit): key for key, employee, benefit in made}


def bring_up(
    kept: Sequence[tuple[int, ToKeep]], start: date, until: date, moment: datetime, *, whole: bool
) -> None:
    """Participations that were calculated again."""
    ask(
        BRING_UP,
        ids=[key for key, _ in kept],
        stretches=_joined(one for _, one in kept),
        since=[one.facts_known_at for _, one in kept],
        start=start,
        until=until,
        moment=moment,
        whole=whole,
    )


def _joined(rows: Iterable[ToKeep]) -> str:
    """JSON texts as one: in an array each of their quotes would be quoted."""
    return "\n".join(one.stretches for one in rows)


def lines(ids: Sequence[int], start: date, until: date) -> Lines:
    """What stands of these participations in these days."""
    values = {"tenant": current_scope().tenant_id, "ids": list(ids), "start": start, "until": until}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle TO ISO")  # days are compared as text
        # Of a table that has just grown the planner knows little, and then reads all of it for every block.
        cursor.execute("SET LOCAL enable_seqscan = off")
        with cursor.copy(LINES, values) as stream:
            told = b"".join(stream).decode()
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    found = (Standing._make(line.split("\t")) for line in told.splitlines())
    return {(int(one.participation), one.start, one.until): one for one in found}


def close(ids: Sequence[int], moment: datetime) -> None:
    """End amount lines."""
    ask(CLOSE, ids=list(ids), moment=moment)


def make_room() -> None:
    """Empty tables for what is new; two blocks may share a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ROOM)


def add(written: Iterable[str], moment: datetime) -> None:
    """Begin amount lines, spelled as COPY reads them."""
    _take_in("portfolio_line", written)
    ask(ADD, moment=moment)


def revise(written: Iterable[str], moment: datetime) -> None:
    """Keep what was different: participation, since which day, and the changes as JSON."""
    _take_in("portfolio_revision", written)
    ask(REVISE, moment=moment)


def refusals(ids: Sequence[int], start: date, until: date) -> list[RefusalRow]:
    """The wage periods of these participations, in these days, that could not be calculated."""
    return [RefusalRow._make(row) for row in ask(REFUSALS, ids=list(ids), start=start, until=until)]


def forget(ids: Sequence[int]) -> None:
    """Refusals that no longer hold."""
    ask(FORGET, ids=list(ids))


def refuse(rows: Iterable[tuple[Any, ...]]) -> None:
    """Say which wage periods cannot be calculated, and why."""
    with connection.cursor() as cursor, cursor.copy("COPY portfolio_refusal FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
    ask(REFUSE)


def _take_in(table: str, written: Iterable[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as stream:
        for piece in _in_pieces(written):
            stream.write(piece)


def _in_pieces(written: Iterable[str], size: int = 1 << 18) -> Iterable[str]:
    """Lines put together: each piece that is sent costs a turn."""
    piece: list[str] = []
    length = 0
    for line in written:
        piece.append(line)
        length += len(line)
        if length >= size:
            yield "".join(piece)
            piece, length = [], 0
    yield "".join(piece)
