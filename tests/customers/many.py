"""What the tests of changes of many share."""

from django.urls import reverse

from tests.project.world import owned_models

BOOKKEEPING = {"Change", "BulkAct"}
COUNTED = {"version", "updated_at", "schedule_version", "scheduled_at"}
FOLLOW_UP = {"when": "in 3 days", "what": "Flyer", "kind": "call"}


def url(kind: str) -> str:
    return reverse("bulk-act", args=[kind])


def undo_url(bulk) -> str:
    return reverse("bulk-undo", args=[bulk.pk])


def who(*people) -> dict[str, str]:
    return {"ids": ",".join(str(person.pk) for person in people)}


def everything(partner) -> dict:
    """All live rows of a partner, without what merely counts changes."""
    return {
        (model.__name__, row["id"]): {k: v for k, v in row.items() if k not in COUNTED}
        for model in owned_models()
        if model.__name__ not in BOOKKEEPING
        for row in model.unscoped.filter(partner=partner).values()
    }
