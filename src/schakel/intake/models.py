"""What came in: deliveries, answers byte for byte, the records read from them, and what a person must see."""

import uuid
from typing import ClassVar

from django.db import models

from schakel.tenancy.scope import TenantOwned


class Delivery(TenantOwned):
    """One reading of one entity of a payroll system, from first call to last record applied."""

    class State(models.TextChoices):
        FETCHING = "fetching"
        HELD = "held"  #: the shrink guard stopped it; a person must release or refuse it
        APPLYING = "applying"
        APPLIED = "applied"
        REFUSED = "refused"  #: a person refused it; nothing was taken in
        FAILED = "failed"  #: the line broke; the next try goes on where this one stopped

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    reference = models.UUIDField(default=uuid.uuid4, editable=False)
    source = models.UUIDField()  #: reference of the payroll link
    entity_key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FETCHING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    current_period = models.JSONField(null=True)  #: kind, year, number, start, until
    employees = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)  #: records that differ from what was applied before
    calls = models.IntegerField(default=0)
    resumed = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    guard = models.JSONField(default=list)  #: why it is held: code, nl, en, count, of
    error_code = models.CharField(max_length=60, blank=True)
    error_nl = models.TextField(blank=True)
    error_en = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "reference"), name="delivery_reference_once"),
        )
        indexes = (
            models.Index(fields=("tenant", "employer", "started_at"), name="delivery_by_employer"),
            models.Index(fields=("tenant", "source", "started_at"), name="delivery_by_source"),
        )


class Answer(TenantOwned):
    """The bytes of an answer, sealed, stored once however often they came."""

    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint("tenant", "sha256", name="answer_once"),)


class Receipt(TenantOwned):
    """One call of a delivery and the answer it got."""

    employer_path: ClassVar[str | None] = "delivery__employer_id"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    call = models.CharField(max_length=200)
    operation = models.CharField(max_length=120)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "delivery", "call"), name="receipt_once"),)
        indexes = (
            models.Index(
                fields=("tenant", "delivery", "answer"), include=("received_at",), name="receipt_of_answer"
            ),
        )


class ReceivedRecord(TenantOwned):
    """A normalised record that differs from what was applied before, waiting for its turn."""

    employer_path: ClassVar[str | None] = "delivery__employer_id"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    employee_key = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    record = models.BinaryField()  #: sealed JSON of the PayrollRecord
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "delivery", "employee_key"), name="record_once"),
        )


class Issue(TenantOwned):
    """Something a person must look at (uitval). Closes by itself when the cause is gone."""

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("records.Employee", on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=60)
    fact = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=20)  #: who must act: payroll, employer, adviser, operator
    message_nl = models.TextField()
    message_en = models.TextField()
    delivery = models.UUIDField()  #: the delivery that showed it last
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "employer", "employee", "code", "fact"),
                condition=models.Q(resolved_at__isnull=True),
                nulls_distinct=False,
                name="issue_open_once",
            ),
        )
