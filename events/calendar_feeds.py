"""What a partner's calendar program fetches from a secret address, and the files of one evening."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.digest import short_name
from customers.models import FollowUp
from customers.reminders.single import DEEDS
from events import entries, ical
from events.links import Found
from events.models import CalendarFeed, Event, EventGuest
from partners import clock, links
from partners.models import Partner

FEED = "calendar"
BACK = dt.timedelta(days=90)
TAKES = dt.timedelta(minutes=30)  # a call or a visit, as far as a calendar must know


# --- the address ---------------------------------------------------------------------------------


def address(feed: CalendarFeed) -> str:
    token = links.token(FEED, f"{feed.partner_id}-{feed.pk.hex}", feed.link_version)
    return links.absolute("calendar-feed", token)


def found(token: str) -> Found | None:
    """Nothing unless it is such an address of ours."""
    try:
        said = links.read(FEED, token)
    except links.BadLink:
        return None
    owner, _dash, pk = said.identifier.partition("-")
    partner = Partner.objects.filter(pk=owner).select_related("user").first()
    return Found(partner, uuid.UUID(pk), said.version) if partner else None


def feed_of(link: Found) -> CalendarFeed | None:
    """Inside the partner's wall; nothing once it was renewed or revoked."""
    feeds = link.partner.calendarfeeds
    return feeds.filter(pk=link.pk, link_version=link.version).first()


# --- what it says --------------------------------------------------------------------------------


def told(partner: Partner, feed: CalendarFeed) -> str:
    """Of people no more than first name and initial: it lies with whoever runs the calendar."""
    since = clock.now() - BACK
    events = partner.events.filter(ends_at__gt=since).select_related("host").soonest_first()
    coming = seats_taken(partner, since)
    lines = [entries.of_event(event, coming_words(event, coming[event.pk])) for event in events]
    if feed.with_follow_ups:
        lines += [of_follow_up(row, partner) for row in timed(partner, since)]
    return ical.calendar(lines, name=_("Kundenkreis"))


def seats_taken(partner: Partner, since: dt.datetime) -> Mapping[Any, int]:
    taken: dict[Any, int] = defaultdict(int)
    coming = partner.eventguests.coming().filter(
        event__ends_at__gt=since, customer__deleted_at=None
    )
    for event, companions in coming.values_list("event", "companions"):
        taken[event] += 1 + companions
    return taken


def coming_words(event: Event, count: int) -> str:
    if event.is_cancelled:
        return ""
    return ngettext("%(count)d is coming", "%(count)d are coming", count) % {"count": count}


def timed(partner: Partner, since: dt.datetime) -> Iterable[FollowUp]:
    alive = partner.followups.alive(clock.now()).filter(customer__deleted_at=None)
    found = alive.filter(due_time__isnull=False, due_at__gt=since).select_related("customer")
    return found.oldest_first()


def of_follow_up(row: FollowUp, partner: Partner) -> ical.Entry:
    deed = str(DEEDS[FollowUp.Kind(row.kind)]) % {"who": short_name(row.customer)}
    return ical.Entry(
        uid=str(row.pk),
        title=deed[:1].upper() + deed[1:],
        starts_at=row.due_at,
        ends_at=row.due_at + TAKES,
        zone=partner.zone,
        changed_at=row.updated_at,
        sequence=row.schedule_version,
        url=links.absolute("follow-up-detail", row.pk),
    )


def of_event(partner: Partner, event: Event) -> str:
    """One evening as a file for the partner."""
    coming = partner.eventguests.coming().filter(event=event, customer__deleted_at=None)
    taken = coming.values_list("companions", flat=True)
    words = coming_words(event, sum(1 + companions for companions in taken))
    return ical.calendar([entries.of_event(event, words)])


def of_guest(guest: EventGuest) -> str:
    """One evening as a file for a guest."""
    return ical.calendar([entries.of_guest(guest)])
