"""Tenants, the employers they keep, and the people who may look."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from schakel.tenancy.access import Role
from schakel.tenancy.scope import TenantOwned


class Tenant(models.Model):
    """An adviser firm, or an employer group that runs its own benefits. The outermost wall."""

    class Kind(models.TextChoices):
        ADVISER_FIRM = "adviser_firm"
        EMPLOYER_GROUP = "employer_group"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class EmployerGroup(TenantOwned):
    """Employers that belong together, and share a payroll environment."""

    name = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "name"), name="group_name_once"),)

    def __str__(self) -> str:
        return self.name


class Employer(TenantOwned):
    """One legal entity that employs people (werkgever)."""

    employer_path: ClassVar[str | None] = "id"

    group = models.ForeignKey(EmployerGroup, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    registration_number = models.CharField(max_length=8, blank=True)  #: KvK number
    wage_period_kind = models.CharField(max_length=12, blank=True)  #: month, four_weeks, week; from payroll

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "group", "name"), name="employer_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Member(TenantOwned):
    """A user's place in one tenant."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "user"), name="member_once"),)


class EmployerAccess(TenantOwned):
    """An employer this member may see; a member with none and a firm-wide role sees all."""

    employer_path: ClassVar[str | None] = "employer_id"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "member", "employer"), name="access_once"),)


class AuditLine(TenantOwned):
    """Who did or saw what, when. Only ever added to."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  #: a reference, never a name or a number that is a person's
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("tenant", "at"), name="audit_by_time"),)
