import django.db.models.deletion
from django.db import migrations, models

from schakel.tenancy.walls import RaiseTenantWalls

class Migration(migrations.Migration):
    dependencies = [("participation", "0003_calculated_until")]

    operations = [
        migrations.CreateModel(
            name="PeriodTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("until", models.DateField()),
                ("year", models.SmallIntegerField()),
                ("number", models.SmallIntegerField()),
                ("participants", models.IntegerField()),
                ("sums", models.JSONField()),
                ("benefit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.schemebenefit")),
                ("tenant", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.tenant")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "benefit", "start", "until", "year", "number"), name="total_once_per_period")
                ],
                "indexes": [models.Index(fields=["tenant", "start"], name="total_by_start")],
            },
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["tenant", "made_at"], name="revision_newest"),
        ),
        RaiseTenantWalls(["PeriodTotal"]),
    ]
