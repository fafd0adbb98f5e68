from django.db import migrations

from partners.migration_helpers import LetOfficeCount


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_second_wall")]

    operations = [
        LetOfficeCount("Customer", ["id", "partner", "deleted_at"]),
        LetOfficeCount("FollowUp", ["id", "partner", "state", "deleted_at"]),
    ]
