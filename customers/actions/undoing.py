"""Taking an act back, and letting follow what is computed from the rows it touched."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from customers.actions.deriving import refresh_search, refresh_story
from customers.actions.follow_ups import move_zone
from customers.actions.merging import came_since
from customers.models import Address, Customer, Email, FollowUp, Interest, Phone, Tagging
from partners import clock
from partners import undo as history
from partners.models import Partner, User

SEARCHED = Phone | Email | Address | Tagging | Interest


@transaction.atomic
def undo(partner: Partner, actor: User, act_id: uuid.UUID) -> int:
    """Take an act back; how many of its rows stay, since they have changed."""
    added_since = came_since(partner, act_id)
    undone = history.undo(partner, act_id, actor)
    people = named_in(partner, act_id)
    people |= {row.customer_id for row in undone.rows if isinstance(row, SEARCHED)}
    refresh_search(partner, people)
    refresh_story(partner, people)
    remind_anew(partner, actor, [step.row.pk for step in undone.steps if is_another_plan(step)])
    return undone.kept + (added_since if undone.steps else 0)


def named_in(partner: Partner, act_id: uuid.UUID) -> set[uuid.UUID]:
    traces = partner.changes.filter(act_id=act_id, model=Customer._meta.label_lower)
    return set(traces.values_list("row_id", flat=True))


def remind_anew(partner: Partner, actor: User, follow_ups: Collection[uuid.UUID]) -> None:
    """A schedule that comes back is one more schedule: what is still ahead is reminded of anew."""
    partner.followups.filter(pk__in=follow_ups).update(
        schedule_version=F("schedule_version") + 1, scheduled_at=clock.now()
    )
    move_zone(partner, actor)  # what comes back may have been promised in a former zone


def is_another_plan(step: history.Step) -> bool:
    """Not if it merely hung on somebody else."""
    return isinstance(step.row, FollowUp) and set(step.before or ()) != {"customer_id"}
