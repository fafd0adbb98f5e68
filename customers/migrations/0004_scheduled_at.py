from django.db import migrations, models

from partners.migration_helpers import Allow
from partners.walls import PLANNER


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_office_counts"), ("partners", "0004_engine")]

    operations = [
        migrations.AddField(
            "followup", "scheduled_at", models.DateTimeField(editable=False, null=True)
        ),
        Allow("FollowUp", PLANNER, "SELECT", ["due_time", "scheduled_at"]),
    ]
