from django.db import migrations

from partners.migration_helpers import Enclose


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_trust"), ("partners", "0011_wall_of_profile")]

    operations = [
        Enclose("Recommendation"),
        Enclose("Reference"),
        Enclose("Permission", planner_columns=["id", "partner", "kept_until"]),
        Enclose("SuppressionEntry"),
        Enclose("DataSubjectRequest"),
        Enclose("PersonalMail"),
        Enclose("TalkNote"),
    ]
