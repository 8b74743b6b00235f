"""Station *apply*: one received record becomes dated facts, or an issue for a person. Twice is once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.engine.timeline import TimelineChange, day_of
from schakel.intake import issues, kept
from schakel.intake.models import Delivery, ReceivedRecord
from schakel.intake.plausible import sifted
from schakel.records import keep

TOLD_OF_A_PERSON = frozenset({"name", "bsn", "birth_on", "partner_birth_on", "children_birth_on"})
"""What a carrier may know of who somebody is (`carrier_channel.Person`), beside the employee number."""


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
    # Two jobs that apply the same delivery take turns, so that each record is applied by one of them.
    delivery = Delivery.objects.select_for_update().get(reference=reference)
    received = ReceivedRecord.objects.get(delivery=delivery, employee_key=employee_key)
    record = kept.opened(received.record)
    found = keep.find_or_make(
        delivery.employer_id, delivery.source, employee_key, record.employee_number, known_at
    )
    if received.applied_at is not None:
        return Applied(found.employee_id, (), False)
    facts, kept_out = sifted(record, day_of(known_at))
    changes = keep.write(found.employee_id, facts, known_at, reference)
    issues.keep(delivery.employer_id, found.employee_id, (*record.remarks, *kept_out), reference, known_at)
    keep.note_fingerprint(found.employee_id, received.fingerprint)
    received.applied_at = known_at
    received.save(update_fields=["applied_at"])
    is_other = found.is_renumbered or any(change.fact in TOLD_OF_A_PERSON for change in changes)
    return Applied(found.employee_id, changes, is_other)
