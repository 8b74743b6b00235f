from django.db import migrations

from schakel.tenancy.walls import RaiseTenantWalls

# A user sees the tenants they are a member of before one is chosen; jobs list tenants by their id to
# visit each in its own scope. A tenant's row holds a name, no personal data.
TENANT_WALL = """
ALTER TABLE tenancy_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_membership ON tenancy_member FOR SELECT
    USING (user_id = nullif(current_setting('app.user', true), '')::bigint);
CREATE POLICY tenant_wall ON tenancy_tenant
    USING (id = nullif(current_setting('app.tenant', true), '')::bigint)
    WITH CHECK (id = nullif(current_setting('app.tenant', true), '')::bigint);
CREATE POLICY tenants_of_user ON tenancy_tenant FOR SELECT USING (
    id IN (SELECT tenant_id FROM tenancy_member
           WHERE user_id = nullif(current_setting('app.user', true), '')::bigint));
CREATE POLICY tenants_to_visit ON tenancy_tenant FOR SELECT
    USING (current_setting('app.visit', true) = 'tenants');
"""



class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        RaiseTenantWalls(['EmployerGroup', 'Employer', 'Member', 'EmployerAccess', 'AuditLine'], append_only={'AuditLine': []}),
        migrations.RunSQL(TENANT_WALL, migrations.RunSQL.noop),
    ]
