from django.db import migrations

from partners.migration_helpers import Enclose


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial"), ("partners", "0002_second_wall")]

    operations = [
        Enclose(
            "Customer", planner_columns=["id", "partner", "birth_day", "birth_month", "deleted_at"]
        ),
        Enclose("Phone"),
        Enclose("Email"),
        Enclose("Address"),
        Enclose(
            "FollowUp",
            planner_columns=[
                "id",
                "partner",
                "customer",
                "nature",
                "due_at",
                "schedule_version",
                "state",
                "deleted_at",
            ],
        ),
        Enclose("Interaction"),
    ]
