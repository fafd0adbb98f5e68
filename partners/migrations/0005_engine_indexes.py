from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0004_engine")]

    operations = [
        AddIndexOnline(
            "outboxmessage",
            models.Index(
                models.F("priority"),
                models.F("turn_at"),
                condition=models.Q(state="pending"),
                name="outbox_queue",
            ),
        ),
        migrations.RemoveIndex("outboxmessage", "outbox_waiting"),
    ]
