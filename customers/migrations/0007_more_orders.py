from django.db import migrations, models

from partners.migration_helpers import AddIndexOnline
from partners.models import NullsFirstIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0006_whole_person")]

    operations = [
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("stage"),
                models.F("sort_name"),
                models.F("id"),
                condition=models.Q(("deleted_at", None)),
                name="customer_by_stage",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("next_due_at"),
                models.F("id"),
                condition=models.Q(("deleted_at", None)),
                name="customer_by_due",
            ),
        ),
        AddIndexOnline(
            "customer",
            NullsFirstIndex(
                models.F("partner"),
                models.OrderBy(models.F("last_contact_at"), nulls_first=True),
                models.F("id"),
                condition=models.Q(("deleted_at", None)),
                name="customer_by_contact",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                models.F("partner"),
                models.F("postcode"),
                models.F("sort_name"),
                models.F("id"),
                condition=models.Q(("deleted_at", None)),
                name="customer_by_place",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                condition=models.Q(("uid", ""), _negated=True),
                fields=["partner", "uid"],
                name="customer_by_uid",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="customer_merged",
            ),
        ),
        AddIndexOnline(
            "customer",
            models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["partner", "deleted_at"],
                name="customer_bin",
            ),
        ),
    ]
