"""The partner's morning mail: evenings of today and tomorrow, and who answered since the last one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from customers import digest
from customers.digest import Digest, Extra, Line, Section, short_name
from events import saying
from events.models import Event, EventGuest
from partners import clock, links, spoken
from partners.models import Change

A_DAY = dt.timedelta(days=1)
Answer = EventGuest.Answer


def register() -> None:
    digest.sections += [
        Section(_("Your evenings"), evenings, has_evening, counted_evenings),
        Section(_("Who answered"), answers, has_answers, counted_answers),
    ]


def counted_evenings(count: int) -> str:
    return ngettext("%(count)d evening ahead", "%(count)d evenings ahead", count) % {"count": count}


def counted_answers(count: int) -> str:
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


# --- on which days, told from dates alone ------------------------------------------------------


def has_evening(day: dt.date, zone: ZoneInfo) -> Q:
    soon = between(day, zone)
    return Q(Exists(Event.unscoped.ahead().filter(soon, partner=OuterRef("pk"))))


def has_answers(day: dt.date, zone: ZoneInfo) -> Q:
    had_none = ~Q(digest_weekdays__contains=(day - A_DAY).isoweekday())
    return answered_within(A_DAY) | had_none & answered_within(7 * A_DAY)


def answered_within(time: dt.timedelta) -> Q:
    ahead = Event.unscoped.ahead().filter(partner=OuterRef("pk"), starts_at__gt=clock.now())
    fresh = EventGuest.unscoped.filter(
        event=OuterRef("pk"), partner=OuterRef("partner"), answered_at__gt=clock.now() - time
    )
    return Q(Exists(ahead.filter(Exists(fresh))))


def between(day: dt.date, zone: ZoneInfo) -> Q:
    """From this moment of that day to the end of the next one."""
    return Q(ends_at__gt=clock.now(), starts_at__lt=clock.moment(day + 2 * A_DAY, dt.time(), zone))


# --- the lines ---------------------------------------------------------------------------------


def evenings(digests: Collection[Digest]) -> Mapping[int, list[Extra]]:
    """With how many come, in one query more."""
    days = {each.partner.pk: (each.day, each.partner.zone) for each in digests}
    latest = max(clock.moment(day + 2 * A_DAY, dt.time(), zone) for day, zone in days.values())
    soon = Event.unscoped.ahead().filter(ends_at__gt=clock.now(), starts_at__lt=latest)
    rows = list(soon.filter(partner__in=days).select_related("host").soonest_first())
    coming = seats_taken(rows)
    found: dict[int, list[Extra]] = defaultdict(list)
    for event in rows:
        day, zone = days[event.partner_id]
        if event.starts_at < clock.moment(day + 2 * A_DAY, dt.time(), zone):
            found[event.partner_id].append(Extra((event,), evening_line(event, coming[event.pk])))
    return found


def seats_taken(events: Iterable[Event]) -> Mapping[Any, int]:
    taken: dict[Any, int] = defaultdict(int)
    coming = EventGuest.unscoped.coming().filter(event__in=events, customer__deleted_at=None)
    for event, companions in coming.values_list("event", "companions"):
        taken[event] += 1 + companions
    return taken


def evening_line(event: Event, coming: int) -> Callable[[Digest], Line]:
    def line(about: Digest) -> Line:
        local = event.local_start
        when = capfirst(spoken.day_and_time(local.date(), local.time(), about.day))
        words = ngettext("%(count)d is coming", "%(count)d are coming", coming)
        said = f"{when} · {words % {'count': coming}}"
        url = links.absolute("event-detail", event.pk)
        return Line(url, saying.title_for_partner(event), said)

    return line


def answers(digests: Collection[Digest]) -> Mapping[int, list[Extra]]:
    """What guests said themselves since the morning before; the partner knows what they noted."""
    since = {each.partner.pk: last_morning(each) for each in digests}
    own = Change.unscoped.filter(
        partner=OuterRef("partner"),
        row_id=OuterRef("pk"),
        created_at__gt=min(since.values()),
        actor_id=None,
    )
    guests = (
        EventGuest.unscoped.filter(
            Exists(own),
            partner__in=since,
            answered_at__gt=min(since.values()),
            customer__deleted_at=None,
            event__in=Event.unscoped.ahead().filter(partner__in=since, starts_at__gt=clock.now()),
        )
        .exclude(answer="")
        .select_related("customer", "event")
        .order_by("event__starts_at", "answered_at")
    )
    found: dict[int, list[Extra]] = defaultdict(list)
    for guest in guests:
        if guest.answered_at and guest.answered_at > since[guest.partner_id]:
            rows = (guest, guest.event, guest.customer)
            found[guest.partner_id].append(Extra(rows, answer_line(guest)))
    return found


def last_morning(each: Digest) -> dt.datetime:
    """A day ago; on Monday since Friday for whoever has no mail at the weekend."""
    wanted = set(each.partner.digest_weekdays)
    back = (days for days in range(1, 8) if str((each.day - days * A_DAY).isoweekday()) in wanted)
    return clock.now() - next(back, 1) * A_DAY


def answer_line(guest: EventGuest) -> Callable[[Digest], Line]:
    def line(_about: Digest) -> Line:
        url = links.absolute("event-detail", guest.event_id)
        said = f"{guest.get_answer_display()} · {guest.event.title}"
        return Line(url, short_name(guest.customer), said)

    return line
