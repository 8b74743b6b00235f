import django.db.models.deletion
from django.db import migrations, models

from schakel.tenancy.walls import RaiseTenantWalls

class Migration(migrations.Migration):
    dependencies = [("participation", "0005_fill_period_totals"), ("tenancy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PortfolioRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("until", models.DateField()),
                ("begun_at", models.DateTimeField()),
                ("after_employee", models.BigIntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField()),
                ("changed", models.IntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("employer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.employer")),
                ("tenant", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.tenant")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("finished_at__isnull", True)), fields=("tenant", "employer", "start", "until"), name="portfolio_run_once")
                ],
            },
        ),
        RaiseTenantWalls(["PortfolioRun"]),
    ]
