from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline, Enclose


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0010_profile")]

    operations = [
        Enclose("Profile"),
        AddIndexOnline(
            "outboxmessage",
            models.Index(
                condition=models.Q(("recipient_type", "person")),
                fields=["partner", "recipient_id", "handoff_at"],
                name="outbox_to_a_person",
            ),
        ),
    ]
