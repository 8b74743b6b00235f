from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_walls")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["tenant", "source", "started_at"], name="delivery_by_source"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                fields=["tenant", "delivery", "answer"], include=("received_at",), name="receipt_of_answer"
            ),
        ),
    ]
