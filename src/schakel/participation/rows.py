"""Participations, amounts and refusals as they stand, read and written with statements that are written out.

One recalculation writes some sixty amount lines; as model instances they cost more than calculating them.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from schakel.tenancy.statements import as_json, ask

# Locked, so that two recalculations of one employee take turns.
PARTICIPATIONS = """
SELECT id, benefit_id, stretches, facts_known_at, calculated_at, calculated_until
FROM participation_participation
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s AND benefit_id = ANY(%(benefits)s)
ORDER BY id FOR UPDATE
"""

LOOKED_AT = """
SELECT benefit_id, calculated_until FROM participation_participation
WHERE tenant_id = %(tenant)s AND employee_id = %(employee)s
"""

LINES = """
SELECT id, participation_id, start, until, year, number, amounts, known_from FROM participation_amountline
WHERE tenant_id = %(tenant)s AND participation_id = ANY(%(participations)s) AND known_until IS NULL
"""

REFUSALS = """
SELECT id, participation_id, start, code, message_nl FROM participation_notcalculable
WHERE tenant_id = %(tenant)s AND participation_id = ANY(%(participations)s)
"""

MAKE = """
INSERT INTO participation_participation (
    tenant_id, employee_id, benefit_id, stretches, facts_known_at, calculated_at, calculated_until)
SELECT %(tenant)s, %(employee)s, benefit_id, stretches, %(facts_known_at)s, %(calculated_at)s, %(calculated_until)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(benefit_id bigint, stretches jsonb)
RETURNING benefit_id, id
"""

BRING_UP = """
UPDATE participation_participation p SET
    stretches = r.stretches, facts_known_at = %(facts_known_at)s, calculated_at = %(calculated_at)s,
    calculated_until = greatest(p.calculated_until, %(calculated_until)s)
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id bigint, stretches jsonb)
WHERE p.tenant_id = %(tenant)s AND p.id = r.id
"""

CLOSE = """
UPDATE participation_amountline SET known_until = %(moment)s
WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s)
"""

ADD = """
INSERT INTO participation_amountline (
    tenant_id, participation_id, start, until, year, number, amounts, known_from)
SELECT %(tenant)s, participation_id, start, until, year, number, amounts, %(moment)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    participation_id bigint, start date, until date, year smallint, number smallint, amounts jsonb)
"""

REVISE = """
INSERT INTO participation_revision (
    tenant_id, participation_id, delivery, made_at, effective_from, facts_changed, changes)
SELECT %(tenant)s, participation_id, %(delivery)s, %(moment)s, effective_from, %(facts)s::jsonb, changes
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(participation_id bigint, effective_from date, changes jsonb)
"""

# A policy the employee never took part in has no line at all, not even one that was closed.
STATES = """
SELECT p.id, b.policy_id, b.benefit, p.stretches, l.start, l.until, l.amounts
FROM participation_participation p
JOIN schemes_schemebenefit b ON b.tenant_id = p.tenant_id AND b.id = p.benefit_id
LEFT JOIN participation_amountline l
    ON l.tenant_id = p.tenant_id AND l.participation_id = p.id AND l.known_until IS NULL
WHERE p.tenant_id = %(tenant)s AND p.employee_id = %(employee)s AND b.policy_id = ANY(%(policies)s)
  AND (%(employers)s::bigint[] IS NULL OR EXISTS (
      SELECT FROM records_employee e WHERE e.tenant_id = p.tenant_id AND e.id = p.employee_id
        AND e.employer_id = ANY(%(employers)s::bigint[])))
ORDER BY p.id, l.start, l.id
"""

EVER = """
SELECT true FROM participation_amountline
WHERE tenant_id = %(tenant)s AND participation_id = ANY(%(participations)s) LIMIT 1
"""


class ParticipationRow(NamedTuple):
    """One employee in one benefit, as it stands."""

    id: int
    benefit_id: int
    stretches: Sequence[Sequence[str | None]]
    facts_known_at: datetime
    calculated_at: datetime
    calculated_until: date | None


class LineRow(NamedTuple):
    """The amounts of one wage period, as they stand."""

    id: int
    participation_id: int
    start: date
    until: date
    year: int
    number: int
    amounts: dict[str, int]
    known_from: datetime


class RefusalRow(NamedTuple):
    """Why a wage period could not be calculated, as it stands."""

    id: int
    participation_id: int
    start: date
    code: str
    message_nl: str


class StateRow(NamedTuple):
    """One wage period of one participation in a policy; without days when nothing is known of any."""

    participation_id: int
    policy_id: int
    benefit: str
    stretches: Sequence[Sequence[str | None]]
    start: date | None
    until: date | None
    amounts: dict[str, int]


def looked_at(employee_id: int) -> dict[int, date | None]:
    """The benefits that were calculated for an employee before, and until which day."""
    return dict(ask(LOOKED_AT, employee=employee_id))


def participations(employee_id: int, benefit_ids: Collection[int]) -> list[ParticipationRow]:
    """One employee in these benefits, locked until the transaction ends."""
    found = ask(PARTICIPATIONS, employee=employee_id, benefits=list(benefit_ids))
    return [
        ParticipationRow._make((*whose, json.loads(days), at, made, until))
        for *whose, days, at, made, until in found
    ]


def lines(participation_ids: Collection[int]) -> list[LineRow]:
    """The amounts of these participations, as known now."""
    found = ask(LINES, participations=list(participation_ids))
    return [LineRow._make((*place, json.loads(amounts), known_from)) for *place, amounts, known_from in found]


def refusals(participation_ids: Collection[int]) -> list[RefusalRow]:
    """The wage periods of these participations that could not be calculated."""
    return [RefusalRow._make(row) for row in ask(REFUSALS, participations=list(participation_ids))]


def states(employee_id: int, policy_ids: Collection[int]) -> list[StateRow]:
    """Every participation of one employee in these policies, with its amounts in order of time."""
    found = ask(STATES, employee=employee_id, policies=list(policy_ids))
    return [
        StateRow._make(
            (*whose, json.loads(days), start, until, {} if amounts is None else json.loads(amounts))
        )
        for *whose, days, start, until, amounts in found
    ]


def was_ever_calculated(participation_ids: Collection[int]) -> bool:
    """Whether any amount was ever known of these participations."""
    return bool(ask(EVER, participations=list(participation_ids)))


def make(employee_id: int, rows: list[dict[str, Any]], **moments: date) -> dict[int, int]:
    """Participations that are new; their ids by benefit."""
    return dict(ask(MAKE, employee=employee_id, rows=as_json(rows), **moments)) if rows else {}


def bring_up(rows: list[dict[str, Any]], **moments: date) -> None:
    """Participations that were calculated again."""
    if rows:
        ask(BRING_UP, rows=as_json(rows), **moments)


def replace(closed: Collection[int], added: list[dict[str, Any]], moment: datetime) -> None:
    """End some amount lines at a moment, and begin others there."""
    if closed:
        ask(CLOSE, ids=list(closed), moment=moment)
    if added:
        ask(ADD, rows=as_json(added), moment=moment)


def revise(rows: list[dict[str, Any]], facts: Sequence[str], delivery: object, moment: datetime) -> None:
    """Keep what was different, and which facts made it so."""
    if rows:
        ask(REVISE, rows=as_json(rows), facts=json.dumps(list(facts)), delivery=delivery, moment=moment)
