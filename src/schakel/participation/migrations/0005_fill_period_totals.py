from django.db import migrations

from schakel.tenancy.walls import in_each_tenant

FILL = """
INSERT INTO participation_periodtotal (tenant_id, benefit_id, start, until, year, number, participants, sums)
SELECT tenant_id, benefit_id, start, until, year, number, max(participants), jsonb_object_agg(name, total)
FROM (
    SELECT a.tenant_id, p.benefit_id, a.start, a.until, a.year, a.number, one.key AS name,
        count(*) AS participants, sum(one.value::bigint) AS total
    FROM participation_amountline a JOIN participation_participation p ON p.id = a.participation_id,
        LATERAL jsonb_each_text(a.amounts) one
    WHERE a.known_until IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7
) sums GROUP BY 1, 2, 3, 4, 5, 6
"""


class Migration(migrations.Migration):
    dependencies = [("participation", "0004_period_totals")]

    operations = [in_each_tenant(FILL)]
