from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_initial"), ("records", "0002_walls"), ("schemes", "0002_walls")]

    operations = [
        RaiseTenantWalls(['Difference']),
    ]
