"""What was chosen of the proposals after an evening becomes follow-ups."""

from collections.abc import Iterable

from django.db import transaction

from customers.models import Customer, FollowUp
from customers.when import When
from events.actions import guesting
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def plan(partner: Partner, actor: User, chosen: Iterable[tuple[FollowUp, str, When]]) -> Act:
    """Those that a first submit of the same page made already are left alone."""
    act = Act(partner, actor, "event-aftercare")
    wishes = list(chosen)
    ids = [follow_up.pk for follow_up, *_rest in wishes]
    made = set(partner.changes.filter(row_id__in=ids).values_list("row_id", flat=True))
    fresh = []
    for follow_up, what, when in wishes:
        if follow_up.pk not in made:
            follow_up.what = what
            follow_up.schedule(when.day, when.time, partner.zone)
            fresh.append(follow_up)
    guesting.reveal(act, hidden(partner, fresh))
    changes.create(act, *fresh)
    return act


def hidden(partner: Partner, follow_ups: Iterable[FollowUp]) -> Iterable[Customer]:
    """Guests who become known by a follow-up, and are hidden again when it is taken back."""
    ids = [follow_up.customer_id for follow_up in follow_ups]
    people = guesting.everybody(partner).filter(pk__in=ids, is_hidden=True)
    return people.order_by("pk").select_for_update(of=("self",))
