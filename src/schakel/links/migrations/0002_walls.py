from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        RaiseTenantWalls(['Link', 'LinkedEntity', 'LinkRight']),
    ]
