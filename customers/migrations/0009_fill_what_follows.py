"""Columns that follow from other rows, filled for the people already there."""

from itertools import islice

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from customers import text
from customers.models import first_of
from customers.models.queries import CARE_LASTS
from partners.walls import acting_for

AT_ONCE = 1000


def fill(apps, schema_editor):
    partners = apps.get_model("partners", "Partner")._base_manager
    for partner in partners.values_list("pk", flat=True).order_by("pk").iterator():
        fill_circle(apps, partner)


def fill_circle(apps, partner):
    """A thousand people in one transaction; what is filled twice stays as it is."""
    customers = apps.get_model("customers", "Customer")._base_manager.filter(partner=partner)
    with acting_for(partner):
        ids = iter(list(customers.order_by("pk").values_list("pk", flat=True)))
    while some := list(islice(ids, AT_ONCE)):
        with acting_for(partner):
            fill_some(apps, customers.filter(pk__in=some))


def fill_some(apps, customers):
    addresses = apps.get_model("customers", "Address")._base_manager
    here = addresses.filter(customer=OuterRef("pk"), deleted_at=None)
    first = here.order_by("-is_preferred", "pk")
    found = customers.annotate(
        first_postcode=Subquery(first.values("postcode")[:1]),
        first_city=Subquery(first.values("city")[:1]),
    )
    rows = list(found)
    for row in rows:
        row.sounds = text.sounds(f"{row.first_name} {row.last_name}")[:120]
        row.postcode, row.city = row.first_postcode or "", row.first_city or ""
        note = text.fold(row.note[:2000])
        if note and note not in row.search_text:
            row.search_text = f"{row.search_text} {note}"
    customers.bulk_update(rows, ["sounds", "postcode", "city", "search_text"], AT_ONCE)
    customers.update(
        next_due_at=first_of.next_due(timezone.now() - CARE_LASTS),
        last_contact_at=first_of.last_contact(),
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0008_walls_around")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
