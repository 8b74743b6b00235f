from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("tenancy", "0002_walls"), ("records", "0002_walls")]

    operations = [
        RaiseTenantWalls(['Delivery', 'Answer', 'Receipt', 'ReceivedRecord', 'Issue']),
    ]
