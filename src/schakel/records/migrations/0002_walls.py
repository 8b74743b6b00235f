from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        RaiseTenantWalls(['Employee', 'Fact'], append_only={'Fact': ['known']}),
    ]
