"""Statements of the outbox, written out: each runs for every message, and several were one step each before.

A message from drafted to verified costs eleven of them instead of twenty-five.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from schakel.delivery.models import CarrierMessage
from schakel.delivery.patience import TRY
from schakel.tenancy.statements import as_json, ask

State = CarrierMessage.State

# A head that another process has in hand is passed over. Overdue stays overdue while it is tried.
BEGIN = """
WITH head AS (
    SELECT m.id, c.link
    FROM delivery_carriermessage m
    JOIN schemes_policy p ON p.tenant_id = m.tenant_id AND p.id = m.policy_id
    JOIN schemes_carrier c ON c.tenant_id = p.tenant_id AND c.id = p.carrier_id
    WHERE m.tenant_id = %(tenant)s AND m.message_id = %(message)s
      AND m.next_attempt_at <= %(now)s AND c.link IS NOT NULL
      AND (m.state = 'drafted' OR (m.state = 'overdue' AND m.receipt = ''))
      AND NOT EXISTS (
          SELECT FROM delivery_carriermessage older
          WHERE older.tenant_id = m.tenant_id AND older.policy_id = m.policy_id
            AND older.employee_id = m.employee_id AND older.sequence < m.sequence
            AND (older.state IN ('drafted', 'sending') OR (older.state = 'overdue' AND older.receipt = '')))
    FOR UPDATE OF m SKIP LOCKED
), begun AS (
    UPDATE delivery_carriermessage m SET
        attempts = m.attempts + 1,
        next_attempt_at = %(until)s,
        state = CASE m.state WHEN 'overdue' THEN m.state ELSE 'sending' END,
        state_since = CASE m.state WHEN 'overdue' THEN m.state_since ELSE %(now)s END
    FROM head WHERE m.tenant_id = %(tenant)s AND m.id = head.id
    RETURNING m.id, m.attempts, m.body, head.link
), tried AS (
    INSERT INTO delivery_submission (tenant_id, message_id, attempt, started_at, outcome)
    SELECT %(tenant)s, id, attempts, %(now)s, '' FROM begun
)
SELECT link, attempts, body FROM begun
"""

LOCK = """
SELECT id, policy_id, employee_id, sequence, state, state_since, attempts, next_attempt_at, receipt, remarks,
       error_code, error_nl, error_en
FROM delivery_carriermessage WHERE tenant_id = %(tenant)s AND message_id = %(message)s
FOR UPDATE
"""

# Without an attempt no try ends here, and without a verdict nothing was answered.
KEEP = """
WITH tried AS (
    UPDATE delivery_submission SET finished_at = %(now)s, outcome = %(verdict)s
    WHERE tenant_id = %(tenant)s AND message_id = %(id)s AND attempt = %(attempt)s AND finished_at IS NULL
), answered AS (
    INSERT INTO delivery_acknowledgement (tenant_id, message_id, verdict, receipt, remarks, received_at)
    SELECT %(tenant)s, %(id)s, %(verdict)s, %(answer_receipt)s, %(answer_remarks)s::jsonb, %(now)s
    WHERE %(verdict)s::text IS NOT NULL
    ON CONFLICT (tenant_id, message_id, verdict) DO NOTHING
)
UPDATE delivery_carriermessage SET
    state = %(state)s, state_since = %(state_since)s, attempts = %(attempts)s,
    next_attempt_at = %(next_attempt_at)s, receipt = %(receipt)s, remarks = %(remarks)s::jsonb,
    error_code = %(error_code)s, error_nl = %(error_nl)s, error_en = %(error_en)s
WHERE tenant_id = %(tenant)s AND id = %(id)s
"""

VERIFIED = """
WITH verified AS (
    UPDATE delivery_carriermessage SET state = 'verified', state_since = %(now)s
    WHERE tenant_id = %(tenant)s AND message_id = %(message)s AND state IN ('accepted', 'different')
    RETURNING policy_id, employee_id, sequence
)
UPDATE delivery_carriermessage m SET state = 'superseded', state_since = %(now)s
FROM verified v
WHERE m.tenant_id = %(tenant)s AND m.policy_id = v.policy_id AND m.employee_id = v.employee_id
  AND m.sequence < v.sequence AND m.state NOT IN ('verified', 'superseded')
"""

SET_ASIDE = """
UPDATE delivery_carriermessage m SET next_attempt_at = r.next_attempt_at
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id bigint, next_attempt_at timestamptz)
WHERE m.tenant_id = %(tenant)s AND m.id = r.id
"""


@dataclass(slots=True)
class HeldMessage:
    """What may change of a message, locked until the transaction ends; what it says never does."""

    id: int
    policy_id: int
    employee_id: int
    sequence: int
    state: str
    state_since: datetime
    attempts: int
    next_attempt_at: datetime
    receipt: str
    remarks: list[dict[str, str]]
    error_code: str
    error_nl: str
    error_en: str


@dataclass(frozen=True, slots=True)
class Said:
    """A carrier's answer as it is kept."""

    verdict: str
    receipt: str
    remarks: list[dict[str, str]]


def begin(message_id: UUID, now: datetime) -> tuple[UUID, int, bytes] | None:
    """Write down that a try begins, when it is this message's turn: its link, which try, and the sealed bytes.

    Until the time of a try is over no other process begins; after it, this one is taken to have died.
    """
    found = ask(BEGIN, message=message_id, now=now, until=now + TRY)
    return (found[0][0], found[0][1], found[0][2]) if found else None


def locked(message_id: UUID) -> HeldMessage:
    """The message, once it is nobody else's. Raises CarrierMessage.DoesNotExist."""
    found = ask(LOCK, message=message_id)
    if not found:
        raise CarrierMessage.DoesNotExist
    names = HeldMessage.__dataclass_fields__
    values = dict(zip(names, found[0], strict=True))
    return HeldMessage(**{**values, "remarks": json.loads(values["remarks"])})


def keep(message: HeldMessage, now: datetime, said: Said | None = None, attempt: int | None = None) -> None:
    """Write where a message stands, with the answer that brought it there and the try that answer ended."""
    ask(
        KEEP,
        now=now,
        attempt=attempt,
        verdict=None if said is None else said.verdict,
        answer_receipt=None if said is None else said.receipt,
        answer_remarks=None if said is None else json.dumps(said.remarks),
        id=message.id,
        state=str(message.state),
        state_since=message.state_since,
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at,
        receipt=message.receipt,
        remarks=json.dumps(message.remarks),
        error_code=message.error_code,
        error_nl=message.error_nl,
        error_en=message.error_en,
    )


def verified(message_id: UUID, now: datetime) -> None:
    """Read back and equal: done, and so is everything this employee's policy was told before."""
    ask(VERIFIED, message=message_id, now=now)


def set_aside(moments: dict[int, datetime]) -> None:
    """When each of these messages has its next turn."""
    rows: list[dict[str, Any]] = [{"id": one, "next_attempt_at": at} for one, at in moments.items()]
    if rows:
        ask(SET_ASIDE, rows=as_json(rows))
