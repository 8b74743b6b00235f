"""Where the other side holds something else than we do."""

from typing import ClassVar

from django.db import models

from schakel.tenancy.scope import TenantOwned


class Difference(TenantOwned):
    """One thing a carrier holds that is not what we told it (verschil). Closed when read back equal."""

    employer_path: ClassVar[str | None] = "employee__employer_id"

    policy = models.ForeignKey("schemes.Policy", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("records.Employee", on_delete=models.PROTECT, related_name="+")
    message_id = models.UUIDField()
    what = models.CharField(max_length=40)  #: a quantity, or "participation", or "person"
    start = models.DateField(null=True)
    until = models.DateField(null=True)
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    worth = models.BigIntegerField(null=True)  #: cents; null when it cannot be said in money
    owner = models.CharField(max_length=20)  #: who must act
    next_step_nl = models.TextField()
    next_step_en = models.TextField()
    found_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "policy", "employee", "what", "start"),
                condition=models.Q(resolved_at__isnull=True),
                nulls_distinct=False,
                name="difference_open_once",
            ),
        )
