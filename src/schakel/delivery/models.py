"""The outbox: messages to carriers, each try to hand one over, and each answer."""

from typing import ClassVar

from django.db import models

from schakel.tenancy.scope import TenantOwned


class CarrierMessage(TenantOwned):
    """The full state of one employee in one policy, on its way to the carrier."""

    class State(models.TextChoices):
        DRAFTED = "drafted"  #: in the outbox
        SENDING = "sending"  #: a try began; its outcome is not known yet
        SENT = "sent"  #: handed over, no receipt yet
        RECEIVED = "received"  #: the carrier has it and is looking at it
        ACCEPTED = "accepted"  #: the carrier says yes; not yet read back
        REJECTED = "rejected"  #: the carrier says no, with reasons; a person must act
        VERIFIED = "verified"  #: read back and equal: done
        DIFFERENT = "different"  #: read back and not equal; see reconciliation
        OVERDUE = "overdue"  #: no answer within the term
        SUPERSEDED = "superseded"  #: a newer state replaced it, before it was sent or before it was settled

    employer_path: ClassVar[str | None] = "employee__employer_id"

    policy = models.ForeignKey("schemes.Policy", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("records.Employee", on_delete=models.PROTECT, related_name="+")
    message_id = models.UUIDField()
    sequence = models.IntegerField()
    reason = models.CharField(max_length=20)
    delivery = models.UUIDField(null=True)  #: the payroll delivery that caused it
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTED)
    state_since = models.DateTimeField()
    composed_at = models.DateTimeField()
    body = models.BinaryField()  #: sealed bytes on the wire; every resend is the same
    # No digest of what is sealed: a plain one would give the BSN away to who tries all of them.
    told = models.BinaryField()  #: the sealed participant state, to compare with what is read back
    changed = models.JSONField()  #: [{quantity, start, until, old, new}]
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    due_at = models.DateTimeField()  #: accepted by then, else overdue
    receipt = models.CharField(max_length=120, blank=True)
    remarks = models.JSONField(default=list)  #: the carrier's reasons: code, what
    error_code = models.CharField(max_length=60, blank=True)
    error_nl = models.TextField(blank=True)
    error_en = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "message_id"), name="message_id_once"),
            models.UniqueConstraint(
                fields=("tenant", "policy", "employee", "sequence"), name="sequence_once"
            ),
        )
        indexes = (
            models.Index(fields=("tenant", "state", "next_attempt_at"), name="outbox"),
            models.Index(fields=("tenant", "employee", "state"), name="message_by_employee"),
            models.Index(fields=("tenant", "composed_at", "id"), name="message_newest"),
        )


class Submission(TenantOwned):
    """One try to hand over one message. Written before the wire is touched."""

    employer_path: ClassVar[str | None] = "message__employee__employer_id"

    message = models.ForeignKey(CarrierMessage, on_delete=models.PROTECT, related_name="+")
    attempt = models.IntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)  #: a verdict, or the code of the error

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "message", "attempt"), name="attempt_once"),)
        indexes = (
            models.Index(
                fields=("tenant", "started_at"),
                condition=models.Q(finished_at=None),
                name="tries_without_outcome",
            ),
        )


class Acknowledgement(TenantOwned):
    """One answer of a carrier to one message, kept once."""

    employer_path: ClassVar[str | None] = "message__employee__employer_id"

    message = models.ForeignKey(CarrierMessage, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12)
    receipt = models.CharField(max_length=120, blank=True)
    remarks = models.JSONField(default=list)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "message", "verdict"), name="verdict_once"),)
