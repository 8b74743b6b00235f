from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_lists")]

    operations = [
        migrations.AddIndex(
            model_name="employee",
            index=models.Index(fields=["tenant", "employer", "folded_names", "employee_number", "id"], name="employee_by_name"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("known__upper_inf", True)), fields=["tenant", "employee", "name"], name="fact_held_now"
            ),
        ),
    ]
