from django.db import migrations, models

from partners.migration_helpers import Allow
from partners.walls import OFFICE, PLANNER


class Migration(migrations.Migration):
    dependencies = [("customers", "0012_duties")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="is_hidden",
            field=models.BooleanField(default=False, editable=False),
        ),
        Allow("Customer", PLANNER, "SELECT", ["is_hidden"]),
        Allow("Customer", OFFICE, "SELECT", ["is_hidden"]),
    ]
