"""Questions to the list that are kept under a name."""

from django.db import transaction

from customers.models import SavedFilter
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def save_filter(partner: Partner, actor: User, saved: SavedFilter) -> Act:
    """Keep a question; one of the same name, if there is one, now asks this."""
    act = Act(partner, actor, "filter-save")
    former = filter_named(partner, saved.name)
    if former is None:
        changes.create(act, saved)
    else:
        changes.update(act, former, name=saved.name, query=saved.query)
    return act


@transaction.atomic
def rename_filter(partner: Partner, actor: User, saved: SavedFilter, name: str) -> Act:
    act = Act(partner, actor, "filter-rename")
    changes.update(act, saved, name=name)
    return act


@transaction.atomic
def remove_filter(partner: Partner, actor: User, saved: SavedFilter) -> Act:
    act = Act(partner, actor, "filter-remove")
    changes.remove(act, saved)
    return act


def filter_named(partner: Partner, name: str) -> SavedFilter | None:
    """The one of this name, however it is spelled."""
    wanted = name.casefold()
    return next((row for row in partner.savedfilters.all() if row.name.casefold() == wanted), None)
