"""What an employer has agreed, and with whom."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models

from schakel.tenancy.scope import TenantOwned


class Carrier(TenantOwned):
    """An insurer or pension provider (uitvoerder), and the link that reaches it."""

    class Kind(models.TextChoices):
        INSURER = "insurer"
        PENSION_PROVIDER = "pension_provider"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    link = models.UUIDField(null=True)  #: reference of the carrier link

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "name"), name="carrier_name_once"),)


class Scheme(TenantOwned):
    """What an employer offers its employees (regeling)."""

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "employer", "name"), name="scheme_name_once"),
        )


class Policy(TenantOwned):
    """A contract with a carrier: an insurer's policy or a provider's administration agreement."""

    employer_path: ClassVar[str | None] = "employer_id"

    employer = models.ForeignKey("tenancy.Employer", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    bsn_basis = models.CharField(max_length=200, blank=True)  #: the law that lets this carrier have the BSN

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "carrier", "number"), name="policy_number_once"),
        )


class SchemeBenefit(TenantOwned):
    """One benefit within a scheme; without a policy when no carrier holds it."""

    employer_path: ClassVar[str | None] = "scheme__employer_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=40)  #: a name in engine/catalogue.py
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, related_name="+")
    administered_from = models.DateField()  #: from this day on we calculate and tell; before it others did

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "scheme", "benefit"), name="benefit_once"),)


class TermsVersion(TenantOwned):
    """The employer's choices for one benefit (regelingsvoorwaarden), dated twice. Append-only."""

    employer_path: ClassVar[str | None] = "benefit__scheme__employer_id"

    benefit = models.ForeignKey(SchemeBenefit, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField()
    valid = DateRangeField()
    known = DateTimeRangeField()
    source = models.TextField()  #: the document they come from

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_set_of_terms_at_a_time",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("known", RangeOperators.OVERLAPS),
                ],
            ),
        )
