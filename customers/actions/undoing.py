"""Taking an act back, and letting follow what is computed from the rows it touched."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from customers.actions.follow_ups import move_zone
from customers.actions.people import search_forms
from customers.models import Address, Customer, Email, FollowUp, Phone
from partners import clock
from partners import undo as history
from partners.models import Partner, User


@transaction.atomic
def undo(partner: Partner, actor: User, act_id: uuid.UUID) -> int:
    """Take an act back; how many of its rows stay, since they have changed."""
    undone = history.undo(partner, act_id, actor)
    people = {row.pk for row in undone.rows if isinstance(row, Customer)}
    people |= {row.customer_id for row in undone.rows if isinstance(row, Phone | Email | Address)}
    refresh_search(partner, people)
    moved = [row.pk for row in undone.rows if isinstance(row, FollowUp)]
    # A schedule that comes back is one more schedule: what is still ahead is reminded of anew.
    partner.followups.filter(pk__in=moved).update(
        schedule_version=F("schedule_version") + 1, scheduled_at=clock.now()
    )
    move_zone(partner, actor)  # what comes back may have been promised in a former zone
    return undone.kept


def refresh_search(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    """Let customers be found by what they and their ways say now; open pages notice."""
    customers = partner.customers.filter(pk__in=ids)
    for customer in customers.prefetch_related("phones", "emails", "addresses"):
        columns = customer.search_columns(search_forms(customer))
        partner.customers.filter(pk=customer.pk).update(
            **columns, version=F("version") + 1, updated_at=timezone.now()
        )
