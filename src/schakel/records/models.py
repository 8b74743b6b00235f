"""Employees and the dated facts about them.

A fact has two times: `valid` says when it holds, `known` says since when (and until when) we believed it.
Nothing is overwritten: a correction closes `known` of the old row and adds a new one.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models

from schakel.tenancy.scope import TenantOwned


class Employee(TenantOwned):
    """One employee at one employer, as one payroll system knows them."""

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    reference = models.UUIDField(default=uuid.uuid4, editable=False)  #: ours; what carriers know them by
    source = models.UUIDField()  #: reference of the payroll link
    employee_key = models.CharField(max_length=60)  #: the source's own id
    employee_number = models.CharField(max_length=60)
    # What lists are ordered by and searched in: the names known, the newest first, as `names.py` folds them.
    folded_names = models.TextField(blank=True)
    service = ArrayField(DateRangeField(), default=list)  #: the days in service as known now, oldest first
    bsn_index = models.CharField(
        max_length=64, blank=True
    )  #: blind index: the same person in two employments
    fingerprint = models.CharField(max_length=64, blank=True)  #: of the last record applied
    last_seen_at = models.DateTimeField(null=True)  #: the last delivery that named this employee

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "reference"), name="employee_reference_once"),
            models.UniqueConstraint(fields=("tenant", "source", "employee_key"), name="employee_key_once"),
        )
        indexes = (
            models.Index(fields=("tenant", "employer"), name="employee_by_employer"),
            models.Index(
                fields=("tenant", "employer", "folded_names", "employee_number", "id"),
                name="employee_by_name",
            ),
        )


class Fact(TenantOwned):
    """One value of one fact, for one period, as believed during one stretch of time. Append-only."""

    employer_path: ClassVar[str | None] = "employee__employer_id"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)  #: instead of `value` for what must not be readable at rest
    valid = DateRangeField()  #: half-open [from, until)
    known = DateTimeRangeField()  #: half-open [recorded_at, superseded_at)
    delivery = models.UUIDField()  #: reference of the delivery that stated it
    origin = models.JSONField()  #: operation, path and the SHA-256 of the stored answer

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_value_at_a_time",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("employee", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("known", RangeOperators.OVERLAPS),
                ],
            ),
        )
        indexes = (
            models.Index(
                fields=("tenant", "employee", "name"),
                condition=models.Q(known__upper_inf=True),
                name="fact_held_now",
            ),
        )
