from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participation", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="participation", name="calculated_until", field=models.DateField(null=True)
        ),
    ]
