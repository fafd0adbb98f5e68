"""Secret addresses for calendar programs: made, renewed, revoked."""

from typing import Any

from django.db import transaction

from events.models import CalendarFeed
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def add(partner: Partner, actor: User, feed: CalendarFeed) -> Act:
    act = Act(partner, actor, "calendar-add")
    changes.create(act, feed)
    return act


@transaction.atomic
def edit(partner: Partner, actor: User, feed: CalendarFeed, **values: Any) -> Act:
    act = Act(partner, actor, "calendar-edit")
    changes.update(act, feed, **values)
    return act


@transaction.atomic
def renew(partner: Partner, actor: User, feed: CalendarFeed) -> None:
    """The former address leads nowhere any more; that is not taken back."""
    act = Act(partner, actor, "calendar-renew")
    changes.update(act, feed, link_version=feed.link_version + 1)


@transaction.atomic
def revoke(partner: Partner, actor: User, feed: CalendarFeed) -> Act:
    act = Act(partner, actor, "calendar-revoke")
    changes.remove(act, feed)
    return act
