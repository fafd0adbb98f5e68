from django.db import migrations

from partners.migration_helpers import Enclose, TieToPartner


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_more_orders"), ("partners", "0009_walls_of_files")]

    operations = [
        Enclose("Relation"),
        Enclose("Tag"),
        Enclose("Tagging"),
        Enclose("Interest"),
        Enclose("LifeEvent"),
        Enclose("OwnField"),
        Enclose("OwnValue"),
        Enclose("NotDuplicate"),
        Enclose("SavedFilter"),
        Enclose("BulkAct"),
        Enclose("Import"),
        Enclose("ImportPage"),
        TieToPartner("Customer", "merged_into"),
    ]
