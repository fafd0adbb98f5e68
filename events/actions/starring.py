"""Guests say how they liked an evening; who was not happy is called."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers import text
from customers.models import Customer, FollowUp
from events.models import Event, EventGuest, Feedback
from partners import changes, clock
from partners.changes import Act
from partners.models import Partner

FEW = 3  # stars: as many or fewer ask for a talk
MOST = 600  # of one evening; more are no guests


@transaction.atomic
def rate(partner: Partner, event: Event, given: Feedback, guest: EventGuest | None = None) -> None:
    """Whoever sends the same form again, or opens their own link again, changes their mind; what
    the partner has put away since does not come back.
    """
    event = partner.events.select_for_update(of=("self",)).get(pk=event.pk)
    act = Act(partner, None, "feedback-add")
    here = partner.feedbacks.filter(event=event)
    stored = (
        here.filter(customer=guest.customer).first() if guest else here.filter(pk=given.pk).first()
    )
    before = stored.stars if stored else None
    if stored:
        changes.update(act, stored, stars=given.stars, text=given.text, name=given.name)
    elif here.count() < MOST and not partner.changes.filter(row_id=given.pk).exists():
        given.event, given.given_at = event, clock.now()
        given.customer = guest.customer if guest else named(partner, event, given.name)
        changes.create(act, given)
        stored = given
    if stored and stored.customer_id and stored.stars <= FEW and not (before and before <= FEW):
        follow_up(act, stored)


def named(partner: Partner, event: Event, name: str) -> Customer | None:
    """The one guest of the evening who has this name; nobody if there are two."""
    wanted = text.fold(name)
    people = [
        guest.customer
        for guest in partner.eventguests.filter(
            event=event, customer__deleted_at=None
        ).select_related("customer")
    ]
    found = [one for one in people if wanted in {text.fold(one.name), text.fold(one.first_name)}]
    return found[0] if wanted and len(found) == 1 else None


def follow_up(act: Act, feedback: Feedback) -> None:
    stars = ngettext("%(count)s star", "%(count)s stars", feedback.stars) % {
        "count": feedback.stars
    }
    what = _("%(stars)s for the evening") % {"stars": stars}
    what = f"{what}: {feedback.text}" if feedback.text else what
    call = FollowUp(customer=feedback.customer, kind=FollowUp.Kind.CALL, what=what[:200])
    tomorrow = clock.today(act.partner.zone) + dt.timedelta(days=1)
    call.schedule(tomorrow, None, act.partner.zone)
    changes.create(act, call)
