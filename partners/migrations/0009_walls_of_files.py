from django.db import migrations

from partners.migration_helpers import Enclose


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_files")]

    operations = [
        Enclose("StoredFile", planner_columns=["id", "partner", "expires_at"]),
        Enclose("FilePart"),
    ]
