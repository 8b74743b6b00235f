import json

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import migrations, models

from schakel.records.names import folded_names
from schakel.tenancy.walls import in_each_tenant, python_in_each_tenant

NAMES = """
SELECT employee_id, jsonb_agg(value ORDER BY lower(valid) DESC)::text FROM records_fact
WHERE name = 'name' AND upper_inf(known) GROUP BY employee_id
"""

SERVICE = """
UPDATE records_employee e SET service = known.days FROM (
    SELECT employee_id, array_agg(valid ORDER BY lower(valid)) AS days FROM records_fact
    WHERE name = 'is_employed' AND value = 'true' AND upper_inf(known) GROUP BY employee_id
) known WHERE known.employee_id = e.id
"""


def fold(cursor):
    cursor.execute(NAMES)
    rows = [(folded_names(json.loads(names)), employee) for employee, names in cursor.fetchall()]
    cursor.executemany("UPDATE records_employee SET folded_names = %s WHERE id = %s", rows)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="employee", name="folded_names", field=models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            model_name="employee",
            name="service",
            field=ArrayField(base_field=DateRangeField(), default=list, size=None),
        ),
        python_in_each_tenant(fold),
        in_each_tenant(SERVICE),
    ]
