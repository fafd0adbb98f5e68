from django.db import migrations

from partners.migration_helpers import Enclose

SEEN_BY_PLANNER = ["id", "partner", "starts_at", "ends_at", "state", "deleted_at"]


class Migration(migrations.Migration):
    dependencies = [("events", "0001_evenings")]

    operations = [
        Enclose("EventTemplate"),
        Enclose("TemplateStep"),
        Enclose("RewardTier"),
        Enclose("Event", planner_columns=SEEN_BY_PLANNER),
        Enclose(
            "EventGuest",
            planner_columns=["id", "partner", "event", "answered_at", "deleted_at"],
        ),
        Enclose("EventStep"),
        Enclose("Feedback"),
        Enclose("Club"),
        Enclose("Benefit"),
        Enclose("Membership"),
        Enclose("BenefitUse"),
        Enclose("CalendarFeed"),
    ]
