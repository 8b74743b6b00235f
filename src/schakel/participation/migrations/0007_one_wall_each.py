import django.db.models.deletion
from django.db import migrations, models

PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE


def without_its_own(model, name, to, on_delete=PROTECT, db_index=False):
    """The reference of the wall, (tenant, id), stays; the plain one beside it and its index go."""
    return migrations.AlterField(
        model_name=model,
        name=name,
        field=models.ForeignKey(db_constraint=False, db_index=db_index, on_delete=on_delete, related_name="+", to=to),
    )


class Migration(migrations.Migration):
    """Each statement drops a constraint or an index: a lock for a moment, and no row is read or written.

    Back again, PostgreSQL makes the indexes and checks every row once.
    """

    dependencies = [("participation", "0006_portfolio_run")]

    operations = [
        without_its_own("participation", "tenant", "tenancy.tenant"),
        without_its_own("participation", "employee", "records.employee"),
        without_its_own("participation", "benefit", "schemes.schemebenefit"),
        without_its_own("revision", "tenant", "tenancy.tenant"),
        without_its_own("revision", "participation", "participation.participation"),
        without_its_own("amountline", "tenant", "tenancy.tenant"),
        without_its_own("amountline", "participation", "participation.participation", db_index=True),
        without_its_own("notcalculable", "tenant", "tenancy.tenant"),
        without_its_own("notcalculable", "participation", "participation.participation", CASCADE),
        # Nothing refers to an amount line or a revision, so nothing needs their (tenant, id).
        *(
            migrations.RunSQL(
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_in_tenant"',
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_in_tenant" UNIQUE (tenant_id, id)',
            )
            for table in ("participation_amountline", "participation_revision", "participation_notcalculable")
        ),
    ]
