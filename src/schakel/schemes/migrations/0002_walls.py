from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        RaiseTenantWalls(['Carrier', 'Scheme', 'Policy', 'SchemeBenefit', 'TermsVersion'], append_only={'TermsVersion': ['known']}),
    ]
