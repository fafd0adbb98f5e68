from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0013_hidden_guests")]

    operations = [
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("created_at"),
                condition=models.Q(("deleted_at", None), ("is_hidden", True)),
                name="customer_hidden",
            ),
        ),
    ]
