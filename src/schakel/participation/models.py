"""Who takes part in which benefit, for which amounts, since when we know, and what changed."""

from typing import Any, ClassVar

from django.db import models

from schakel.tenancy.scope import TenantOwned


def walled(to: type[models.Model] | str, on_delete: Any = models.PROTECT) -> Any:
    """A reference that only the wall around its tenant checks.

    The wall compares (tenant, id), so it says all that a reference to the id alone, and one to the tenant, would
    say beside it: two more look-ups and two more indexes for every row of the largest tables.
    """
    return models.ForeignKey(to, on_delete=on_delete, related_name="+", db_constraint=False, db_index=False)


class Participation(TenantOwned):
    """One employee in one benefit (deelneming)."""

    employer_path: ClassVar[str | None] = "employee__employer_id"

    tenant = walled("tenancy.Tenant")
    employee = walled("records.Employee")
    benefit = walled("schemes.SchemeBenefit")
    stretches = models.JSONField(default=list)  #: [[from, until or null], …] in which the employee takes part
    facts_known_at = models.DateTimeField()  #: the knowledge the amounts below rest on
    calculated_at = models.DateTimeField()
    calculated_until = models.DateField(null=True)  #: the end of the last wage period that was looked at

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "employee", "benefit"), name="participation_once"),
        )
        indexes = (models.Index(fields=("tenant", "benefit"), name="participation_by_benefit"),)


class Revision(TenantOwned):
    """One recalculation that changed something (correctie): old and new amounts, from when."""

    employer_path: ClassVar[str | None] = "participation__employee__employer_id"

    tenant = walled("tenancy.Tenant")
    participation = walled(Participation)
    delivery = models.UUIDField(null=True)  #: the delivery that caused it; null: terms or parameters did
    made_at = models.DateTimeField()
    effective_from = models.DateField()
    facts_changed = models.JSONField(default=list)  #: names of the facts that changed
    changes = models.JSONField()  #: [{quantity, start, until, old, new}]

    class Meta:
        indexes = (
            models.Index(fields=("tenant", "participation", "made_at"), name="revision_by_time"),
            models.Index(fields=("tenant", "made_at"), name="revision_newest"),
        )


class AmountLine(TenantOwned):
    """The amounts of one participation in one wage period, in integers of their unit. Append-only."""

    employer_path: ClassVar[str | None] = "participation__employee__employer_id"

    tenant = walled("tenancy.Tenant")
    # Indexed here: the unique index below leaves out what is closed.
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    start = models.DateField()
    until = models.DateField()
    year = models.SmallIntegerField()
    number = models.SmallIntegerField()
    amounts = models.JSONField()  #: {quantity: integer}; money in cents
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "participation", "start"),
                condition=models.Q(known_until__isnull=True),
                name="amounts_once_per_period",
            ),
        )


class PeriodTotal(TenantOwned):
    """The amount lines of one benefit in one wage period, as known now, added up. Kept by `period_totals.py`."""

    employer_path: ClassVar[str | None] = "benefit__scheme__employer_id"

    benefit = models.ForeignKey("schemes.SchemeBenefit", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    until = models.DateField()
    year = models.SmallIntegerField()
    number = models.SmallIntegerField()
    participants = models.IntegerField()
    sums = models.JSONField()  #: {quantity: integer}; money in cents

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "benefit", "start", "until", "year", "number"), name="total_once_per_period"
            ),
        )
        indexes = (models.Index(fields=("tenant", "start"), name="total_by_start"),)


class PortfolioRun(TenantOwned):
    """Everybody of one employer recalculated over a range of days, and how far it is; goes on where it stopped."""

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    until = models.DateField()
    begun_at = models.DateTimeField()
    after_employee = models.BigIntegerField(default=0)  #: everybody up to and with this id is done
    done = models.IntegerField(default=0)
    total = models.IntegerField()
    changed = models.IntegerField(default=0)  #: participations whose amounts are different now
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "employer", "start", "until"),
                condition=models.Q(finished_at__isnull=True),
                name="portfolio_run_once",
            ),
        )


class NotCalculable(TenantOwned):
    """Why a benefit could not be calculated for a wage period, and who must act. Never a zero."""

    employer_path: ClassVar[str | None] = "participation__employee__employer_id"

    tenant = walled("tenancy.Tenant")
    participation = walled(Participation, on_delete=models.CASCADE)
    start = models.DateField()
    until = models.DateField()
    code = models.CharField(max_length=60)
    who = models.CharField(max_length=20)
    message_nl = models.TextField()
    message_en = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "participation", "start"), name="not_calculable_once"),
        )


class WageSumPremium(TenantOwned):
    """The premium of a wage-sum policy for one wage period: one rate over everybody's insured wage."""

    employer_path: ClassVar[str | None] = "benefit__scheme__employer_id"

    benefit = models.ForeignKey("schemes.SchemeBenefit", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    until = models.DateField()
    year = models.SmallIntegerField()
    number = models.SmallIntegerField()
    participants = models.IntegerField()
    wage_sum = models.BigIntegerField()  #: cents
    premium = models.BigIntegerField()  #: cents
    employee_share = models.BigIntegerField()  #: cents, the sum of what employees pay
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "benefit", "start"),
                condition=models.Q(known_until__isnull=True),
                name="wage_sum_once_per_period",
            ),
        )
