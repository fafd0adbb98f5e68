"""Taking an act back, and letting follow what is computed from the rows it touched."""

import uuid

from django.db import transaction
from django.db.models import F

from customers.actions.deriving import refresh_search, refresh_story
from customers.actions.follow_ups import move_zone
from customers.models import Address, Customer, Email, FollowUp, Interest, Phone, Tagging
from partners import clock
from partners import undo as history
from partners.models import Partner, User

SEARCHED = Phone | Email | Address | Tagging | Interest


@transaction.atomic
def undo(partner: Partner, actor: User, act_id: uuid.UUID) -> int:
    """Take an act back; how many of its rows stay, since they have changed."""
    undone = history.undo(partner, act_id, actor)
    people = {row.pk for row in undone.rows if isinstance(row, Customer)}
    people |= {row.customer_id for row in undone.rows if isinstance(row, SEARCHED)}
    refresh_search(partner, people)
    refresh_story(partner, people)
    moved = [row.pk for row in undone.rows if isinstance(row, FollowUp)]
    # A schedule that comes back is one more schedule: what is still ahead is reminded of anew.
    partner.followups.filter(pk__in=moved).update(
        schedule_version=F("schedule_version") + 1, scheduled_at=clock.now()
    )
    move_zone(partner, actor)  # what comes back may have been promised in a former zone
    return undone.kept
