from django.db import migrations, models
from django.db.models.functions import Coalesce

from partners.migration_helpers import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0011_walls_of_trust")]

    operations = [
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("created_at"),
                condition=models.Q(
                    ("deleted_at", None),
                    ("informed_on", None),
                    ("is_business", False),
                    ("restricted_at", None),
                    ("source_kind__in", ("name-list", "recommendation", "company")),
                ),
                name="customer_untold",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("stage"),
                Coalesce("last_contact_at", "created_at"),
                condition=models.Q(("deleted_at", None), ("is_business", False)),
                name="customer_by_silence",
            ),
        ),
        AddIndexOnline(
            "permission",
            models.Index(
                fields=["partner", "said_at"],
                condition=models.Q(("deleted_at", None), ("says", "asked")),
                name="permission_asked",
            ),
        ),
    ]
