"""Station *apply*: one received record becomes dated facts, or an issue for a person. Twice is once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.engine.timeline import TimelineChange, day_of
from schakel.intake import issues, kept
from schakel.intake.models import ReceivedRecord
from schakel.intake.plausible import sifted
from schakel.records import keep
from schakel.tenancy.statements import ask

TOLD_OF_A_PERSON = frozenset({"name", "bsn", "birth_on", "partner_birth_on", "children_birth_on"})
"""What a carrier may know of who somebody is (`carrier_channel.Person`), beside the employee number."""

# The record is locked, so that two jobs that apply the same delivery apply each record once.
TAKE = """
SELECT r.id, r.record, r.fingerprint, r.applied_at IS NOT NULL, d.employer_id, d.source
FROM intake_receivedrecord r
JOIN intake_delivery d ON d.tenant_id = r.tenant_id AND d.id = r.delivery_id
WHERE r.tenant_id = %(tenant)s AND d.reference = %(reference)s AND r.employee_key = %(key)s
FOR UPDATE OF r
"""

DONE = "UPDATE intake_receivedrecord SET applied_at = %(at)s WHERE tenant_id = %(tenant)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class Applied:
    """What one record made different."""

    employee_id: int
    changes: tuple[TimelineChange, ...]
    identity_changed: bool


def apply(reference: UUID, employee_key: str, known_at: datetime) -> Applied:
    """Write what the record states from its authoritative days on; what it does not mention stays as it was.

    Raises ReceivedRecord.DoesNotExist when a newer reading has overtaken this one.
    """
    taken = ask(TAKE, reference=reference, key=employee_key)
    if not taken:
        raise ReceivedRecord.DoesNotExist
    received_id, body, fingerprint, is_applied, employer_id, source = taken[0]
    record = kept.opened(body)
    found = keep.find_or_make(employer_id, source, employee_key, record.employee_number, known_at)
    if is_applied:
        return Applied(found.employee_id, (), False)
    facts, kept_out = sifted(record, day_of(known_at))
    changes = keep.write(
        found.employee_id, facts, known_at, reference, is_new=found.is_new, fingerprint=fingerprint
    )
    remarks = (*record.remarks, *kept_out)
    if remarks or not found.is_new:
        issues.keep(employer_id, found.employee_id, remarks, reference, known_at)
    ask(DONE, id=received_id, at=known_at)
    is_other = found.is_renumbered or any(change.fact in TOLD_OF_A_PERSON for change in changes)
    return Applied(found.employee_id, changes, is_other)
