from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0004_scheduled_at")]

    operations = [
        AddIndexOnline(
            "followup",
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="open", deleted_at=None, due_time__isnull=False),
                name="follow_up_timed",
            ),
        ),
    ]
