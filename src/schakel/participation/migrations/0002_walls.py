from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial"), ("records", "0002_walls"), ("schemes", "0002_walls")]

    operations = [
        RaiseTenantWalls(['Participation', 'Revision', 'AmountLine', 'NotCalculable', 'WageSumPremium'], append_only={'Revision': [], 'AmountLine': ['known_until'], 'WageSumPremium': ['known_until']}),
    ]
