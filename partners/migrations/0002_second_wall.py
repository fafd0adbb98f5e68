from django.db import migrations

from partners.migration_helpers import Allow, CreateRoles, Enclose, Police
from partners.walls import PARTNER, PLANNER


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        CreateRoles(),
        Enclose("Change"),
        Allow("Partner", PARTNER, "SELECT, UPDATE"),
        Allow("User", PARTNER, "SELECT, UPDATE"),
        Allow("OutboxMessage", PARTNER, "SELECT, INSERT, UPDATE"),
        Police("Partner", own="id"),
        Police("User", own="partner_id"),
        Police("OutboxMessage", own="partner_id"),
        Allow(
            "Partner",
            PLANNER,
            "SELECT",
            [
                "id",
                "time_zone",
                "digest_on",
                "digest_time",
                "digest_weekdays",
                "paused_at",
            ],
        ),
        Allow("User", PLANNER, "SELECT", ["id", "partner", "is_active"]),
        Allow("OutboxMessage", PLANNER, "SELECT, INSERT"),
        Allow("Heartbeat", PLANNER, "SELECT, INSERT, UPDATE"),
    ]
