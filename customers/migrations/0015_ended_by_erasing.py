from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0014_hidden_guests_index")]

    operations = [
        migrations.AlterField(
            "datasubjectrequest",
            "state",
            models.CharField(
                choices=[
                    ("open", "open"),
                    ("done", "done"),
                    ("withdrawn", "taken back"),
                    ("erased", "ended by erasing"),
                ],
                default="open",
                editable=False,
                max_length=10,
            ),
        ),
    ]
