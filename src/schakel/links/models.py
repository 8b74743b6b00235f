"""Links to payroll systems and carriers: what they may, how they are, and their sealed credentials."""

import uuid
from typing import ClassVar

from django.db import models

from schakel.tenancy.scope import TenantOwned


class Link(TenantOwned):
    """One line to the outside, for one employer group."""

    class Kind(models.TextChoices):
        PAYROLL = "payroll"
        CARRIER = "carrier"

    class State(models.TextChoices):
        ACTIVE = "active"
        PARTIAL = "partial"  #: works, but a right or an entity is missing
        REAUTHORISE = "reauthorise"  #: the owner must reconnect
        PAUSED = "paused"

    group = models.ForeignKey("tenancy.EmployerGroup", on_delete=models.PROTECT, related_name="+")
    reference = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    connector = models.CharField(max_length=40)  #: a name in connectors/registry.py
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)  #: what is no secret: user name, domain, host, calls per second
    credentials = models.BinaryField()  #: sealed; never shown again
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    last_attempt_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=60, blank=True)  #: of the last attempt; empty when it went well
    error_nl = models.TextField(blank=True)
    error_en = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "reference"), name="link_reference_once"),)


class LinkedEntity(TenantOwned):
    """One entity of the payroll system, joined to one of our employers."""

    employer_path: ClassVar[str | None] = "employer_id"

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    entity_key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)  #: literally as payroll spells it
    last_attempt_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    current_period = models.CharField(max_length=20, blank=True)  #: "2026-11 month" as last read

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "link", "entity_key"), name="entity_linked_once"),
            models.UniqueConstraint(fields=("tenant", "employer", "link"), name="employer_linked_once"),
        )


class LinkRight(TenantOwned):
    """One call of one entity, and whether the preflight was allowed to make it."""

    employer_path: ClassVar[str | None] = "entity__employer_id"

    entity = models.ForeignKey(LinkedEntity, on_delete=models.CASCADE, related_name="+")
    operation = models.CharField(max_length=120)
    state = models.CharField(max_length=12)  #: granted, refused, not_needed, unknown
    reason_nl = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "entity", "operation"), name="right_once"),)
