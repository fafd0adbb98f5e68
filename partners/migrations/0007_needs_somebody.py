from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0006_what_partners_see")]

    operations = [
        AddIndexOnline(
            "outboxmessage",
            models.Index(
                fields=["partner"],
                condition=models.Q(state__in=["failed", "expired", "unknown"], dismissed_at=None),
                name="outbox_needs_somebody",
            ),
        ),
    ]
