"""Reminders for guests who ticked that they want one; and which evenings are looked at for mails."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy

from events.models import Event, EventGuest
from events.reminders import to_guest
from events.reminders.answered import CHANGE, FORMAL, INFORMAL
from events.reminders.to_guest import ToGuest
from partners import clock, outbox, planning, walls
from partners.models import MailClass, OutboxMessage

REMINDER = "event-reminder"
HOUR = 60
DAY = 24 * HOUR
CHOICES = (7 * DAY, 3 * DAY, 2 * DAY, DAY, 4 * HOUR, 2 * HOUR, HOUR)  # minutes before
HELPS_FOR = dt.timedelta(hours=12)
LAST = dt.timedelta(minutes=30)  # before it begins, nobody reads mails any more
Answer = EventGuest.Answer
NEAR = {
    FORMAL: pgettext_lazy("formal", "You wanted to be reminded. We look forward to seeing you!"),
    INFORMAL: pgettext_lazy(
        "informal", "You wanted to be reminded. We look forward to seeing you!"
    ),
}
WHY = {
    FORMAL: pgettext_lazy("formal", "This mail comes because you asked to be reminded."),
    INFORMAL: pgettext_lazy("informal", "This mail comes because you asked to be reminded."),
}


class Due(NamedTuple):
    """One reminder of an evening: how many minutes before, from when and until when it helps."""

    minutes: int
    at: dt.datetime
    until: dt.datetime

    def is_at(self, now: dt.datetime) -> bool:
        return self.at <= now < self.until


def register() -> None:
    outbox.register(
        REMINDER,
        MailClass.REQUESTED,
        to_guest.load,
        still_wanted,
        render,
        permit=to_guest.permit,
        recheck=to_guest.rechecked_by(to_guest.permit),
        whom=to_guest.whom,
        label=_("Reminder for a guest"),
    )
    planning.register("evening reminders", plan, label=_("Reminders of evenings"))


# --- planning ------------------------------------------------------------------------------------


def plan() -> int:
    """Write the reminder of each guest whose moment has come; return how many."""
    now = clock.now()
    found = list(events_in(windows(now)).values_list("pk", "partner"))
    if not found:
        return 0
    with walls.acting_for(*sorted({partner for _pk, partner in found})):
        return outbox.write(missing(now, [pk for pk, _partner in found]))


def windows(now: dt.datetime) -> Q:
    """When evenings begin of which a reminder may be due, told from dates alone."""
    ahead = (dt.timedelta(minutes=minutes) for minutes in CHOICES)
    return reduce(
        or_, (Q(starts_at__gt=now + last - HELPS_FOR, starts_at__lte=now + last) for last in ahead)
    )


def events_in(when: Q):
    """Of partners who work, by ids and dates."""
    working = Q(partner__paused_at=None, partner__user__is_active=True)
    ahead = Event.unscoped.ahead().filter(when, working, starts_at__gt=clock.now() + LAST)
    return ahead.order_by("pk")


def missing(now: dt.datetime, ids: Iterable[Any]) -> Iterator[OutboxMessage]:
    """One for each guest and moment; whoever answered later than that needs none."""
    events = Event.unscoped.filter(pk__in=list(ids)).in_bulk()
    due = {pk: [each for each in dues(event) if each.is_at(now)] for pk, event in events.items()}
    guests = EventGuest.unscoped.filter(
        event__in=[pk for pk, found in due.items() if found],
        wants_reminder=True,
        answer=Answer.YES,
        customer__deleted_at=None,
    )
    rows: dict[str, OutboxMessage] = {}
    for guest in guests.select_related("partner__user").order_by("pk"):
        guest.event = events[guest.event_id]
        fresh = (reminder(guest, each) for each in due[guest.event_id] if not late(guest, each))
        rows |= {row.dedupe_key: row for row in fresh}
    yield from not_there(rows)


def not_there(rows: dict[str, OutboxMessage]) -> list[OutboxMessage]:
    """Those that nobody has planned before."""
    there = OutboxMessage.objects.filter(dedupe_key__in=list(rows)).order_by()
    known = set(there.values_list("dedupe_key", flat=True)) if rows else set()
    return [row for key, row in rows.items() if key not in known]


def dues(event: Event) -> list[Due]:
    """The reminders of an evening, the first first."""
    start = event.starts_at
    found = []
    for minutes in sorted(set(event.reminders) & set(CHOICES), reverse=True):
        at = start - dt.timedelta(minutes=minutes)
        found.append(Due(minutes, at, min(at + HELPS_FOR, start - LAST)))
    return found


def late(guest: EventGuest, due: Due) -> bool:
    return guest.answered_at is not None and guest.answered_at > due.at


def reminder(guest: EventGuest, due: Due) -> OutboxMessage:
    """The key names the moment at which it begins: an evening that moves is reminded of anew."""
    start = int(guest.event.starts_at.timestamp())
    return to_guest.message(
        REMINDER,
        guest,
        guest.partner,
        f"{start}:{due.minutes}",
        source_version=str(start),
        due_at=due.at,
        expires_at=due.until,
    )


# --- the mail ------------------------------------------------------------------------------------


def still_wanted(row: OutboxMessage, mail: ToGuest) -> bool:
    guest, event = mail.guest, mail.event
    is_then = row.source_version == str(int(event.starts_at.timestamp()))
    minutes = int(row.dedupe_key.rpartition(":")[2])
    wants = guest.wants_reminder and guest.answer == Answer.YES and minutes in event.reminders
    return wants and is_then and event.is_ahead


def render(row: OutboxMessage, mail: ToGuest) -> outbox.Mail:
    event = mail.event
    is_formal = event.is_formal
    return to_guest.letter(
        mail,
        soon(event),
        NEAR[is_formal],
        after=event.directions,
        button=CHANGE,
        why=WHY[is_formal],
    )


def soon(event: Event) -> str:
    """“Today at 19:30”, “In 2 days at 19:30”."""
    zone = ZoneInfo(event.zone)
    days = (event.local_start.date() - clock.now().astimezone(zone).date()).days
    time = f"{event.local_start:%H:%M}"
    if days == 0:
        return _("Today at %(time)s") % {"time": time}
    if days == 1:
        return _("Tomorrow at %(time)s") % {"time": time}
    words = npgettext("mail", "In %(count)d day at %(time)s", "In %(count)d days at %(time)s", days)
    return words % {"count": days, "time": time}
