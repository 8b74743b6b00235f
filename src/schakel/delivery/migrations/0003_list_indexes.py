from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_walls")]

    operations = [
        migrations.RemoveIndex(model_name="carriermessage", name="message_by_employee"),
        migrations.AddIndex(
            model_name="carriermessage",
            index=models.Index(fields=["tenant", "employee", "state"], name="message_by_employee"),
        ),
        migrations.AddIndex(
            model_name="carriermessage",
            index=models.Index(fields=["tenant", "composed_at", "id"], name="message_newest"),
        ),
    ]
